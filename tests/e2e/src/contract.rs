//! `docs/openapi.yaml`: which operations there are, and what they may answer.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Value, json};

use crate::api::Answer;

/// The document.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    operations: Vec<Operation>,
    /// Made when they are first needed, by the place of the schema in the document.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody who is logged in.
    LoggedIn,
    /// Those whose token grants one of these scopes.
    Scoped(Vec<String>),
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its path below `/api/v1`, with parameters in braces.
    pub path: String,
    /// Who may call it.
    pub access: Access,
    /// What the document says of it, references to parameters and responses resolved.
    pub description: Value,
}

impl Operation {
    /// Its path with every parameter replaced by what `value` says.
    #[must_use]
    pub fn path_with(&self, value: &dyn Fn(&str) -> String) -> String {
        let fill = |part: &str| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => value(name),
            None => part.to_owned(),
        };
        self.path.split('/').map(fill).collect::<Vec<_>>().join("/")
    }

    /// Whether its path names something.
    #[must_use]
    pub fn names_something(&self) -> bool {
        self.path.contains('{')
    }
}

/// An id for a path parameter, good in form, of nothing.
///
/// # Panics
/// For a parameter that is new; it belongs in here.
#[must_use]
pub fn id_of_nothing(parameter: &str) -> String {
    let prefix = match parameter {
        "userId" => "usr",
        "eventId" => "evt",
        "performanceId" => "prf",
        "layoutId" => "lay",
        "ticketTypeId" => "tkt",
        "reservationId" => "rsv",
        "paymentId" => "pay",
        "imageId" => "img",
        "announcementId" => "ann",
        "keywordId" => "kwd",
        "notificationId" => "ntf",
        "subscriptionId" => "psh",
        other => panic!("a parameter without an example: {other}"),
    };
    format!("{prefix}_01890000-0000-7000-8000-000000000000")
}

impl Contract {
    /// The document of this checkout.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn get() -> &'static Self {
        static CONTRACT: OnceLock<Contract> = OnceLock::new();
        CONTRACT.get_or_init(|| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.yaml");
            let text = std::fs::read_to_string(path).expect("docs/openapi.yaml is readable");
            let document: Value = serde_saphyr::from_str(&text).expect("docs/openapi.yaml is YAML");
            Self { operations: operations(&document), document, validators: Mutex::default() }
        })
    }

    /// Every operation.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// What `value` refers to, or `value` itself.
    #[must_use]
    pub fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        resolve(&self.document, value)
    }

    /// Checks an answer of an operation: a documented status, and a body of the documented form. What is no operation
    /// of the document may answer anything.
    ///
    /// # Errors
    /// What is wrong with it.
    ///
    /// # Panics
    /// When the document itself is wrong.
    pub fn check(&self, method: &Method, path: &str, answer: &Answer) -> Result<(), String> {
        let Some(operation) = self.find(method, path) else { return Ok(()) };
        let status = answer.status.to_string();
        let response = &operation.description["responses"][&status];
        if response.is_null() {
            return Err(format!("{} does not document {status}", operation.id));
        }
        let contents = &response["content"];
        if contents.is_null() {
            return if answer.text.is_empty() { Ok(()) } else { Err("no body is documented".into()) };
        }
        let media_type = answer.header("content-type").split(';').next().unwrap_or_default().trim();
        if contents[media_type]["schema"].is_null() {
            return Err(format!("a body of type {media_type:?} is not documented"));
        }
        let place = format!("{} {status} {media_type}", operation.id);
        let validator = self.validator(place, &contents[media_type]["schema"]);
        let faults: Vec<_> = validator
            .iter_errors(&answer.body)
            .map(|fault| format!("{} at {}", fault, fault.instance_path()))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
    }

    /// The operation that answers this request.
    #[must_use]
    pub fn find(&self, method: &Method, path: &str) -> Option<&Operation> {
        let path = path.split('?').next().unwrap_or_default();
        let fits = |template: &str| {
            template.split('/').count() == path.split('/').count()
                && template
                    .split('/')
                    .zip(path.split('/'))
                    .all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
        };
        // A path written out goes before one with a parameter in its place.
        let candidates = self.operations.iter().filter(|operation| operation.method == method && fits(&operation.path));
        candidates.min_by_key(|operation| operation.path.matches('{').count())
    }

    fn validator(&self, place: String, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().expect("nothing panics while it is held");
        let made = validators.entry(place).or_insert_with(|| {
            // References into `components` find them beside the schema.
            let root = json!({"allOf": [schema], "components": self.document["components"]});
            Arc::new(jsonschema::validator_for(&root).expect("the document's schemas are sound"))
        });
        Arc::clone(made)
    }
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("the document has paths") {
        for (method, description) in item.as_object().expect("a path has operations") {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            if description["operationId"].is_null() {
                continue;
            }
            let mut description = description.clone();
            for place in ["responses", "parameters"] {
                resolve_entries(document, &mut description[place]);
            }
            all.push(Operation {
                id: description["operationId"].as_str().expect("an operation has an id").to_owned(),
                method,
                path: path.clone(),
                access: access(description.get("security").unwrap_or(&document["security"])),
                description,
            });
        }
    }
    all
}

fn access(security: &Value) -> Access {
    let requirements = security.as_array().expect("security is a list");
    let scopes: Vec<String> = requirements
        .iter()
        .flat_map(|requirement| requirement["accessToken"].as_array().into_iter().flatten())
        .filter_map(|scope| scope.as_str().map(str::to_owned))
        .collect();
    match (requirements.is_empty(), scopes.is_empty()) {
        (true, _) => Access::Public,
        (false, true) => Access::LoggedIn,
        (false, false) => Access::Scoped(scopes),
    }
}

fn resolve_entries(document: &Value, entries: &mut Value) {
    let resolve_one = |entry: &mut Value| *entry = resolve(document, entry).clone();
    match entries {
        Value::Array(list) => list.iter_mut().for_each(resolve_one),
        Value::Object(map) => map.values_mut().for_each(resolve_one),
        _ => {}
    }
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("a reference leads somewhere"),
        None => value,
    }
}

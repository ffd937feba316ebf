//! Input that is wrong: refused with a problem document that says how, never an error of ours.
//!
//! The document drives it, so that an operation added there is tested here. Every answer is also checked against the
//! document, see [`e2e::api`].

use std::collections::BTreeSet;

use e2e::api::{Answer, Api, Call};
use e2e::contract::{Access, Contract, Operation, id_of_nothing};
use e2e::hall::Plan;
use e2e::person::Person;
use serde_json::{Value, json};

use crate::bad_values::changed;

/// Bodies may have 256 KiB.
const TOO_LARGE: usize = 300 * 1024;

struct Callers {
    anybody: Api,
    buyer: Person,
    admin: Person,
}

impl Callers {
    async fn gather() -> Self {
        Self { anybody: Api::anonymous(), buyer: Person::register().await, admin: Person::admin().await }
    }

    /// The operation at this path, as somebody who may call it.
    fn call(&self, operation: &Operation, path: &str) -> Call {
        let api = match operation.access {
            Access::Public => &self.anybody,
            Access::LoggedIn => &self.buyer.api,
            Access::Scoped(_) => &self.admin.api,
        };
        api.call(operation.method.clone(), path)
    }
}

fn parameters(operation: &Operation, place: &str) -> Vec<&'static str> {
    let known = Contract::get().operations().iter().find(|known| known.id == operation.id).unwrap();
    let all = known.description["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .filter(|parameter| parameter["in"] == place)
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect()
}

#[track_caller]
fn assert_refused(answer: &Answer, what: &str) {
    assert!((400..500).contains(&answer.status), "{what}: {answer}");
    answer.assert_problem();
}

fn with_body() -> Vec<(&'static Operation, &'static Value)> {
    let contract = Contract::get();
    let body = |operation: &'static Operation| Some((operation, operation.description.get("requestBody")?));
    contract.operations().iter().filter_map(body).collect()
}

/// Bodies of the operation that are good in form; the things they name do not exist.
fn examples(body: &Value) -> Vec<Value> {
    let content = &body["content"]["application/json"];
    let several = content["examples"].as_object().into_iter().flat_map(|all| all.values());
    let found: Vec<_> =
        several.map(|example| example["value"].clone()).chain(content.get("example").cloned()).collect();
    assert!(!found.is_empty(), "a body without an example: {content}");
    found
}

#[tokio::test]
async fn paths_with_ids_of_nothing() {
    let callers = Callers::gather().await;
    let contract = Contract::get();
    for operation in contract.operations().iter().filter(|operation| operation.names_something()) {
        let body = operation.description.get("requestBody").map(examples);
        let nonsense: [&dyn Fn(&str) -> String; 5] = [
            &id_of_nothing,
            &|_| "nonsense".into(),
            &|_| "%00%ff".into(),
            &|name| format!("{}0", id_of_nothing(name)),
            &|_| "usr_01890000-0000-7000-8000-00000000000g".into(),
        ];
        for id in nonsense {
            let call = callers.call(operation, &operation.path_with(id));
            let answer = match &body {
                Some(bodies) => call.json(&bodies[0]).await,
                None => call.await,
            };
            answer.refused(404, "not_found");
        }
    }
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let callers = Callers::gather().await;
    for (operation, body) in with_body() {
        let path = operation.path_with(&id_of_nothing);
        let call = || callers.call(operation, &path);
        let good = examples(body)[0].to_string();
        call().body("application/json", "{").await.refused(400, "malformed_request");
        call().body("application/json", vec![0xff, 0xfe, 0x00]).await.refused(400, "malformed_request");
        call().body("application/json", format!("{good} {good}")).await.refused(400, "malformed_request");
        call().body("text/plain", good.clone()).await.refused(415, "unsupported_media_type");
        call().body("application/x-www-form-urlencoded", "a=b").await.refused(415, "unsupported_media_type");
        let padding = " ".repeat(TOO_LARGE);
        call().body("application/json", format!("{good}{padding}")).await.refused(413, "payload_too_large");
        let deep = "[".repeat(10_000);
        call().body("application/json", deep).await.refused(400, "malformed_request");
        if body["required"] == true {
            call().body("application/json", "").await.refused(400, "malformed_request");
            assert_refused(&call().await, &operation.id);
        }
    }
}

#[tokio::test]
async fn bodies_of_the_wrong_form() {
    let callers = Callers::gather().await;
    for (operation, body) in with_body() {
        let path = operation.path_with(&id_of_nothing);
        for example in examples(body) {
            let mut wrong = vec![json!([]), json!("text"), json!(7), json!(null)];
            let members: Vec<_> = example.as_object().unwrap().keys().cloned().collect();
            for name in &members {
                wrong.push(changed(&example, name, json!({"an": "object"})));
                wrong.push(changed(&example, name, another_type(&example[name])));
            }
            for name in required(&body["content"]["application/json"]["schema"]) {
                wrong.push(changed(&example, &name, Value::Null));
                let mut less = example.clone();
                less.as_object_mut().unwrap().remove(&name);
                wrong.push(less);
            }
            if operation.id == "logOut" {
                // No body is a body there, and so is none in JSON.
                wrong.retain(|body| !body.is_null());
            }
            for body in wrong {
                let answer = callers.call(operation, &path).json(&body).await;
                assert_refused(&answer, &format!("{} with {body}", operation.id));
                let code = answer.code();
                let expected =
                    if operation.id == "handlePgWebhook" { "unverifiable_webhook" } else { "validation_failed" };
                // Whoever looks for the thing first finds nothing first.
                assert!(code == expected || (code == "not_found" && operation.names_something()), "{answer} to {body}");
            }
        }
    }
}

fn another_type(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(7),
        Value::Number(_) => json!("seven"),
        _ => json!("text"),
    }
}

fn required(schema: &Value) -> Vec<String> {
    let names = Contract::get().resolve(schema)["required"].as_array().cloned().unwrap_or_default();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn query_parameters_that_are_not_understood() {
    let callers = Callers::gather().await;
    let hall = Plan::standing(5).open().await;
    let mut tried = BTreeSet::new();
    for operation in Contract::get().operations() {
        for name in parameters(operation, "query") {
            tried.insert(name);
            let path = operation.path_with(&|_| hall.event.clone());
            let bad: &[&str] = match name {
                "q" => &["%00", "%07bell"],
                "limit" => &["0", "-1", "101", "ten", "1.5", "", "99999999999999999999"],
                "cursor" => &["nonsense", "%00", "eyJhIjoxfQ", ""],
                // Any text may be looked for; nobody has it.
                "email" => &["%00"],
                _ => &["nonsense", "%00", "-1", ""],
            };
            for value in bad {
                let answer = callers.call(operation, &format!("{path}?{name}={value}")).await;
                answer.refused(422, "validation_failed");
            }
        }
    }
    let known = [
        "limit",
        "cursor",
        "category",
        "status",
        "from",
        "to",
        "sort",
        "performanceId",
        "expand",
        "ticketTypeId",
        "window",
        "by",
        "redirectUri",
        "email",
        "role",
    ];
    for expected in known {
        assert!(tried.contains(expected), "{expected} is no longer documented");
    }
}

/// The operations that take nothing from their caller; all others are driven by the tests above.
#[test]
fn every_operation_is_driven() {
    let without_input = |operation: &&Operation| {
        !operation.names_something()
            && operation.description.get("requestBody").is_none()
            && parameters(operation, "query").is_empty()
    };
    let operations = Contract::get().operations();
    let names: BTreeSet<_> = operations.iter().filter(without_input).map(|operation| operation.id.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["getHealth", "getMyProfile", "getPoints", "getPushKey"]));
    assert!(operations.len() > 60, "{} operations", operations.len());
}

//! What the deployment says: functions with their variables and routes, event sources, queues. Read from the templates
//! themselves, so that what runs here is what would be deployed.

use std::collections::BTreeMap;

use serde_json::Value;

const TEMPLATE: &str = include_str!("../../../template.yaml");
const MESSAGING: &str = include_str!("../../../infra/messaging.yaml");
const TABLES: &str = include_str!("../../../infra/data.yaml");

/// The deployment, its references unresolved.
#[derive(Debug)]
pub struct Plan {
    /// By name: `reserve-seats`.
    pub functions: BTreeMap<String, Function>,
    /// What workers are triggered by.
    pub sources: Vec<Source>,
    /// Queues by the name of their resource: `PaymentsQueue`.
    pub queues: BTreeMap<String, Queue>,
    /// Secrets, by the name of their resource.
    pub secrets: Vec<String>,
    /// Tables, by the name of their resource.
    pub tables: Vec<String>,
    parameters: BTreeMap<String, String>,
}

/// A function.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its resource: `ReserveSeatsFunction`.
    pub resource: String,
    /// Its environment, as the template writes it.
    pub variables: Vec<(String, String)>,
    /// What leads to it.
    pub routes: Vec<Route>,
}

/// A route of the HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`.
    pub method: String,
    /// `/api/v1/events/{eventId}`.
    pub path: String,
    /// Whether the caller must show a token.
    pub guarded: bool,
    /// Scopes of which the token must have one; none when any token will do.
    pub scopes: Vec<String>,
}

/// An event source mapping.
#[derive(Debug, Clone)]
pub struct Source {
    /// The function's name.
    pub function: String,
    /// Where events come from.
    pub from: Origin,
    /// Most of them in one invocation.
    pub batch: usize,
    /// How long a batch is collected, in seconds.
    pub window_seconds: u64,
    /// Most invocations at a time: of a queue its maximum concurrency, of a stream its parallelisation factor.
    pub concurrency: usize,
    /// Patterns of which a record must match one; all of them when empty.
    pub filters: Vec<Value>,
}

/// What an event source reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A queue, by its resource.
    Queue(String),
    /// A table's stream, by the table's resource.
    Stream(String),
}

/// A queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Its name without the stack's.
    pub name: String,
    /// Attributes for `CreateQueue`.
    pub attributes: BTreeMap<String, String>,
    /// The resource that failed messages go to, after so many deliveries.
    pub dead_letters: Option<(String, u64)>,
}

/// The templates are not what this reads.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Not YAML.
    #[error("a template cannot be read: {0}")]
    Unreadable(String),
    /// A reference that nothing here stands for.
    #[error("the template refers to {0}, which this runner does not know")]
    Unknown(String),
}

/// What references of the template stand for.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// Where the queues are.
    pub queues: String,
    /// Where whatever else is, which nobody here listens to: buckets, sockets.
    pub elsewhere: String,
    /// The payment gateway.
    pub gateway: String,
}

impl Plan {
    /// Of the templates in this repository.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read() -> Result<Self, PlanError> {
        let [template, messaging, tables] = [yaml(TEMPLATE)?, yaml(MESSAGING)?, yaml(TABLES)?];
        let resources = |of: &Value| of["Resources"].as_object().cloned().unwrap_or_default();
        let mut plan = Self {
            functions: BTreeMap::new(),
            sources: Vec::new(),
            queues: resources(&messaging)
                .iter()
                .filter(|(_, it)| it["Type"] == "AWS::SQS::Queue")
                .map(|(name, it)| (name.clone(), queue(&it["Properties"])))
                .collect(),
            secrets: Vec::new(),
            tables: resources(&tables).keys().cloned().collect(),
            parameters: parameters(&template),
        };
        for (name, resource) in &resources(&template) {
            let properties = &resource["Properties"];
            match resource["Type"].as_str() {
                Some("AWS::Serverless::Function") => {
                    plan.functions.insert(name_of(name), function(name, properties));
                }
                Some("AWS::Lambda::EventSourceMapping") => plan.sources.extend(source(properties)),
                Some("AWS::SecretsManager::Secret") => plan.secrets.push(name.clone()),
                _ => {}
            }
        }
        Ok(plan)
    }

    /// A function's environment with every reference resolved.
    ///
    /// # Errors
    /// For a reference that is none of tables, queues, secrets, functions and parameters.
    pub fn variables(&self, function: &Function, at: &Addresses) -> Result<Vec<(String, String)>, PlanError> {
        let resolved = |(name, value): &(String, String)| Ok((name.clone(), self.resolve(value, at)?));
        function.variables.iter().map(resolved).collect()
    }

    fn resolve(&self, value: &str, at: &Addresses) -> Result<String, PlanError> {
        if let Some(table) = value.strip_prefix("Data.Outputs.") {
            return Ok(table.to_owned());
        }
        if let Some(queue) = value.strip_prefix("Messaging.Outputs.").and_then(|output| output.strip_suffix("Url")) {
            let queue = self.queues.get(queue).ok_or_else(|| PlanError::Unknown(value.to_owned()))?;
            return Ok(format!("{}/000000000000/{}", at.queues, queue.name));
        }
        if let Some(secret) =
            value.strip_suffix(".Id").filter(|secret| self.secrets.iter().any(|known| known == secret))
        {
            return Ok(secret.to_owned());
        }
        if self.functions.contains_key(&name_of(value)) {
            return Ok(name_of(value));
        }
        match value {
            "PgUrl" => Ok(at.gateway.clone()),
            "MailFrom" => Ok("tickets@jari.local".to_owned()),
            "PublicUrl" => Ok("http://localhost:3000".to_owned()),
            "PushKey.PublicKey" => Ok("BNone".to_owned()),
            _ if value.contains("${WebSocketApi}") => Ok(format!("{}/sockets", at.elsewhere)),
            _ if value.starts_with("Storage.Outputs.") && value.ends_with("Bucket") => Ok("bucket".to_owned()),
            _ if value.starts_with("Storage.Outputs.") => Ok(format!("{}/images", at.elsewhere)),
            parameter => {
                let known = self.parameters.get(parameter).cloned();
                known.ok_or_else(|| PlanError::Unknown(value.to_owned()))
            }
        }
    }
}

/// Tags such as `!GetAtt` are dropped, which leaves the texts behind them.
fn yaml(text: &str) -> Result<Value, PlanError> {
    serde_saphyr::from_str(text).map_err(|error| PlanError::Unreadable(error.to_string()))
}

/// `ReserveSeatsFunction` is `reserve-seats`.
fn name_of(resource: &str) -> String {
    let mut name = String::new();
    for letter in resource.strip_suffix("Function").unwrap_or(resource).chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn parameters(template: &Value) -> BTreeMap<String, String> {
    let declared = template["Parameters"].as_object().cloned().unwrap_or_default();
    declared.iter().filter_map(|(name, it)| Some((name.clone(), text(it.get("Default")?)))).collect()
}

fn function(resource: &str, properties: &Value) -> Function {
    let variables = properties["Environment"]["Variables"].as_object().cloned().unwrap_or_default();
    let events = properties["Events"].as_object().cloned().unwrap_or_default();
    Function {
        resource: resource.to_owned(),
        variables: variables.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        routes: events.values().filter(|event| event["Type"] == "HttpApi").filter_map(route).collect(),
    }
}

fn route(event: &Value) -> Option<Route> {
    let properties = &event["Properties"];
    let auth = &properties["Auth"];
    Some(Route {
        method: properties["Method"].as_str()?.to_owned(),
        path: properties["Path"].as_str()?.to_owned(),
        guarded: auth["Authorizer"] != "NONE",
        scopes: texts(&auth["AuthorizationScopes"]),
    })
}

fn source(properties: &Value) -> Option<Source> {
    let arn = properties["EventSourceArn"].as_str()?;
    let from = match arn.strip_prefix("Data.Outputs.") {
        Some(stream) => Origin::Stream(format!("{}Table", stream.strip_suffix("StreamArn")?)),
        None => Origin::Queue(arn.strip_prefix("Messaging.Outputs.")?.strip_suffix("Arn")?.to_owned()),
    };
    let number = |name: &str| properties[name].as_u64();
    let concurrency =
        number("ParallelizationFactor").or_else(|| properties["ScalingConfig"]["MaximumConcurrency"].as_u64());
    let filters = properties["FilterCriteria"]["Filters"].as_array().cloned().unwrap_or_default();
    Some(Source {
        function: name_of(properties["FunctionName"].as_str()?),
        from,
        batch: usize::try_from(number("BatchSize")?).ok()?,
        window_seconds: number("MaximumBatchingWindowInSeconds").unwrap_or_default(),
        concurrency: concurrency.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX),
        filters: filters.iter().filter_map(|filter| serde_json::from_str(filter["Pattern"].as_str()?).ok()).collect(),
    })
}

fn queue(properties: &Value) -> Queue {
    let name = properties["QueueName"].as_str().unwrap_or_default().trim_start_matches("${Prefix}-").to_owned();
    let kept = ["VisibilityTimeout", "FifoQueue", "ContentBasedDeduplication", "DelaySeconds", "DeduplicationScope"];
    let attribute = |key: &&str| Some(((*key).to_owned(), text(properties.get(*key)?)));
    let redrive = &properties["RedrivePolicy"];
    let target = redrive["deadLetterTargetArn"].as_str().and_then(|arn| arn.strip_suffix(".Arn"));
    Queue {
        name,
        attributes: kept.iter().filter_map(attribute).collect(),
        dead_letters: target.and_then(|target| Some((target.to_owned(), redrive["maxReceiveCount"].as_u64()?))),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().map(|list| list.iter().map(text).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> Plan {
        Plan::read().unwrap()
    }

    fn addresses() -> Addresses {
        let [queues, elsewhere, gateway] = ["http://q", "http://e", "http://g"].map(str::to_owned);
        Addresses { queues, elsewhere, gateway }
    }

    #[test]
    fn functions_have_their_routes_and_their_environment() {
        let plan = plan();
        let reserve = &plan.functions["reserve-seats"];
        let [method, path] = ["POST", "/api/v1/seats/reserve"].map(str::to_owned);
        assert_eq!(reserve.routes, [Route { method, path, guarded: true, scopes: Vec::new() }]);
        let expected = [("BOOKING_TABLE", "BookingTable"), ("ADMISSION_SECRET_ARN", "AdmissionSecret")];
        let mut variables = plan.variables(reserve, &addresses()).unwrap();
        variables.sort_by(|a, b| b.cmp(a));
        assert_eq!(variables, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(!plan.functions["list-events"].routes[0].guarded);
        assert_eq!(plan.functions["configure-queue"].routes[0].scopes, ["admin"]);
    }

    #[test]
    fn queues_and_called_functions_are_found_under_their_names() {
        let plan = plan();
        let steer = plan.variables(&plan.functions["steer-queues"], &addresses()).unwrap();
        let steering = ("STEERING_QUEUE_URL".to_owned(), "http://q/000000000000/steering".to_owned());
        assert!(steer.contains(&steering), "{steer:?}");
        let request = plan.variables(&plan.functions["request-payment"], &addresses()).unwrap();
        assert!(request.contains(&("BEGIN_PAYMENT_FUNCTION".to_owned(), "begin-payment".to_owned())), "{request:?}");
        assert_eq!(plan.queues["PaymentsQueue"].dead_letters, Some(("PaymentsDeadLetterQueue".to_owned(), 6)));
    }

    #[test]
    fn sources_keep_what_the_template_says_of_their_batches() {
        let plan = plan();
        let of = |function: &str, from: Origin| {
            plan.sources.iter().find(|source| source.function == function && source.from == from).unwrap()
        };
        let append = of("append-events", Origin::Stream("BookingTable".to_owned()));
        assert_eq!((append.batch, append.concurrency, append.filters.len()), (100, 10, 1));
        let charge = of("charge-payment", Origin::Queue("PaymentsQueue".to_owned()));
        assert_eq!((charge.batch, charge.concurrency), (1, 50));
    }

    #[test]
    fn what_nobody_knows_is_refused() {
        let function = Function {
            resource: String::new(),
            variables: vec![("X".to_owned(), "Nowhere.Outputs.Thing".to_owned())],
            routes: Vec::new(),
        };
        assert!(matches!(plan().variables(&function, &addresses()), Err(PlanError::Unknown(_))));
    }
}

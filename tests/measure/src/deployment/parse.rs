//! The templates, read as YAML.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Deployment, DeploymentError, EventSource, Function, Queue, Route, Trigger, name_of};

/// The file of the stack that has its functions.
const TEMPLATE: (&str, &str) = ("template.yaml", include_str!("../../../../template.yaml"));

/// The files of the stacks in it, but for `storage.yaml` and `web.yaml`, which no measurement asks about.
const NESTED: [(&str, &str); 4] = [
    ("infra/data.yaml", include_str!("../../../../infra/data.yaml")),
    ("infra/messaging.yaml", include_str!("../../../../infra/messaging.yaml")),
    ("infra/observability.yaml", include_str!("../../../../infra/observability.yaml")),
    ("infra/signing.yaml", include_str!("../../../../infra/signing.yaml")),
];

/// The memory, in megabytes, of a function of which neither its resource nor the globals say anything: Lambda's
/// default.
const MEMORY: u32 = 128;

/// The attributes of a queue that matter to whoever sends to it and reads it.
const ATTRIBUTES: [&str; 5] =
    ["VisibilityTimeout", "FifoQueue", "ContentBasedDeduplication", "DelaySeconds", "DeduplicationScope"];

/// The deployment of this repository.
pub(super) fn deployment() -> Result<Deployment, DeploymentError> {
    let template = yaml(TEMPLATE)?;
    let nested = NESTED.into_iter().map(yaml).collect::<Result<Vec<_>, _>>()?;
    let globals = &template["Globals"]["Function"];
    let mut all = Deployment { parameters: parameters(&template), ..Deployment::default() };
    for (name, resource) in std::iter::once(&template).chain(&nested).flat_map(resources) {
        let (kind, properties) = (text(&resource["Type"]), &resource["Properties"]);
        match kind.as_str() {
            "AWS::Serverless::Function" => {
                all.functions.insert(name_of(name), function(properties, globals));
            }
            "AWS::Lambda::EventSourceMapping" => {
                let trigger = trigger(properties).ok_or_else(|| DeploymentError::Unclear(name.clone()))?;
                all.triggers.insert(name_of(name), trigger);
            }
            "AWS::SQS::Queue" => {
                all.queues.insert(name.clone(), queue(properties));
            }
            "AWS::SecretsManager::Secret" => all.secrets.push(name.clone()),
            "AWS::DynamoDB::Table" => all.tables.push(name.clone()),
            _ => {}
        }
        *all.resources.entry(kind).or_default() += 1;
    }
    Ok(all)
}

/// Tags such as `!GetAtt` are dropped, which leaves the texts behind them.
fn yaml((file, text): (&'static str, &str)) -> Result<Value, DeploymentError> {
    serde_saphyr::from_str(text).map_err(|error| DeploymentError::Unreadable { file, reason: error.to_string() })
}

fn resources(template: &Value) -> impl Iterator<Item = (&String, &Value)> {
    members(&template["Resources"])
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn parameters(template: &Value) -> BTreeMap<String, String> {
    let declared = members(&template["Parameters"]);
    declared.filter_map(|(name, it)| Some((name.clone(), text(it.get("Default")?)))).collect()
}

fn function(properties: &Value, globals: &Value) -> Function {
    let memory = [properties, globals].into_iter().find_map(|said| said["MemorySize"].as_u64());
    let variables = members(&properties["Environment"]["Variables"]);
    let events = members(&properties["Events"]).map(|(_, event)| event);
    Function {
        memory: memory.and_then(|megabytes| u32::try_from(megabytes).ok()).unwrap_or(MEMORY),
        variables: variables.map(|(name, value)| (name.clone(), text(value))).collect(),
        routes: events.filter(|event| event["Type"] == "HttpApi").filter_map(route).collect(),
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

fn trigger(properties: &Value) -> Option<Trigger> {
    let arn = properties["EventSourceArn"].as_str()?;
    let source = match arn.strip_prefix("Data.Outputs.") {
        Some(stream) => EventSource::Stream(format!("{}Table", stream.strip_suffix("StreamArn")?)),
        None => EventSource::Queue(arn.strip_prefix("Messaging.Outputs.")?.strip_suffix("Arn")?.to_owned()),
    };
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    // Where nothing is said: what Lambda does.
    let concurrency = match source {
        EventSource::Queue(_) => number(&properties["ScalingConfig"]["MaximumConcurrency"]).unwrap_or(usize::MAX),
        EventSource::Stream(_) => number(&properties["ParallelizationFactor"]).unwrap_or(1),
    };
    let filters = properties["FilterCriteria"]["Filters"].as_array().into_iter().flatten();
    let pattern = |filter: &Value| serde_json::from_str::<Value>(filter["Pattern"].as_str()?).ok();
    Some(Trigger {
        function: name_of(properties["FunctionName"].as_str()?),
        source,
        batch_size: number(&properties["BatchSize"])?,
        window_seconds: properties["MaximumBatchingWindowInSeconds"].as_u64().unwrap_or_default(),
        concurrency,
        filters: filters.map(pattern).collect::<Option<Vec<_>>>()?,
    })
}

fn queue(properties: &Value) -> Queue {
    let name = properties["QueueName"].as_str().unwrap_or_default().trim_start_matches("${Prefix}-").to_owned();
    let attribute = |key: &str| Some((key.to_owned(), text(properties.get(key)?)));
    let redrive = &properties["RedrivePolicy"];
    let target = redrive["deadLetterTargetArn"].as_str().and_then(|arn| arn.strip_suffix(".Arn"));
    Queue {
        name,
        attributes: ATTRIBUTES.into_iter().filter_map(attribute).collect(),
        dead_letters: target.and_then(|target| Some((target.to_owned(), redrive["maxReceiveCount"].as_u64()?))),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

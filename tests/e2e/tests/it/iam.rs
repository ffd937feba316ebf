//! What the deployed roles may do. That it is enough is proved by everything else: the local AWS enforces it.

use aws_sdk_iam::Client;
use e2e::stack::Stack;
use serde_json::Value;

/// Managed policies that every function has, for its logs and traces.
const MANAGED: [&str; 2] = [
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
];

const CONTEXTS: [&str; 6] = ["identity", "catalog", "booking", "payments", "notifications", "events"];

#[derive(Debug)]
struct Statement {
    role: String,
    actions: Vec<String>,
    resources: Vec<String>,
}

impl Statement {
    /// Whether it covers this resource.
    fn reaches(&self, arn: &str) -> bool {
        self.resources.iter().any(|pattern| matches(pattern, arn))
    }
}

/// IAM's wildcards: `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| matches(rest, &tail[at..]))
        }),
    }
}

async fn statements() -> Vec<Statement> {
    let stack = Stack::get();
    let client = Client::new(&stack.operator().await);
    let mut found = Vec::new();
    let mut roles = client.list_roles().into_paginator().items().send();
    while let Some(role) = roles.next().await {
        let role = role.expect("roles are listed").role_name().to_owned();
        if !role.starts_with(&format!("{}-", stack.name())) {
            continue;
        }
        let attached = client.list_attached_role_policies().role_name(&role).send().await.expect("policies are listed");
        for policy in attached.attached_policies() {
            let arn = policy.policy_arn().unwrap_or_default();
            assert!(MANAGED.contains(&arn), "{role} has {arn}");
        }
        let names = client.list_role_policies().role_name(&role).send().await.expect("policies are listed");
        for name in names.policy_names() {
            let policy =
                client.get_role_policy().role_name(&role).policy_name(name).send().await.expect("the policy is there");
            let document = percent_decoded(policy.policy_document());
            let document: Value = serde_json::from_str(&document).expect("a policy is JSON");
            found.extend(document["Statement"].as_array().expect("statements").iter().map(|statement| {
                assert_eq!(statement["Effect"], "Allow", "{role}: {statement}");
                assert!(statement.get("NotAction").or(statement.get("NotResource")).is_none(), "{role}: {statement}");
                Statement {
                    role: role.clone(),
                    actions: texts(&statement["Action"]),
                    resources: texts(&statement["Resource"]),
                }
            }));
        }
    }
    assert!(found.len() > 40, "{} statements", found.len());
    found
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().map(|text| text.as_str().expect("a text").to_owned()).collect(),
        other => panic!("neither text nor texts: {other}"),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        let digits = if byte == b'%' { bytes.next().zip(bytes.next()) } else { None };
        decoded.push(digits.map_or(byte, |(high, low)| {
            u8::from_str_radix(&format!("{}{}", char::from(high), char::from(low)), 16).expect("two hexadecimal digits")
        }));
    }
    String::from_utf8(decoded).expect("UTF-8")
}

fn table(context: &str) -> String {
    format!("arn:aws:dynamodb:us-east-1:000000000000:table/{}-{context}", Stack::get().name())
}

#[tokio::test]
async fn nothing_is_allowed_by_wildcard() {
    for statement in statements().await {
        for action in &statement.actions {
            assert!(!action.contains(['*', '?']), "{statement:?}");
        }
        for resource in &statement.resources {
            // A stream's name ends in the moment it was made.
            let is_stream = CONTEXTS.iter().any(|context| *resource == format!("{}/stream/*", table(context)));
            assert!(is_stream || !resource.contains(['*', '?']), "{statement:?}");
        }
    }
}

#[tokio::test]
async fn every_role_reaches_one_table_and_the_right_one() {
    let all = statements().await;
    let mut roles: Vec<_> = all.iter().map(|statement| statement.role.as_str()).collect();
    roles.sort_unstable();
    roles.dedup();
    for role in roles {
        let of_role = || all.iter().filter(|statement| statement.role == role);
        let tables: Vec<_> = CONTEXTS
            .into_iter()
            .filter(|context| of_role().any(|statement| statement.reaches(&table(context))))
            .collect();
        assert!(tables.len() <= 1, "{role} reaches {tables:?}");
    }
    let of = |function: &str, context: &str| {
        let role = format!("{}-{function}FunctionRole", Stack::get().name());
        assert!(all.iter().any(|statement| statement.role.starts_with(&role)), "no role {role}");
        all.iter().any(|statement| statement.role.starts_with(&role) && statement.reaches(&table(context)))
    };
    assert!(of("ReserveSeats", "booking") && !of("ReserveSeats", "payments") && !of("ReserveSeats", "identity"));
    assert!(of("ChargePayment", "payments") && !of("ChargePayment", "booking"));
    assert!(of("SendNotification", "notifications") && !of("SendNotification", "booking"));
}

#[tokio::test]
async fn only_the_log_of_events_sends_to_queues() {
    for statement in statements().await {
        if statement.actions.iter().any(|action| action.starts_with("sqs:Send")) {
            let failures = format!("{}-stream-failures", Stack::get().name());
            let is_for_failures = statement.resources.iter().all(|resource| resource.ends_with(&failures));
            assert!(statement.role.contains("AppendEvents") || is_for_failures, "{statement:?}");
        }
    }
}

#[test]
fn wildcards_are_understood() {
    assert!(matches("a*c", "abbc") && matches("a*", "a") && matches("*", "") && matches("a", "a"));
    assert!(!matches("a*c", "ab") && !matches("a", "ab"));
}

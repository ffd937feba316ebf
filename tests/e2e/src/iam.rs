//! What the roles of the deployed functions may do, as IAM has it.

use aws_sdk_iam::Client;
use serde_json::Value;

use crate::stack::Stack;

/// Managed policies that every function has, for its logs and traces.
const MANAGED: [&str; 2] = [
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
];

/// One permission.
#[derive(Debug)]
pub struct Statement {
    /// Whose.
    pub role: String,
    /// To do what.
    pub actions: Vec<String>,
    /// With what.
    pub resources: Vec<String>,
}

impl Statement {
    /// Whether it is one of this function, named as in the template: `ReserveSeats`. CloudFormation shortens what is too long
    /// for a role's name, and ends it with a dash and something random.
    #[must_use]
    pub fn is_of(&self, function: &str) -> bool {
        let start = format!("{}-{function}F", Stack::get().name());
        let whole = format!("{}-{function}FunctionRole", Stack::get().name());
        let name = self.role.rsplit_once('-').map_or(self.role.as_str(), |(name, _)| name);
        name.starts_with(&start) && whole.starts_with(name)
    }

    /// Whether it covers this resource.
    #[must_use]
    pub fn reaches(&self, arn: &str) -> bool {
        self.resources.iter().any(|pattern| matches(pattern, arn))
    }
}

/// IAM's wildcards: `*` stands for any text.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| matches(rest, &tail[at..]))
        }),
    }
}

/// All permissions of all roles of the stack.
///
/// # Panics
/// When they cannot be read, or a role has managed policies, denials or negations.
pub async fn statements() -> Vec<Statement> {
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

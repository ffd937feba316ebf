//! The event store, looked at behind the scenes.

use aws_sdk_dynamodb::types::AttributeValue;

use crate::stack::Stack;
use crate::wait::{SOON, eventually, when};

/// The events of an aggregate as `(version, type)`, as soon as there are so many. Read by a scan and not by the store's
/// key, so that a second item about the same event could not hide.
///
/// # Panics
/// When they do not come.
pub async fn history(aggregate: &str, length: usize) -> Vec<(i64, String)> {
    let stack = Stack::get();
    let client = aws_sdk_dynamodb::Client::new(&stack.operator().await);
    eventually(&format!("{length} events of {aggregate}"), SOON, async || {
        let mut pages = client
            .scan()
            .table_name(format!("{}-events", stack.name()))
            .filter_expression("#id = :id")
            .expression_attribute_names("#id", "aggregateId")
            .expression_attribute_values(":id", AttributeValue::S(aggregate.to_owned()))
            .into_paginator()
            .items()
            .send();
        let mut events = Vec::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| format!("{error:?}"))?;
            let version = item["version"].as_n().expect("a number").parse::<i64>().expect("a whole one");
            events.push((version, item["type"].as_s().expect("a text").clone()));
        }
        events.sort();
        when(events.len() >= length, events)
    })
    .await
}

/// That these types, numbered from 1, are all that happened to an aggregate.
///
/// # Panics
/// When they are not, or do not come.
pub async fn assert_history(aggregate: &str, types: &[&str]) {
    let expected: Vec<_> = (1..).zip(types).map(|(version, &name)| (version, name.to_owned())).collect();
    assert_eq!(history(aggregate, expected.len()).await, expected, "{aggregate}");
}

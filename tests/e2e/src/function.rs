//! Functions invoked as operators invoke them, and as API Gateway does.

use std::path::Path;

use serde_json::{Value, json};

use crate::stack::Stack;

/// What a function answers to this payload.
///
/// # Panics
/// When it fails.
pub async fn invoke(function: &str, payload: &Value) -> Value {
    let answer = aws_sdk_lambda::Client::new(&Stack::get().operator().await)
        .invoke()
        .function_name(function)
        .payload(payload.to_string().into_bytes().into())
        .send()
        .await
        .unwrap_or_else(|error| panic!("{function} cannot be invoked: {error:?}"));
    let bytes = answer.payload().map(AsRef::as_ref).unwrap_or_default();
    assert_eq!(answer.function_error(), None, "{function}: {}", String::from_utf8_lossy(bytes));
    serde_json::from_slice(bytes).unwrap_or(Value::Null)
}

/// An answer of a function to a request that did not come through the gateway.
#[derive(Debug)]
pub struct Direct {
    /// The HTTP status.
    pub status: u64,
    /// The seconds of `Retry-After`, when it has one.
    pub retry_after: Option<u64>,
    /// The body as JSON.
    pub body: Value,
}

/// A log-in from this network address. The local gateway says of every request that it comes from 127.0.0.1, from where
/// all other tests log in: this one is made as API Gateway makes it, of `events/log-in.json`, and given to the function.
///
/// # Panics
/// When the function fails.
pub async fn log_in_from(address: &str, email: &str, password: &str) -> Direct {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events/log-in.json");
    let mut event: Value = serde_json::from_slice(&std::fs::read(path).expect("the event file is readable"))
        .expect("the event file is JSON");
    event["requestContext"]["http"]["sourceIp"] = json!(address);
    event["headers"]["x-forwarded-for"] = json!(address);
    event["body"] = json!(json!({"email": email, "password": password}).to_string());
    let answer = invoke(&format!("{}-log-in", Stack::get().name()), &event).await;
    let retry_after = ["headers", "multiValueHeaders"]
        .into_iter()
        .flat_map(|place| answer[place].as_object().into_iter().flatten())
        .find(|(name, _)| name.eq_ignore_ascii_case("retry-after"))
        .and_then(|(_, value)| value.as_str().or(value[0].as_str())?.parse().ok());
    Direct {
        status: answer["statusCode"].as_u64().unwrap_or_else(|| panic!("no status in {answer}")),
        retry_after,
        body: answer["body"].as_str().and_then(|body| serde_json::from_str(body).ok()).unwrap_or(Value::Null),
    }
}

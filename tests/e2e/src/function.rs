//! Functions invoked as operators invoke them.

use serde_json::Value;

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

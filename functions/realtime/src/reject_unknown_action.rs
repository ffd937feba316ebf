//! `$default`: messages that name no action of ours.

use kit::problem::Problem;
use realtime::message::Body;
use serde_json::Value;

use crate::socket::{Call, Sent};

/// Says what is wrong with the message.
///
/// # Errors
/// Always: 400 when it is no JSON, 404 when there is no such action, 422 when it names none.
pub async fn handle(call: Call) -> Result<Vec<Body>, Problem> {
    let Sent::Json(message) = &call.message else { return call.body::<Value>().map(|_| Vec::new()) };
    Err(match message.get("action").and_then(Value::as_str) {
        Some(_) => Problem::new(404, "unknown_action", "There is no action of this name."),
        None => Problem::new(422, "action_missing", "A message is an object whose `action` is a text."),
    })
}

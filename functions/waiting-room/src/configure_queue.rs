//! `PUT /queue/admin/{eventId}`: gives an event a queue, or its queue other rules.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;
use waiting_room::domain::queue::Rules;
use waiting_room::dynamodb::Store;
use waiting_room::manage;

use crate::fresh_keys;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    opens_at: Timestamp,
    capacity: i64,
    #[serde(default = "session_seconds")]
    session_seconds: i64,
    #[serde(default = "pre_queue_minutes")]
    pre_queue_minutes: i64,
    #[serde(default = "enabled")]
    enabled: bool,
    version: Option<u64>,
}

const fn session_seconds() -> i64 {
    300
}

const fn pre_queue_minutes() -> i64 {
    30
}

const fn enabled() -> bool {
    true
}

/// Answers the request.
///
/// # Errors
/// 403, 404, 409 or 422 as the contract lists them.
pub async fn handle(store: &Store, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let event = call.path_id("eventId")?;
    let body: Body = call.body()?;
    let rules = rules(&body)?;
    Reply::ok(&manage::configure(store, event, rules, body.version, &fresh_keys()?, Timestamp::now()).await?)
}

fn rules(body: &Body) -> Result<Rules, Problem> {
    Checks::new()
        .number("/capacity", body.capacity, 1..=100_000)
        .number("/sessionSeconds", body.session_seconds, 5..=3_600)
        .number("/preQueueMinutes", body.pre_queue_minutes, 0..=1_440)
        .done()?;
    let number = |number| u32::try_from(number).map_err(Problem::internal);
    Ok(Rules {
        enabled: body.enabled,
        opens_at: body.opens_at,
        capacity: number(body.capacity)?,
        session_seconds: number(body.session_seconds)?,
        pre_queue_minutes: number(body.pre_queue_minutes)?,
    })
}

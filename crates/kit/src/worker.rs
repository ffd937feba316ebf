//! Workers behind SQS queues: every message stands for itself, the failed ones of a batch are delivered again.

use std::error::Error;
use std::fmt::Write as _;
use std::pin::Pin;
use std::time::Instant;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use contracts::event::Envelope;
use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::DeserializeOwned;

use crate::{MainResult, telemetry};

/// Why a message could not be dealt with now. It is delivered again, and goes to the dead-letter queue in the end.
pub type WorkerError = Box<dyn Error + Send + Sync>;

/// One delivery of a domain event.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// The event.
    pub event: Envelope,
    /// How often it has been delivered, this time included.
    pub attempt: u32,
}

/// Runs `handle` for every message of every batch until the environment ends.
///
/// # Errors
/// When the Lambda runtime cannot be reached.
pub async fn run<'a, F, Fut>(function: &'static str, handle: F) -> MainResult
where
    F: Fn(Delivery) -> Fut + 'a,
    Fut: Future<Output = Result<(), WorkerError>> + 'a,
{
    let handle = &handle;
    serve(&|batch| Box::pin(process(function, batch, handle))).await
}

/// The same for messages that are no domain events but a `T` each.
///
/// # Errors
/// When the Lambda runtime cannot be reached.
pub async fn run_messages<'a, T, F, Fut>(function: &'static str, handle: F) -> MainResult
where
    T: DeserializeOwned + 'a,
    F: Fn(T) -> Fut + 'a,
    Fut: Future<Output = Result<(), WorkerError>> + 'a,
{
    let handle = &handle;
    serve(&|batch| Box::pin(process_messages(function, batch, handle))).await
}

/// A batch being dealt with.
type Dealing<'a> = Pin<Box<dyn Future<Output = SqsBatchResponse> + 'a>>;

/// The loop around workers, compiled once, as `http::serve` is.
async fn serve<'a>(handle: &dyn Fn(SqsEvent) -> Dealing<'a>) -> MainResult {
    telemetry::init();
    lambda_runtime::run(service_fn(move |batch: LambdaEvent<SqsEvent>| async move {
        Ok::<_, lambda_runtime::Error>(handle(batch.payload).await)
    }))
    .await
}

/// Deals with one batch, message by message; says which ones to deliver again.
pub async fn process<F, Fut>(function: &'static str, batch: SqsEvent, handle: &F) -> SqsBatchResponse
where
    F: Fn(Delivery) -> Fut,
    Fut: Future<Output = Result<(), WorkerError>>,
{
    let mut response = SqsBatchResponse::default();
    for message in batch.records {
        let started = Instant::now();
        let result = match parse(&message) {
            Ok(delivery) => {
                let (event_id, event_type) = (delivery.event.event_id(), delivery.event.event_type);
                let result = handle(delivery).await;
                tracing::info!(
                    function,
                    event_id,
                    event_type = event_type.as_str(),
                    ok = result.is_ok(),
                    duration_ms = elapsed_ms(started),
                );
                result
            }
            Err(error) => Err(error),
        };
        note(function, message, result, &mut response);
    }
    response
}

/// The same for messages that are no domain events but a `T` each.
pub async fn process_messages<T, F, Fut>(function: &'static str, batch: SqsEvent, handle: &F) -> SqsBatchResponse
where
    T: DeserializeOwned,
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<(), WorkerError>>,
{
    let mut response = SqsBatchResponse::default();
    for message in batch.records {
        let started = Instant::now();
        let result = match serde_json::from_str(message.body.as_deref().unwrap_or_default()) {
            Ok(body) => {
                let result = handle(body).await;
                let message_id = message.message_id.as_deref();
                tracing::info!(function, message_id, ok = result.is_ok(), duration_ms = elapsed_ms(started));
                result
            }
            Err(error) => Err(error.into()),
        };
        note(function, message, result, &mut response);
    }
    response
}

/// Has the message of a failed attempt delivered again.
fn note(function: &'static str, message: SqsMessage, result: Result<(), WorkerError>, response: &mut SqsBatchResponse) {
    let Err(error) = result else { return };
    let message_id = message.message_id.unwrap_or_default();
    tracing::error!(function, message_id, error = chain(error.as_ref()), "message will be delivered again");
    let mut failure = BatchItemFailure::default();
    failure.item_identifier = message_id;
    response.batch_item_failures.push(failure);
}

fn parse(message: &SqsMessage) -> Result<Delivery, WorkerError> {
    let event = serde_json::from_str(message.body.as_deref().unwrap_or_default())?;
    let attempt = message.attributes.get("ApproximateReceiveCount").and_then(|count| count.parse().ok()).unwrap_or(1);
    Ok(Delivery { event, attempt })
}

/// Whole milliseconds since `started`.
pub(crate) fn elapsed_ms(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// An error and everything that caused it, in one line.
#[must_use]
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        // Writing to a String cannot fail.
        let _ = write!(text, ": {inner}");
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str, body: &str) -> serde_json::Value {
        serde_json::json!({"messageId": id, "body": body, "attributes": {"ApproximateReceiveCount": "2"}})
    }

    #[tokio::test]
    async fn only_failed_messages_are_delivered_again() {
        let event = r#"{"type":"booking.reservation-held.v1","aggregateId":"rsv_1","version":1,"at":"2026-01-01T00:00:00Z","data":{}}"#;
        let batch =
            serde_json::json!({"Records": [message("good", event), message("bad", event), message("poison", "{")]});
        let calls = std::cell::Cell::new(0);
        let response = process("test", serde_json::from_value(batch).unwrap(), &|delivery: Delivery| {
            calls.set(calls.get() + 1);
            let fail = calls.get() == 2;
            async move {
                assert_eq!(delivery.attempt, 2);
                if fail { Err("no".into()) } else { Ok(()) }
            }
        })
        .await;
        let failed: Vec<_> = response.batch_item_failures.iter().map(|f| f.item_identifier.as_str()).collect();
        assert_eq!(failed, ["bad", "poison"]);
    }

    #[tokio::test]
    async fn messages_that_are_no_events_fail_one_by_one_too() {
        let batch = serde_json::json!({"Records": [message("good", "1"), message("bad", "2"), message("poison", "x")]});
        let response = process_messages("test", serde_json::from_value(batch).unwrap(), &|number: u32| async move {
            if number == 2 { Err("no".into()) } else { Ok(()) }
        })
        .await;
        let failed: Vec<_> = response.batch_item_failures.iter().map(|f| f.item_identifier.as_str()).collect();
        assert_eq!(failed, ["bad", "poison"]);
    }
}

//! Events → read models of sales.

use std::collections::BTreeMap;
use std::time::Instant;

use aws_lambda_events::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use contracts::event::Envelope;
use insights::domain::News;
use insights::sales::project::{Popularity, ProjectSales};
use kit::worker::{WorkerError, chain};

const FUNCTION: &str = "project-sales";

/// Counts a batch as a whole, since sales of one event share their writes; says which messages to deliver again.
///
/// Messages that say nothing of sales are done with at once.
pub async fn handle<P: Popularity>(project: &ProjectSales<P>, batch: SqsEvent) -> SqsBatchResponse {
    let started = Instant::now();
    let (mut events, mut failures) = (Vec::new(), BTreeMap::new());
    let (mut news, mut places) = (Vec::new(), Vec::new());
    for (place, message) in batch.records.iter().enumerate() {
        match read(message) {
            Ok((event, said)) => {
                events.push((place, event.event_id(), event.event_type));
                news.extend(said.inspect(|_| places.push(place)));
            }
            Err(error) => _ = failures.insert(place, chain(error.as_ref())),
        }
    }
    // Boxed, because the compiler gives up on a future as deep as the SDK's inside the runtime's.
    for failed in Box::pin(project.project(&news)).await {
        let error = chain(&failed.error);
        for place in failed.news.iter().filter_map(|&one| places.get(one)) {
            failures.entry(*place).or_insert_with(|| error.clone());
        }
    }

    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    for (place, event_id, event_type) in events {
        let ok = !failures.contains_key(&place);
        tracing::info!(function = FUNCTION, event_id, event_type = event_type.as_str(), ok, duration_ms);
    }
    let mut response = SqsBatchResponse::default();
    for (place, error) in failures {
        let message_id = batch.records.get(place).and_then(|message| message.message_id.clone()).unwrap_or_default();
        tracing::error!(function = FUNCTION, message_id, error, "message will be delivered again");
        let mut failure = BatchItemFailure::default();
        failure.item_identifier = message_id;
        response.batch_item_failures.push(failure);
    }
    response
}

fn read(message: &SqsMessage) -> Result<(Envelope, Option<News>), WorkerError> {
    let event: Envelope = serde_json::from_str(message.body.as_deref().unwrap_or_default())?;
    let said = News::of(&event)?;
    Ok((event, said))
}

//! `apply-seats-left`: keeps how much is left of guarded sales. Behind the queue `seats-left`.

use contracts::booking::SeatsLeft;
use kit::worker::WorkerError;
use waiting_room::dynamodb::Store;
use waiting_room::news;

/// Deals with one count.
///
/// # Errors
/// When the table does not answer.
pub async fn handle(store: &Store, left: SeatsLeft) -> Result<(), WorkerError> {
    Ok(news::seats_counted(store, &left).await?)
}

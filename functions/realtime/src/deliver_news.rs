//! `deliver-news`: tells people of their own payments and reservations. Behind the queue `live-news`.

use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};
use realtime::news::PersonalNews;
use realtime::poster::Poster;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event is none of this queue's.
pub async fn handle<P: Poster>(news: &PersonalNews<P>, delivery: Delivery) -> Result<(), WorkerError> {
    Ok(news.tell(&delivery.event, Timestamp::now()).await?)
}

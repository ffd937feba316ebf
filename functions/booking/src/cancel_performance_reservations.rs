//! `cancel-performance-reservations`: ends the reservations of a performance that was called off. Behind the queue
//! `cancellations`, which delivers the news several times, later each time.

use booking::call_off::{self, Swept};
use contracts::catalog::PerformanceState;
use contracts::event::EventType;
use jiff::Timestamp;
use kit::worker::{Delivery, WorkerError};

use crate::App;

/// Deals with one delivery.
///
/// # Errors
/// When the table does not answer, or the event does not call a performance off.
pub async fn handle(app: &App, delivery: Delivery) -> Result<(), WorkerError> {
    let event = &delivery.event;
    if event.event_type != EventType::PerformanceCancelled {
        return Err(format!("{} calls nothing off", event.event_type).into());
    }
    let performance: PerformanceState = event.state()?;
    // Boxed, because the compiler gives up on a future as deep as the SDK's inside the runtime's.
    let sweep = Box::pin(call_off::sweep(&app.store, &performance, Timestamp::now()));
    let Swept { books, ended, paying } = sweep.await?;
    tracing::info!(
        function = "cancel-performance-reservations",
        performance_id = %performance.id,
        books,
        ended,
        paying,
    );
    Ok(())
}

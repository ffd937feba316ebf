//! `begin-payment`: payments binds a reservation to a payment. Invoked by `request-payment`; has no route.

use contracts::booking::{BeginPayment, PaymentStart};
use jiff::Timestamp;
use kit::worker::WorkerError;

use crate::App;

/// Answers the call.
///
/// # Errors
/// When the table does not answer; the caller may ask again with the same payment id.
pub async fn handle(app: &App, call: BeginPayment) -> Result<PaymentStart, WorkerError> {
    let answer = booking::pay::begin(&app.store, &call, Timestamp::now()).await?;
    tracing::info!(
        function = "begin-payment",
        user_id = %call.user_id,
        reservation_id = %call.reservation_id,
        payment_id = %call.payment_id,
        started = matches!(answer, PaymentStart::Started { .. }),
    );
    Ok(answer)
}

//! The port to booking: binding a reservation to a payment.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use contracts::booking::{BeginPayment, PaymentStart};

/// Booking did not answer, or its answer makes no sense. Asking again with the same payment is safe.
#[derive(Debug, thiserror::Error)]
#[error("booking did not answer: {reason}")]
pub struct ReservationsError {
    reason: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl ReservationsError {
    /// Without an answer, for `reason`.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), source: None }
    }

    fn because(reason: &str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(reason) }
    }
}

/// Booking, as payments needs it.
pub trait Reservations: Sync {
    /// Binds a reservation to a payment, or says why not. The same call again answers the same.
    ///
    /// # Errors
    /// When it is not known whether the reservation is bound.
    fn begin_payment(
        &self,
        call: &BeginPayment,
    ) -> impl Future<Output = Result<PaymentStart, ReservationsError>> + Send;
}

/// Booking behind its function `begin-payment`, invoked directly: the one call between contexts that has to wait for
/// its answer.
#[derive(Debug, Clone)]
pub struct InvokedReservations {
    client: Client,
    function: String,
}

impl InvokedReservations {
    /// Through the function of this name.
    #[must_use]
    pub fn new(client: Client, function: impl Into<String>) -> Self {
        Self { client, function: function.into() }
    }
}

impl Reservations for InvokedReservations {
    async fn begin_payment(&self, call: &BeginPayment) -> Result<PaymentStart, ReservationsError> {
        let payload = serde_json::to_vec(call)
            .map_err(|error| ReservationsError::because("the call does not serialise", error))?;
        let answer = self
            .client
            .invoke()
            .function_name(&self.function)
            .payload(Blob::new(payload))
            .send()
            .await
            .map_err(|error| ReservationsError::because("it could not be invoked", error))?;
        if let Some(error) = answer.function_error() {
            return Err(ReservationsError::new(format!("it failed ({error})")));
        }
        let payload = answer.payload().map(Blob::as_ref).unwrap_or_default();
        serde_json::from_slice(payload).map_err(|error| ReservationsError::because("its answer is unreadable", error))
    }
}

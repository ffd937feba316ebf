//! The port to the waiting room: letting in who is next.

use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use contracts::waiting_room::{AdmitBuyer, EntryAnswer};

/// The waiting room did not answer, or its answer makes no sense. Asking again is safe.
#[derive(Debug, thiserror::Error)]
#[error("the waiting room did not answer: {reason}")]
pub struct AdmissionsError {
    reason: String,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AdmissionsError {
    /// Without an answer, for `reason`.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), source: None }
    }

    fn because(reason: &str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(reason) }
    }
}

/// The waiting room, as live updates need it.
pub trait Admissions {
    /// Asks for somebody what `check-queue` would answer them. The same call again answers the same.
    ///
    /// # Errors
    /// When it is not known whether they were let in.
    fn admit(&self, call: &AdmitBuyer) -> impl Future<Output = Result<EntryAnswer, AdmissionsError>>;
}

/// The waiting room behind its function `admit-buyer`, invoked directly.
#[derive(Debug, Clone)]
pub struct InvokedAdmissions {
    client: Client,
    function: String,
}

impl InvokedAdmissions {
    /// Through the function of this name.
    #[must_use]
    pub fn new(client: Client, function: impl Into<String>) -> Self {
        Self { client, function: function.into() }
    }
}

impl Admissions for InvokedAdmissions {
    async fn admit(&self, call: &AdmitBuyer) -> Result<EntryAnswer, AdmissionsError> {
        let payload =
            serde_json::to_vec(call).map_err(|error| AdmissionsError::because("the call does not serialise", error))?;
        let answer = self
            .client
            .invoke()
            .function_name(&self.function)
            .payload(Blob::new(payload))
            .send()
            .await
            .map_err(|error| AdmissionsError::because("it could not be invoked", error))?;
        if let Some(error) = answer.function_error() {
            return Err(AdmissionsError::new(format!("it failed ({error})")));
        }
        let payload = answer.payload().map(Blob::as_ref).unwrap_or_default();
        serde_json::from_slice(payload).map_err(|error| AdmissionsError::because("its answer is unreadable", error))
    }
}

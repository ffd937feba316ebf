//! What can go wrong, and the problem it becomes.

use aws_credential_types::provider::error::CredentialsError;
use contracts::geometry::UnpackError;
use kit::dynamo::StoreError;
use kit::problem::Problem;
use serde_json::json;

use crate::domain::announcement::Moved;
use crate::domain::event::PatchError;
use crate::domain::keyword::KeywordError;
use crate::domain::offer_patch::PartError;
use crate::domain::publication::{PublishError, Reason};

/// Why the catalogue did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or not the caller's.
    #[error("not found")]
    NotFound,
    /// The input is wrong; the problem says where.
    #[error("invalid input: {0}")]
    Invalid(Problem),
    /// The event may not be changed so.
    #[error(transparent)]
    Patch(#[from] PatchError),
    /// The event may not go on sale.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The performance or ticket type may not be changed so.
    #[error(transparent)]
    Part(#[from] PartError),
    /// Nothing can be added to an event that is over, or changed of what belongs to it.
    #[error("the event is over")]
    EventOver,
    /// Another ticket type of the event sells these sections.
    #[error("sections {0:?} are sold under another ticket type")]
    SectionsTaken(Vec<String>),
    /// The event has as many of these as it may have.
    #[error("an event may have {most} {what}")]
    LimitReached {
        /// Of what.
        what: &'static str,
        /// How many.
        most: usize,
    },
    /// Somebody else changed the announcement first.
    #[error(transparent)]
    AnnouncementMoved(#[from] Moved),
    /// There are no credentials to sign an upload with.
    #[error("an upload cannot be signed now")]
    Unsigned(#[from] CredentialsError),
    /// The keyword mapping may not be changed so.
    #[error(transparent)]
    Keyword(#[from] KeywordError),
    /// Other keyword mappings have these words.
    #[error("other keyword mappings have the words {0:?}")]
    KeywordTaken(Vec<String>),
    /// A stored layout is unreadable.
    #[error("layout is unreadable")]
    Layout(#[from] UnpackError),
    /// The table could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::NotFound => Self::not_found(),
            Error::Invalid(problem) => problem,
            Error::Patch(PatchError::VersionConflict { current })
            | Error::Part(PartError::VersionConflict { current }) => {
                Self::conflict("version_conflict", detail).with("version", current)
            }
            Error::Patch(PatchError::InvalidTransition { .. }) | Error::Publish(PublishError::Over(_)) => {
                Self::conflict("invalid_transition", detail)
            }
            Error::Patch(PatchError::CurrencyFixed) | Error::Part(PartError::AlreadyPublished) => {
                Self::conflict("already_published", detail)
            }
            Error::Part(PartError::NeverPublished) => Self::conflict("never_published", detail),
            Error::Part(PartError::Started) => Self::conflict("performance_started", detail),
            Error::Part(PartError::CalledOff) => Self::conflict("performance_cancelled", detail),
            Error::Publish(PublishError::NotReady(reasons)) => {
                let reason = |reason: &Reason| json!({"code": reason.code(), "detail": reason.to_string()});
                Self::conflict("not_publishable", detail)
                    .with("reasons", reasons.iter().map(reason).collect::<Vec<_>>())
            }
            Error::EventOver => Self::conflict("event_over", detail),
            Error::SectionsTaken(sections) => Self::conflict("sections_taken", detail).with("sectionIds", sections),
            Error::LimitReached { .. } => Self::conflict("limit_reached", detail),
            Error::AnnouncementMoved(Moved { current }) => {
                Self::conflict("version_conflict", detail).with("version", current)
            }
            Error::Unsigned(error) => Self::unavailable(error),
            Error::Keyword(KeywordError::VersionConflict { current }) => {
                Self::conflict("version_conflict", detail).with("version", current)
            }
            Error::KeywordTaken(words) => Self::conflict("keyword_taken", detail).with("words", words),
            Error::Layout(error) => Self::internal(error),
            Error::Store(error) => error.into(),
        }
    }
}

//! `admit-buyer`: asks for somebody who waits at a connection of theirs. Invoked when it is their turn; has no route.

use contracts::ids::AdmissionId;
use contracts::waiting_room::{AdmitBuyer, EntryAnswer};
use jiff::Timestamp;
use kit::problem::Problem;
use kit::worker::WorkerError;
use waiting_room::check::{Desk, Request};
use waiting_room::outbox::Steering;

/// Answers the call as `check-queue` would answer its person.
///
/// # Errors
/// When the table does not answer; the caller may ask again.
pub async fn handle<S: Steering + Sync>(desk: &Desk<S>, call: AdmitBuyer) -> Result<EntryAnswer, WorkerError> {
    let AdmitBuyer { event_id, user_id, ticket } = call;
    let request = Request { event: event_id, user: user_id, ticket: Some(&ticket), id: AdmissionId::generate() };
    let answer = match desk.check(request, Timestamp::now()).await.map_err(Problem::from) {
        Ok(answer) => answer,
        Err(problem) if problem.status() < 500 => EntryAnswer::Refused { code: problem.code().to_owned() },
        Err(problem) => return Err(problem.into()),
    };
    let admitted = matches!(answer, EntryAnswer::Admitted(_));
    tracing::info!(function = "admit-buyer", %event_id, %user_id, admitted);
    Ok(answer)
}

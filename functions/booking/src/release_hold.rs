//! `DELETE /seats/reservation/{reservationId}`: gives the seats back at once.

use booking::leave;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;

/// Answers the request.
///
/// # Errors
/// 404 for a reservation that is not the caller's; 409 when it is being paid or was.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller()?, call.path_id("reservationId")?);
    leave::release(&app.store, caller.user_id, id, Timestamp::now()).await?;
    Ok(Reply::no_content())
}

//! Changing a ticket type.

use catalog::domain::offer_patch::TicketTypePatch;
use contracts::ids::TicketTypeId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Deserialize;

use crate::App;
use crate::dto::ManagedTicketTypeBody;
use crate::manager::manager;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    version: Option<u64>,
    name: Option<String>,
    price: Option<i64>,
    section_ids: Option<Vec<String>>,
    quota: Option<i64>,
}

/// 200 with the ticket type after the change, which is on sale when the event is published again. A field that is absent or
/// `null` stays as it is.
///
/// # Errors
/// 422 for a bad field, also sections for one with a quota or a quota for a seated one, 404, 409 `version_conflict`,
/// `sections_taken` or `event_over`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let (event_id, id): (_, TicketTypeId) = (call.path_id("eventId")?, call.path_id("ticketTypeId")?);
    let body: Request = call.body()?;
    let patch = TicketTypePatch {
        version: body.version,
        name: body.name,
        price: body.price,
        section_ids: body.section_ids,
        quota: body.quota,
    };
    let programme = app.catalog.update_ticket_type(manager, event_id, id, &patch, Timestamp::now()).await?;
    let ticket_type = programme.ticket_type(id).ok_or_else(Problem::not_found)?;
    Reply::ok(&ManagedTicketTypeBody::of(&programme, ticket_type))
}

//! Adding a ticket type to an event.

use catalog::domain::offer::NewTicketType;
use contracts::ids::{EventId, TicketTypeId};
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
    event_id: EventId,
    name: String,
    price: i64,
    section_ids: Option<Vec<String>>,
    quota: Option<i64>,
}

/// 201 with the ticket type, which is on sale when the event is published (again).
///
/// # Errors
/// 422 for a bad field, 404 for an unknown event, 409 `sections_taken`, `event_over` or `limit_reached`.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let manager = manager(&call)?;
    let body: Request = call.body()?;
    let new = NewTicketType {
        event_id: body.event_id,
        name: body.name,
        price: body.price,
        section_ids: body.section_ids,
        quota: body.quota,
    };
    let id = TicketTypeId::generate();
    let (ticket_type, currency) = app.catalog.create_ticket_type(manager, id, new, Timestamp::now()).await?;
    Reply::created(&ManagedTicketTypeBody::new(&ticket_type, &currency))
}

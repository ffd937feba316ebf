//! `GET /reservations/{reservationId}/tickets`: what lets people in, for the owner of a confirmed reservation.

use booking::BookingError;
use booking::domain::e_ticket::{self, ETicket};
use booking::domain::sale::Sale;
use booking::e_tickets::Signer;
use booking::look;
use contracts::ids::{ETicketId, TicketTypeId};
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use serde::Serialize;

use crate::App;

#[derive(Debug, Serialize)]
struct TicketList {
    items: Vec<TicketView>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TicketView {
    id: ETicketId,
    seat: Option<SeatView>,
    ticket_type: TicketTypeView,
    qr: String,
    status: Status,
}

#[derive(Debug, Serialize)]
struct SeatView {
    id: String,
    label: String,
    row: Option<String>,
    section: String,
}

#[derive(Debug, Serialize)]
struct TicketTypeView {
    id: TicketTypeId,
    name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Valid,
}

/// Answers the request.
///
/// # Errors
/// 404 for a reservation that is not the caller's; 409 `not_confirmed`.
pub async fn handle(app: &App, signer: &Signer, call: Call) -> Result<Reply, Problem> {
    let (caller, id) = (call.caller()?, call.path_id("reservationId")?);
    let reservation = look::reservation(&app.store, caller.user_id, id).await?;
    let tickets = e_ticket::of(&reservation).map_err(BookingError::from)?;
    let sale = app.sales.get(&app.store, reservation.performance_id, Timestamp::now()).await?;
    let views = tickets.iter().map(|ticket| {
        let qr = signer.sign(ticket).map_err(Problem::internal)?;
        Ok(TicketView::new(ticket, &sale, qr))
    });
    Reply::ok(&TicketList { items: views.collect::<Result<_, Problem>>()? })
}

impl TicketView {
    fn new(ticket: &ETicket<'_>, sale: &Sale, qr: String) -> Self {
        let (line, seat) = (ticket.line, ticket.seat);
        let class = sale.ticket_type(line.ticket_type_id).map(|class| &sale.terms.ticket_types[class]);
        let has_place = class.is_none_or(|class| class.quota.is_none());
        Self {
            id: ticket.id,
            seat: has_place.then(|| SeatView {
                id: seat.id.clone(),
                label: seat.label.clone(),
                row: Some(&seat.row).filter(|row| !row.is_empty()).cloned(),
                section: line.section.clone(),
            }),
            ticket_type: TicketTypeView {
                id: line.ticket_type_id,
                name: class.map_or_else(|| line.section.clone(), |class| class.name.clone()),
            },
            qr,
            status: Status::Valid,
        }
    }
}

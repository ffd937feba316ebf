//! What is sold: halls of rows, and general admission.

use booking::dynamodb::Store;
use booking::sales::Sales;
use catalog::Catalog;
use catalog::domain::event::NewEvent;
use catalog::domain::offer::{NewPerformance, NewTicketType};
use catalog::domain::programme::Manager;
use contracts::catalog::{
    Block, Capacity, Category, Geometry, LayoutState, PerformanceState, SaleTerms, Seat, Section, TicketTypeState,
};
use contracts::event::{Envelope, EventType};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};

use crate::Failure;
use crate::stack::Stack;

/// What a ticket costs, in won.
pub const PRICE: i64 = 45_000;

const TITLE: &str = "봄 음악회";
const VENUE: &str = "자리 아레나";
const TIME_ZONE: &str = "Asia/Seoul";

/// A performance on sale.
#[derive(Debug, Clone, Copy)]
pub struct Hall {
    /// Of which event.
    pub event: EventId,
    /// Which one.
    pub performance: PerformanceId,
    /// Its only ticket type.
    pub ticket_type: TicketTypeId,
    /// How many rows it has; 0 for general admission.
    pub rows: usize,
    /// How many seats a row has, or admissions there are.
    pub seats: usize,
}

impl Hall {
    /// Numbered seats, on sale at once: booking is told what it would hear of catalog.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn seated(stack: &Stack, rows: usize, seats: usize) -> Result<Self, Failure> {
        Self::told(stack, Self { rows, seats, ..Self::new() }).await
    }

    /// General admission, on sale at once.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn standing(stack: &Stack, quota: usize) -> Result<Self, Failure> {
        Self::told(stack, Self { seats: quota, ..Self::new() }).await
    }

    /// Numbered seats of an event in the catalogue, published there: booking hears of it as it always does.
    ///
    /// # Errors
    /// When catalog refuses it.
    pub async fn published(stack: &Stack, rows: usize, seats: usize) -> Result<Self, Failure> {
        let catalog = Catalog::new(catalog::store::Store::new(stack.dynamodb.clone(), "CatalogTable"));
        let hall = Self { rows, seats, ..Self::new() };
        let (manager, now) = (Manager::Admin(UserId::generate()), Timestamp::now());
        let layout_id = LayoutId::generate();
        catalog.create_layout(layout_id, VENUE, &hall.geometry(), "", now).await?;
        let [title, venue, time_zone, currency] = [TITLE, VENUE, TIME_ZONE, "KRW"].map(str::to_owned);
        let (description, category) = (String::new(), Category::Concert);
        let event =
            NewEvent { title, description, category, venue, time_zone, currency, buyer_limit: 8, image_id: None };
        catalog.create_event(manager, hall.event, event, now).await?;
        let (starts_at, layout_id) = (in_30_days(), Some(layout_id));
        let performance = NewPerformance { starts_at, layout_id, sale_opens_at: None, sale_closes_at: None };
        catalog.add_performance(manager, hall.event, hall.performance, performance, now).await?;
        let ticket_type = NewTicketType {
            event_id: hall.event,
            name: "일반".to_owned(),
            price: PRICE,
            section_ids: Some(vec!["stalls".to_owned()]),
            quota: None,
        };
        catalog.create_ticket_type(manager, hall.ticket_type, ticket_type, now).await?;
        catalog.publish_event(manager, hall.event, now).await?;
        Ok(hall)
    }

    /// The id of a seat: row and number count from 1.
    #[must_use]
    pub fn seat(row: usize, number: usize) -> String {
        format!("R{row}-{number}")
    }

    /// How many tickets there are.
    #[must_use]
    pub const fn tickets(&self) -> usize {
        if self.rows == 0 { self.seats } else { self.rows * self.seats }
    }

    fn new() -> Self {
        let (event, performance, ticket_type) =
            (EventId::generate(), PerformanceId::generate(), TicketTypeId::generate());
        Self { event, performance, ticket_type, rows: 0, seats: 0 }
    }

    async fn told(stack: &Stack, hall: Self) -> Result<Self, Failure> {
        let (store, sales) = (Store::new(stack.dynamodb.clone(), "BookingTable"), Sales::default());
        let layout_id = (hall.rows > 0).then(LayoutId::generate);
        let now = Timestamp::now();
        if let Some(id) = layout_id {
            let geometry = contracts::geometry::pack(&hall.geometry());
            let seat_count = u32::try_from(hall.tickets())?;
            let layout = LayoutState { id, version: 1, name: VENUE.to_owned(), seat_count, geometry };
            booking::changes::apply(&store, &sales, &news(EventType::LayoutCreated, id, &layout)?, now).await?;
        }
        let performance = hall.state(layout_id)?;
        let news = news(EventType::PerformancePublished, performance.id, &performance)?;
        booking::changes::apply(&store, &sales, &news, now).await?;
        Ok(hall)
    }

    fn state(&self, layout_id: Option<LayoutId>) -> Result<PerformanceState, Failure> {
        let tickets = u32::try_from(self.tickets())?;
        let ticket_type = TicketTypeState {
            id: self.ticket_type,
            version: 1,
            event_id: self.event,
            name: "일반".to_owned(),
            price: PRICE,
            section_ids: layout_id.map(|_| "stalls".to_owned()).into_iter().collect(),
            quota: layout_id.is_none().then_some(tickets),
            removed: false,
        };
        let [title, venue, time_zone, currency] = [TITLE, VENUE, TIME_ZONE, "KRW"].map(str::to_owned);
        let capacity = vec![Capacity { ticket_type_id: self.ticket_type, tickets }];
        let ticket_types = vec![ticket_type];
        Ok(PerformanceState {
            id: self.performance,
            version: 1,
            event_id: self.event,
            starts_at: in_30_days(),
            layout_id,
            sale_opens_at: None,
            sale_closes_at: None,
            terms: Some(SaleTerms { title, venue, time_zone, currency, buyer_limit: 8, ticket_types, capacity }),
            cancelled: false,
            removed: false,
        })
    }

    fn geometry(&self) -> Geometry {
        #[allow(clippy::cast_precision_loss, reason = "rows and seats of a hall")]
        let seat = |row: usize, number: usize| Seat {
            id: Self::seat(row, number),
            label: number.to_string(),
            row: row.to_string(),
            x: number as f64,
            y: row as f64,
            accessible: false,
        };
        let block = |row: usize| Block {
            id: format!("R{row}"),
            seats: (1..=self.seats).map(|number| seat(row, number)).collect(),
        };
        let [id, name] = ["stalls", "1층"].map(str::to_owned);
        Geometry { sections: vec![Section { id, name, blocks: (1..=self.rows).map(block).collect() }] }
    }
}

fn news<T: serde::Serialize>(event_type: EventType, id: impl ToString, state: &T) -> Result<Envelope, Failure> {
    let (aggregate_id, at, data) = (id.to_string(), Timestamp::now(), serde_json::to_value(state)?);
    Ok(Envelope { event_type, aggregate_id, version: 1, at, data })
}

fn in_30_days() -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(24 * 30)
}

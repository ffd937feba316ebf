//! What the measurements are played on: halls, events, people. Everything is made by the functions that make it in
//! production, and what follows from it has followed.

use contracts::catalog::{Block, Geometry, Seat, Section};
use contracts::geometry::deflate;
use contracts::ids::{EventId, PerformanceId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::Failure;
use crate::pump::Fill;
use crate::request::Request;
use crate::world::{World, ask};

/// Seats of a block: the most there may be.
pub const BLOCK: usize = 50;

/// How many a waiting room lets in that has room for everybody: as many as one gate has, since by several of them people
/// would be spread in another way every time.
const ROOM: u32 = 64;

/// An event with one performance and one ticket type, on sale.
#[derive(Debug, Clone, Copy)]
pub struct Sale {
    /// The event.
    pub event: EventId,
    /// Its performance.
    pub performance: PerformanceId,
    /// Its ticket type.
    pub ticket_type: TicketTypeId,
}

/// All there is.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    /// 400 seats in eight blocks.
    pub theatre: Sale,
    /// The same hall again.
    pub second: Sale,
    /// 20,000 seats in 400 blocks.
    pub arena: Sale,
    /// 500 admissions without a seat.
    pub club: Sale,
    /// As the theatre, behind a waiting room with room for everybody.
    pub guarded: Sale,
    /// As the theatre, behind a waiting room that lets one buyer in at a time.
    pub crowded: Sale,
}

/// The seat of this number, from 0, in the block of this number.
#[must_use]
pub fn seat(block: usize, seat: usize) -> String {
    format!("{}-{seat}", block_id(block))
}

fn block_id(block: usize) -> String {
    format!("B{block:03}")
}

impl Stage {
    /// Sets the stage.
    ///
    /// # Errors
    /// When a function refuses.
    pub async fn set(world: &mut World) -> Result<Self, Failure> {
        let admin = UserId::generate();
        let theatre = layout(world, admin, 1, 8).await?;
        let arena = layout(world, admin, 10, 40).await?;
        let stage = Self {
            theatre: sale(world, admin, "The Seagull", Some(&theatre)).await?,
            second: sale(world, admin, "The Seagull again", Some(&theatre)).await?,
            arena: sale(world, admin, "Stadium night", Some(&arena)).await?,
            club: sale(world, admin, "Club night", None).await?,
            guarded: sale(world, admin, "Guarded night", Some(&theatre)).await?,
            crowded: sale(world, admin, "Crowded night", Some(&theatre)).await?,
        };
        guard(world, admin, stage.guarded.event, ROOM).await?;
        guard(world, admin, stage.crowded.event, 1).await?;
        Ok(stage)
    }
}

async fn layout(world: &mut World, admin: UserId, sections: usize, blocks: usize) -> Result<String, Failure> {
    let seats = |block: usize| {
        let one = |at: usize| Seat {
            id: seat(block, at),
            label: (at + 1).to_string(),
            row: block_id(block),
            x: at as f64,
            y: block as f64,
            accessible: false,
        };
        Block { id: block_id(block), seats: (0..BLOCK).map(one).collect() }
    };
    let section = |at: usize| Section {
        id: format!("S{at}"),
        name: format!("Section {at}"),
        blocks: (at * blocks..(at + 1) * blocks).map(seats).collect(),
    };
    let geometry = Geometry { sections: (0..sections).map(section).collect() };
    let body = json!({"name": "Hall", "geometry": deflate(&serde_json::to_vec(&geometry)?)});
    let catalog = world.catalog.clone();
    let handle = |call| catalog_functions::create_layout::handle(&catalog, call);
    let request = Request::by_admin(admin).body(&body);
    let (answer, step) = ask(&world.cloud, "create-layout", request, 201, handle).await?;
    world.settle(vec![step], Fill::Alone).await?;
    answer.text("id")
}

async fn sale(world: &mut World, admin: UserId, title: &str, layout: Option<&String>) -> Result<Sale, Failure> {
    let catalog = &world.catalog.clone();
    let cloud = &world.cloud.clone();
    let body = json!({
        "title": title, "category": "concert", "venue": "Hall", "timeZone": "Asia/Seoul", "buyerLimit": 8,
        "description": "An evening that nobody will forget.",
    });
    let handle = |call| catalog_functions::create_event::handle(catalog, call);
    let (answer, _) = ask(cloud, "create-event", Request::by_admin(admin).body(&body), 201, handle).await?;
    let event = answer.text("id")?;

    let starts_at = (Timestamp::now() + SignedDuration::from_hours(30 * 24)).to_string();
    let body = json!({"startsAt": starts_at, "layoutId": layout});
    let request = Request::by_admin(admin).at("eventId", &event).body(&body);
    let handle = |call| catalog_functions::add_performance::handle(catalog, call);
    let (answer, _) = ask(cloud, "add-performance", request, 201, handle).await?;
    let performance = answer.text("id")?;

    let sections = (0..10).map(|at| format!("S{at}"));
    let is_arena = title.starts_with("Stadium");
    let sections: Vec<_> = sections.take(if is_arena { 10 } else { 1 }).collect();
    let mut body = json!({"eventId": event, "name": "Regular", "price": 50_000});
    match layout {
        Some(_) => body["sectionIds"] = json!(sections),
        None => body["quota"] = 500.into(),
    }
    let handle = |call| catalog_functions::create_ticket_type::handle(catalog, call);
    let (answer, _) = ask(cloud, "create-ticket-type", Request::by_admin(admin).body(&body), 201, handle).await?;
    let ticket_type = answer.text("id")?;

    let request = Request::by_admin(admin).at("eventId", &event);
    let handle = |call| catalog_functions::publish_event::handle(catalog, call);
    let (_, step) = ask(cloud, "publish-event", request, 200, handle).await?;
    world.settle(vec![step], Fill::Alone).await?;
    Ok(Sale { event: event.parse()?, performance: performance.parse()?, ticket_type: ticket_type.parse()? })
}

async fn guard(world: &mut World, admin: UserId, event: EventId, capacity: u32) -> Result<(), Failure> {
    let opens_at = (Timestamp::now() - SignedDuration::from_mins(1)).to_string();
    let rules = json!({"opensAt": opens_at, "capacity": capacity, "sessionSeconds": 3_600, "preQueueMinutes": 30});
    let request = Request::by_admin(admin).at("eventId", event).body(&rules);
    let (store, outbox) = (&world.watch.store, &world.outbox);
    let handle = |call| waiting_room_functions::configure_queue::handle(store, outbox, call);
    let (_, step) = ask(&world.cloud, "configure-queue", request, 200, handle).await?;
    world.settle(vec![step], Fill::Alone).await?;
    Ok(())
}

/// Opens an account with a mail address; what follows from it has followed.
///
/// # Errors
/// When a function refuses.
pub async fn buyer(world: &mut World, name: &str) -> Result<(UserId, Value), Failure> {
    let body = json!({"email": format!("{name}@example.com"), "password": "correct horse battery", "name": name});
    let handle = |call| identity_functions::register_user::handle(&world.sessions, call);
    let request = Request::anonymous().header("accept-language", "en").body(&body);
    let (answer, step) = ask(&world.cloud, "register-user", request, 201, handle).await?;
    world.settle(vec![step], Fill::Alone).await?;
    let id = answer.body["user"]["id"].as_str().ok_or("an account without an id")?;
    Ok((id.parse()?, answer.body))
}

//! Events on sale.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::api::Api;
use crate::person::{Person, id_of};
use crate::wait::{SOON, eventually, when};

/// What one seat costs, in won.
pub const PRICE: i64 = 45_000;

/// How to make a [`Hall`].
#[derive(Debug, Clone)]
pub struct Plan {
    rows: usize,
    seats_per_row: usize,
    quota: Option<usize>,
    buyer_limit: usize,
}

impl Plan {
    /// Numbered seats in one section `stalls`, a block for each row: `R1-1`, `R1-2`, …, and a section `closed` of four
    /// seats that are not for sale.
    #[must_use]
    pub const fn seated(rows: usize, seats_per_row: usize) -> Self {
        Self { rows, seats_per_row, quota: None, buyer_limit: 8 }
    }

    /// General admission.
    #[must_use]
    pub const fn standing(quota: usize) -> Self {
        Self { rows: 0, seats_per_row: 0, quota: Some(quota), buyer_limit: 8 }
    }

    /// With another limit per buyer than 8.
    #[must_use]
    pub const fn buyer_limit(mut self, tickets: usize) -> Self {
        self.buyer_limit = tickets;
        self
    }

    /// Puts it on sale and waits until booking sells it.
    ///
    /// # Panics
    /// When anything is refused or takes too long.
    pub async fn open(self) -> Hall {
        let admin = Person::admin().await;
        self.open_as(&admin).await
    }

    /// As [`Plan::open`], for this organizer or administrator.
    ///
    /// # Panics
    /// When anything is refused or takes too long.
    pub async fn open_as(self, manager: &Person) -> Hall {
        let api = &manager.api;
        let event = id_of(&api.post("/admin/events", &self.event()).await.expect(201));
        let mut performance = json!({"startsAt": in_days(30)});
        let mut ticket_type = json!({"eventId": event, "name": "일반", "price": PRICE});
        match self.quota {
            Some(quota) => ticket_type["quota"] = quota.into(),
            None => {
                let layout = api.post("/admin/layouts", &layout(self.rows, self.seats_per_row)).await.expect(201);
                performance["layoutId"] = layout["id"].clone();
                ticket_type["sectionIds"] = json!(["stalls"]);
            }
        }
        let ticket_type = id_of(&api.post("/admin/ticket-types", &ticket_type).await.expect(201));
        let path = format!("/admin/events/{event}/performances");
        let performance = id_of(&api.post(path, &performance).await.expect(201));
        api.post(format!("/admin/events/{event}/publish"), &json!({})).await.expect(200);
        let hall = Hall { api: api.without_token(), event, performance, ticket_type };
        eventually("the event is on sale", SOON, async || {
            let answer = hall.api.get(hall.map_path()).await;
            when(answer.status == 200, answer)
        })
        .await;
        hall
    }

    fn event(&self) -> Value {
        json!({
            "title": "봄 음악회", "category": "concert", "venue": "자리 아레나", "timeZone": "Asia/Seoul",
            "buyerLimit": self.buyer_limit,
        })
    }
}

/// An event on sale, with one performance and one ticket type.
#[derive(Debug, Clone)]
pub struct Hall {
    api: Api,
    /// The event.
    pub event: String,
    /// Its performance.
    pub performance: String,
    /// Its ticket type.
    pub ticket_type: String,
}

impl Hall {
    /// The seat map's path, with all seats listed.
    #[must_use]
    pub fn map_path(&self) -> String {
        format!("/seats/events/{}?performanceId={}&expand=seats", self.event, self.performance)
    }

    /// The seat map with all seats listed.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn map(&self) -> Value {
        self.api.get(self.map_path()).await.expect(200)
    }

    /// The map, or what was answered instead. Environments learn of what is published one by one: one may still answer 404
    /// after another has answered 200.
    async fn map_if_known(&self) -> Result<Value, String> {
        let answer = self.api.get(self.map_path()).await;
        if answer.status == 404 { Err(answer.to_string()) } else { Ok(answer.expect(200)) }
    }

    /// The seat map as it is now: caches may answer with one that is a second old, whose version tells its age.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn fresh_map(&self) -> Value {
        let now = Timestamp::now().as_millisecond();
        eventually("a map of now", SOON, async || {
            let map = self.map_if_known().await?;
            let read_at = map["version"].as_i64().expect("a version");
            if read_at >= now { Ok(map) } else { Err(format!("a map of {} ms ago", now - read_at)) }
        })
        .await
    }

    /// The status of a seat now.
    ///
    /// # Panics
    /// When there is no such seat.
    pub async fn seat(&self, id: &str) -> String {
        status_in(&self.fresh_map().await, id)
    }

    /// Waits until all these seats have this status; the map may be a second old.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn seats_become(&self, seats: &[&str], status: &str) {
        eventually(&format!("{seats:?} are {status}"), SOON, async || {
            let map = self.map_if_known().await?;
            let seen: Vec<_> = seats.iter().map(|seat| status_in(&map, seat)).collect();
            when(seen.iter().all(|seen| seen == status), seen)
        })
        .await;
    }
}

/// The status of a seat in an expanded map.
///
/// # Panics
/// When there is no such seat.
#[must_use]
pub fn status_in(map: &Value, id: &str) -> String {
    let seats = map["seats"].as_array().expect("an expanded map");
    let seat = seats.iter().find(|seat| seat["id"] == id).unwrap_or_else(|| panic!("no seat {id}"));
    seat["status"].as_str().expect("a status").to_owned()
}

/// The states of a block in the map's packed form: 0 free, 1 held, 2 sold, 3 not for sale, four seats a byte, the first
/// in the lowest bits.
///
/// # Panics
/// When there is no such block.
#[must_use]
pub fn unpacked(map: &Value, block: &str, seats: usize) -> Vec<u8> {
    assert_eq!(map["availability"]["encoding"], "2bit-base64");
    let packed = map["availability"]["blocks"][block].as_str().unwrap_or_else(|| panic!("no block {block} in {map}"));
    let bytes = STANDARD.decode(packed).expect("base64");
    assert_eq!(bytes.len(), seats.div_ceil(4));
    (0..seats).map(|seat| bytes[seat / 4] >> (seat % 4 * 2) & 0b11).collect()
}

/// A time so many days from now.
#[must_use]
pub fn in_days(days: i64) -> String {
    let now = Timestamp::from_second(Timestamp::now().as_second()).expect("this second");
    (now + SignedDuration::from_hours(24 * days)).to_string()
}

/// The layout of [`Plan::seated`].
#[must_use]
pub fn layout(rows: usize, seats_per_row: usize) -> Value {
    json!({"name": "대극장", "sections": [
        section("stalls", "1층", (1..=rows).map(|row| block(&format!("R{row}"), seats_per_row, row)).collect()),
        section("closed", "2층", vec![block("C1", 4, rows + 5)]),
    ]})
}

fn section(id: &str, name: &str, blocks: Vec<Value>) -> Value {
    json!({"id": id, "name": name, "blocks": blocks})
}

fn block(row: &str, seats: usize, y: usize) -> Value {
    let seat = |x: usize| json!({"id": format!("{row}-{x}"), "label": x.to_string(), "row": row, "x": x, "y": y});
    json!({"id": row, "seats": (1..=seats).map(seat).collect::<Vec<_>>()})
}

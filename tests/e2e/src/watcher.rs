//! A client that follows the seats of a performance, as docs/live-updates.md tells it to.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use crate::hall::Hall;
use crate::socket::Socket;
use crate::wait::{SOON, eventually};

/// How long a look at what has come takes.
const GLANCE: Duration = Duration::from_millis(200);

/// Somebody who looks at the seats of a performance.
#[derive(Debug)]
pub struct Watcher {
    /// The connection.
    pub socket: Socket,
    /// How often the map had to be read again.
    pub reloads: usize,
    hall: Hall,
    version: i64,
    seats: BTreeMap<String, Seat>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seat {
    status: String,
    free_at: Option<Timestamp>,
}

impl Watcher {
    /// Joins, and reads the map.
    pub async fn of(hall: &Hall) -> Self {
        Self::through(Socket::anonymous().await, hall).await
    }

    /// Joins through this connection, and reads the map.
    ///
    /// # Panics
    /// When the room does not say its version.
    pub async fn through(mut socket: Socket, hall: &Hall) -> Self {
        let info = socket.join_seats(&hall.performance).await;
        let least = info["version"].as_i64().unwrap_or_else(|| panic!("no version in {info}"));
        let mut watcher = Self { socket, reloads: 0, hall: hall.clone(), version: 0, seats: BTreeMap::new() };
        watcher.read_map(least).await;
        watcher
    }

    /// Waits until it sees each of these seats with this status.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn sees(&mut self, seats: &[&str], status: &str) {
        let deadline = Instant::now() + SOON;
        while !seats.iter().all(|seat| self.status(seat) == status) {
            assert!(Instant::now() < deadline, "{seats:?} are not {status}: {:?}", self.seats);
            self.follow().await;
        }
    }

    /// What it takes a seat for now.
    ///
    /// # Panics
    /// When there is no such seat.
    #[must_use]
    pub fn status(&self, seat: &str) -> &str {
        let known = self.seats.get(seat).unwrap_or_else(|| panic!("no seat {seat}"));
        match known.free_at {
            Some(free_at) if free_at <= Timestamp::now() => "FREE",
            _ => &known.status,
        }
    }

    /// What it takes every seat for now.
    #[must_use]
    pub fn statuses(&self) -> BTreeMap<String, String> {
        self.seats.keys().map(|seat| (seat.clone(), self.status(seat).to_owned())).collect()
    }

    /// Takes in what has come.
    pub async fn follow(&mut self) {
        for message in self.socket.all_until(Instant::now() + GLANCE).await {
            self.take_in(&message).await;
        }
    }

    async fn take_in(&mut self, message: &Value) {
        if !["seat-locked", "seat-update"].iter().any(|kind| message["type"] == *kind) {
            return;
        }
        let number = |name: &str| message[name].as_i64().expect("a number");
        let (previous, version) = (number("previousVersion"), number("version"));
        if self.version < previous || message["reload"] == true {
            self.reloads += 1;
            self.read_map(version).await;
            return;
        }
        for seat in message["seats"].as_array().expect("seats") {
            let text = |name: &str| seat[name].as_str().map(str::to_owned);
            let status = text("status").unwrap_or_else(|| "HELD".into());
            let free_at = text("expiresAt").map(|time| time.parse().expect("a time"));
            self.seats.insert(text("id").expect("an id"), Seat { status, free_at });
        }
        self.version = self.version.max(version);
    }

    /// Reads the map until it is of this version or a later one.
    async fn read_map(&mut self, least: i64) {
        let hall = self.hall.clone();
        let map = eventually(&format!("a map of version {least}"), SOON, async || {
            let map = hall.map().await;
            let version = map["version"].as_i64().expect("a version");
            if version >= least { Ok(map) } else { Err(format!("version {version}")) }
        })
        .await;
        self.version = map["version"].as_i64().expect("a version");
        let seats = map["seats"].as_array().expect("an expanded map").iter();
        let text = |seat: &Value, name: &str| seat[name].as_str().expect("a text").to_owned();
        self.seats =
            seats.map(|seat| (text(seat, "id"), Seat { status: text(seat, "status"), free_at: None })).collect();
    }
}

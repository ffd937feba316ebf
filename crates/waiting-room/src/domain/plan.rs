//! The plan of a queue: how far the line is served, corrected about once a second.
//!
//! People in the line come and go without a word. So the plan calls up more places than are free: as many as it takes
//! for the free ones to be claimed, by the share of those called up lately who were there. Whoever was called up and
//! did not come although there was room for [`PATIENCE_MS`] is written off; they may still come, and count again when
//! they do. However wrong the estimate is, nobody is let in beyond the capacity: the gates see to that, the plan only
//! to order.

use contracts::waiting_room::Pointer;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::sale::PaymentHealth;

/// How often a queue is planned, in seconds.
pub const ROUND_SECONDS: u16 = 1;

/// When a plan is so old that its chain of rounds must have broken, in milliseconds.
pub const STALE_MS: i64 = 10_000;

/// How long a queue in which nobody buys, and nobody waits who could, is still planned, in milliseconds.
const AWAKE_MS: i64 = 60_000;

/// How long somebody who is called up may take to come, in milliseconds: a poll near the head and a second of caching.
const PATIENCE_MS: i64 = 2_500;

/// For how many times as long as a crowd takes to hear of the opening those who are called up may take as long.
const OPENING_TIMES: i64 = 2;

/// The smallest share of people that is assumed to be there.
const FEWEST_PRESENT: f64 = 0.02;

/// How much of what was learnt about it before counts beside a new observation.
const MEMORY: f64 = 0.8;

/// Over how many seconds the pace is averaged.
const PACE_SECONDS: f64 = 30.0;

/// A round's plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// The round's number; one plan follows another.
    pub round: u64,
    /// The queue's era.
    pub era: u32,
    /// How many took part in the draw; whoever came later stands behind so many places.
    pub entrants: u64,
    /// How far the line is served.
    pub pointer: Pointer,
    /// Places in the line that were given out, up to this round.
    pub issued: u64,
    /// Buyers in the sale.
    pub occupied: u32,
    /// The gates that had room.
    pub with_room: Vec<u32>,
    /// The most gates that the era has used.
    pub gates: u32,
    /// Whether newcomers may try the gates without a place in the line: nobody waits, and there is room.
    pub walk_ins: bool,
    /// Outcomes of payments lately.
    pub health: PaymentHealth,
    /// How the next plan knows what came of this one.
    memory: Memory,
}

/// What a plan learns from its forerunners.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Memory {
    /// Places that were traded for an admission, ever.
    claims: u64,
    /// Places that were called up in vain, ever.
    written_off: u64,
    /// The same two of late.
    came: f64,
    stayed_away: f64,
    /// How far the line was served at earlier rounds, as far back as patience goes: milliseconds since 1970, places.
    called: Vec<(i64, u64)>,
    /// Since when there has been room, in milliseconds since 1970.
    room_since: Option<i64>,
    /// Since when nothing could happen.
    quiet_since: Option<i64>,
    /// An earlier era whose admissions have yet to be ended, and its number of gates.
    void: Option<(u32, u32)>,
    /// How long a crowd takes to hear of the opening, and until when that is borne in mind: milliseconds.
    #[serde(default)]
    opening: Option<(i64, i64)>,
}

/// What a round finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observed {
    /// How many buyers may be in the sale.
    pub capacity: u32,
    /// How many are.
    pub occupied: u32,
    /// The gates that have room.
    pub with_room: Vec<u32>,
    /// Free seats, when they are known.
    pub seats_left: Option<u64>,
    /// Outcomes of payments lately.
    pub health: PaymentHealth,
    /// Places in the line that were given out, the draw's included.
    pub issued: u64,
    /// Places that were traded for an admission.
    pub claims: u64,
}

impl Plan {
    /// Of a line that nobody has been served of yet.
    #[must_use]
    pub fn opening(round: u64, era: u32, entrants: u64, now: Timestamp) -> Self {
        let at = now.as_millisecond();
        Self {
            round,
            era,
            entrants,
            pointer: Pointer { base: 0, rate_per_second: 0.0, limit: 0, at, pace: 0.0 },
            issued: entrants,
            occupied: 0,
            with_room: Vec::new(),
            gates: 0,
            walk_ins: false,
            health: PaymentHealth::default(),
            memory: Memory::default(),
        }
    }

    /// The same for a crowd that takes so many seconds to hear that the sale has opened: whoever is called up meanwhile
    /// is waited for as long. Otherwise many more would be called up in the first seconds than can come in, and those
    /// who drew the best places had no more of it than whoever happened to ask first.
    #[must_use]
    pub fn heard_within(mut self, seconds: u32) -> Self {
        let spread = i64::from(seconds) * 1_000;
        self.memory.opening = (spread > PATIENCE_MS).then_some((spread, self.pointer.at + OPENING_TIMES * spread));
        self
    }

    /// The next round's plan.
    #[must_use]
    pub fn next(&self, seen: Observed, gates: u32, now: Timestamp) -> Self {
        let at = now.as_millisecond();
        let reached = self.pointer.serving(now);
        let free = free_places(&seen);
        let mut memory = self.memory.clone();
        memory.learn(&seen, reached, free > 0, at);

        let awaited = memory.awaited(reached);
        let advance = ratio(free, memory.present()).saturating_sub(awaited).min(seen.issued.saturating_sub(reached));
        let limit = reached + advance;
        let waits = seen.issued > limit;
        // A line that stands still because nothing is left is as quiet as an empty one, once the last buyers have gone.
        let quiet = seen.occupied == 0 && (!waits || free == 0);
        memory.quiet_since = quiet.then(|| memory.quiet_since.unwrap_or(at));
        Self {
            round: self.round + 1,
            era: self.era,
            entrants: self.entrants,
            pointer: Pointer {
                base: reached,
                rate_per_second: as_f64(advance) / f64::from(ROUND_SECONDS),
                limit,
                at,
                pace: self.pace(reached, at),
            },
            issued: seen.issued,
            occupied: seen.occupied,
            with_room: seen.with_room,
            gates: gates.max(self.gates),
            walk_ins: !waits && u64::from(free) > awaited + advance,
            health: seen.health,
            memory,
        }
    }

    /// The same, following on a plan of an earlier era, if there was one, whose admissions have yet to be ended.
    #[must_use]
    pub fn voiding(mut self, earlier: Option<&Self>) -> Self {
        self.memory.void = earlier.map(|plan| (plan.era, plan.gates));
        self
    }

    /// The earlier era whose admissions have yet to be ended, and its number of gates.
    #[must_use]
    pub const fn void(&self) -> Option<(u32, u32)> {
        self.memory.void
    }

    /// All of them are ended.
    pub const fn voided(&mut self) {
        self.memory.void = None;
    }

    /// How many people wait to be called up.
    #[must_use]
    pub fn waiting(&self, now: Timestamp) -> u64 {
        self.issued.saturating_sub(self.pointer.serving(now))
    }

    /// The share of people called up who are there, as far as is known.
    #[must_use]
    pub fn present(&self) -> f64 {
        self.memory.present()
    }

    /// Whether the chain of rounds must have broken.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.as_millisecond() - self.pointer.at > STALE_MS
    }

    /// Whether this was the last round until somebody comes.
    #[must_use]
    pub fn sleeps(&self) -> bool {
        self.memory.quiet_since.is_some_and(|since| self.pointer.at - since >= AWAKE_MS) && self.memory.void.is_none()
    }

    fn pace(&self, reached: u64, at: i64) -> f64 {
        let seconds = as_f64(u64::try_from(at - self.pointer.at).unwrap_or(0)) / 1_000.0;
        if seconds <= 0.0 {
            return self.pointer.pace;
        }
        let moved = as_f64(reached - self.pointer.base) / seconds;
        let weight = 1.0 - (-seconds / PACE_SECONDS).exp();
        let pace = self.pointer.pace + weight * (moved - self.pointer.pace);
        // Slower than a place in a quarter of an hour is standing still.
        if pace < 0.001 { 0.0 } else { pace }
    }
}

impl Memory {
    fn learn(&mut self, seen: &Observed, reached: u64, room: bool, at: i64) {
        let came = seen.claims.saturating_sub(self.claims);
        self.claims = self.claims.max(seen.claims);
        // Written off, and there after all.
        self.written_off = self.written_off.min(reached.saturating_sub(self.claims));

        // While there is no room, somebody who is called up and does not get in may well be there.
        self.room_since = room.then(|| self.room_since.unwrap_or(at));
        self.opening = self.opening.filter(|(_, until)| at < *until);
        let patient_until = at - self.opening.map_or(PATIENCE_MS, |(spread, _)| spread);
        let overdue = self.called.iter().rev().find(|(called_at, _)| *called_at <= patient_until);
        let stayed_away = match (self.room_since, overdue) {
            (Some(since), Some((_, called))) if since <= patient_until => {
                called.saturating_sub(self.claims + self.written_off)
            }
            _ => 0,
        };
        self.written_off += stayed_away;
        if came + stayed_away > 0 {
            self.came = self.came * MEMORY + as_f64(came);
            self.stayed_away = self.stayed_away * MEMORY + as_f64(stayed_away);
        }

        let last_overdue = self.called.iter().rposition(|(called_at, _)| *called_at <= patient_until).unwrap_or(0);
        self.called.drain(..last_overdue);
        self.called.push((at, reached));
    }

    /// People called up who may yet come.
    fn awaited(&self, reached: u64) -> u64 {
        reached.saturating_sub(self.claims + self.written_off)
    }

    /// Before anything is known everybody is taken to be there: calling up too many at once costs order, too few a
    /// second.
    fn present(&self) -> f64 {
        ((self.came + 1.0) / (self.came + self.stayed_away + 1.0)).max(FEWEST_PRESENT)
    }
}

/// Places to give on now.
fn free_places(seen: &Observed) -> u32 {
    let free = seen.capacity.saturating_sub(seen.occupied);
    let free = seen.seats_left.map_or(free, |left| free.min(u32::try_from(left).unwrap_or(u32::MAX)));
    let slowed = (f64::from(free) * seen.health.share()).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `free`")]
    let slowed = slowed as u32;
    slowed
}

/// How many people to call up for so many places, when this share of them is there.
fn ratio(free: u32, present: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most fifty times the capacity")]
    let called = (f64::from(free) / present).ceil() as u64;
    called
}

#[expect(clippy::cast_precision_loss, reason = "people in a line")]
const fn as_f64(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests;

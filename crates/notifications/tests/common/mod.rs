//! What the tests write about.

#![allow(dead_code, reason = "each test binary uses some of it")]

use contracts::booking::ReservationState;
use contracts::catalog::PerformanceState;
use contracts::identity::{Locale, UserState};
use serde_json::{Value, json};

pub const RESERVATION: &str = "rsv_019a0000-0000-7000-8000-000000000001";
pub const USER: &str = "usr_019a0000-0000-7000-8000-000000000002";
pub const PERFORMANCE: &str = "prf_019a0000-0000-7000-8000-000000000003";
const EVENT: &str = "evt_019a0000-0000-7000-8000-000000000004";
const VIP: &str = "tkt_019a0000-0000-7000-8000-000000000005";
const STANDING: &str = "tkt_019a0000-0000-7000-8000-000000000006";

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub fn user(locale: Locale) -> UserState {
    read(json!({
        "id": USER, "version": 1, "email": "minji@example.com", "name": "김민지", "provider": "LOCAL", "role": "buyer",
        "locale": locale,
    }))
}

pub fn performance() -> PerformanceState {
    let ticket_type = |id, name, price| json!({"id": id, "version": 1, "eventId": EVENT, "name": name, "price": price});
    read(json!({
        "id": PERFORMANCE, "version": 2, "eventId": EVENT, "startsAt": "2026-12-24T10:30:00Z",
        "terms": {
            "title": "뮤지컬 〈빨래〉", "venue": "자리 아트센터", "timeZone": "Asia/Seoul", "currency": "KRW", "buyerLimit": 8,
            "ticketTypes": [ticket_type(VIP, "VIP", 45_000), ticket_type(STANDING, "스탠딩", 30_000)],
        },
    }))
}

/// Two VIP seats in one block, one more in the next, and two places without a label.
pub fn reservation() -> ReservationState {
    let seat = |slot: u8, label: &str| json!({"slot": slot, "id": format!("seat-{slot}"), "label": label});
    let line = |block, section, ticket_type, price, seats: Vec<Value>| json!({"block": block, "section": section, "ticketTypeId": ticket_type, "price": price, "seats": seats});
    read(json!({
        "id": RESERVATION, "version": 3, "userId": USER, "performanceId": PERFORMANCE, "status": "CONFIRMED",
        "paymentStatus": "SUCCESS", "currency": "KRW", "expiresAt": 1_800_000_000,
        "lines": [
            line("a-1", "1층 A구역", VIP, 45_000, vec![seat(3, "12"), seat(4, "13")]),
            line("s-1", "플로어", STANDING, 30_000, vec![seat(0, ""), seat(1, "")]),
            line("a-2", "1층 A구역", VIP, 45_000, vec![seat(0, "14")]),
        ],
    }))
}

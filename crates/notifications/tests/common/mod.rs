//! What the tests write about.

#![allow(dead_code, reason = "each test binary uses some of it")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::booking::ReservationState;
use contracts::catalog::PerformanceState;
use contracts::identity::{Locale, UserState};
use notifications::domain::{BrowserKeys, PushServices, Wish};
use serde_json::{Value, json};
use web_push_native::Auth;
use web_push_native::p256::SecretKey;

pub const RESERVATION: &str = "rsv_019a0000-0000-7000-8000-000000000001";
pub const USER: &str = "usr_019a0000-0000-7000-8000-000000000002";
pub const PERFORMANCE: &str = "prf_019a0000-0000-7000-8000-000000000003";
pub const EVENT: &str = "evt_019a0000-0000-7000-8000-000000000004";
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
    let seat = |slot: u8, row: &str, label: &str| json!({"slot": slot, "id": format!("seat-{slot}"), "label": label, "row": row});
    let line = |block, section, ticket_type, price, seats: Vec<Value>| json!({"block": block, "section": section, "ticketTypeId": ticket_type, "price": price, "seats": seats});
    read(json!({
        "id": RESERVATION, "version": 3, "userId": USER, "performanceId": PERFORMANCE, "status": "CONFIRMED",
        "paymentStatus": "SUCCESS", "currency": "KRW", "expiresAt": 1_800_000_000,
        "lines": [
            line("a-1", "1층 A구역", VIP, 45_000, vec![seat(3, "A", "12"), seat(4, "A", "13")]),
            line("s-1", "플로어", STANDING, 30_000, vec![seat(0, "", ""), seat(1, "", "")]),
            line("a-2", "1층 A구역", VIP, 45_000, vec![seat(0, "B", "14")]),
        ],
    }))
}

/// A browser with keys of its own, that reads what it is sent by another library than the one that encrypts.
pub struct Browser {
    private: SecretKey,
    auth: [u8; 16],
    pub endpoint: String,
}

impl Browser {
    /// At this address.
    pub fn at(endpoint: impl Into<String>) -> Self {
        let mut auth = [0; 16];
        aws_lc_rs::rand::fill(&mut auth).unwrap();
        let mut private = [0; 32];
        aws_lc_rs::rand::fill(&mut private).unwrap();
        Self { private: SecretKey::from_slice(&private).unwrap(), auth, endpoint: endpoint.into() }
    }

    /// What it asks for, if `services` reach it.
    pub fn wish(&self, services: &PushServices) -> Wish {
        let public = self.private.public_key().to_sec1_bytes();
        let keys = BrowserKeys::parse(&BASE64.encode(public), &BASE64.encode(self.auth)).unwrap();
        Wish { endpoint: services.endpoint(&self.endpoint).unwrap(), keys, expires_at: None }
    }

    /// A message as it came, decrypted.
    pub fn read(&self, body: &str) -> Value {
        let body = BASE64.decode(body).unwrap();
        let plain = web_push_native::decrypt(body, &self.private, &Auth::clone_from_slice(&self.auth)).unwrap();
        serde_json::from_slice(&plain).unwrap()
    }
}

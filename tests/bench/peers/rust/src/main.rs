//! `POST /seats/reserve` in Rust on `lambda_runtime` and the AWS SDK alone, as a tutorial would write it.
//!
//! The same reads, the same two conditional writes and the same answers as Jari's own function, for seats of one block
//! of a sale without a waiting room. What it leaves out: the same request sent again, admissions, seats of several
//! blocks, and whatever else Jari's function brings along: typed contracts, structured logs, time limits.

#![allow(clippy::print_stdout, reason = "a log line")]

mod table;

use std::collections::HashMap;
use std::io::Read as _;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

use crate::table::Table;

const HOLD_SECONDS: i64 = 300;
const MAX_SEATS: usize = 8;

/// A refusal: status, code, detail, further members.
struct Problem(u16, &'static str, String, Value);

enum Failure {
    Problem(Problem),
    Error(Error),
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let config = aws_config::load_from_env().await;
    let table = &Table::new(aws_sdk_dynamodb::Client::new(&config), std::env::var("BOOKING_TABLE")?);
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| handle(table, event.payload))).await
}

/// Answers a request of the HTTP API, and logs one line.
async fn handle(table: &Table, event: Value) -> Result<Value, Error> {
    let started = Instant::now();
    let (status, kind, document) = match reserve(table, &event).await {
        Ok(document) => (201, "application/json", document),
        Err(Failure::Error(error)) => return Err(error),
        Err(Failure::Problem(Problem(status, code, detail, members))) => {
            let mut document = json!({
                "type": format!("https://jari.dev/problems/{code}"),
                "title": code.replace('_', " "),
                "status": status,
                "code": code,
                "detail": detail,
                "instance": event["rawPath"],
                "requestId": event["requestContext"]["requestId"],
            });
            for (name, value) in members.as_object().into_iter().flatten() {
                document[name] = value.clone();
            }
            (status, "application/problem+json", document)
        }
    };
    let duration_ms = started.elapsed().as_millis();
    println!("{}", json!({"function": "reserve-seats", "status": status, "duration_ms": duration_ms}));
    let headers = json!({"content-type": kind, "cache-control": "no-store"});
    Ok(json!({"statusCode": status, "headers": headers, "body": document.to_string(), "isBase64Encoded": false}))
}

/// Holds the seats that the body names; answers the reservation.
async fn reserve(table: &Table, event: &Value) -> Result<Value, Failure> {
    let user = text(&event["requestContext"]["authorizer"]["jwt"]["claims"]["sub"]);
    let body: Value = serde_json::from_str(text(&event["body"]))?;
    let performance = text(&body["performanceId"]);
    let wanted: Vec<&str> = body["seatIds"].as_array().into_iter().flatten().map(text).collect();
    if !(1..=MAX_SEATS).contains(&wanted.len()) {
        return Err(invalid("/seatIds", &format!("must name 1 to {MAX_SEATS} different seats")));
    }
    let now = Timestamp::now();
    let Some(sale) = table.read(&format!("PRF#{performance}"), "SALE", true).await? else {
        return Err(problem(404, "not_found", "There is nothing here for you.", Value::Null));
    };
    let state = &sale["state"];
    let layout = table.read(&format!("LAY#{}", text(&state["layoutId"])), "LAY", false).await?.unwrap_or_default();
    let geometry = geometry(text(&layout["geometry"]))?;
    let guard = table.read(&format!("GUARD#{}", text(&state["eventId"])), "GUARD", false).await?;
    if guard.is_some_and(|guard| guard["enabled"] == true) {
        let detail = "A waiting room guards this sale; an admission is needed.";
        return Err(problem(403, "admission_required", detail, Value::Null));
    }
    let line = line_of(&wanted, &geometry, &state["terms"])?;
    let reservation = json!({
        "id": format!("rsv_{}", uuid::Uuid::now_v7()),
        "version": 1,
        "userId": user,
        "performanceId": performance,
        "status": "PENDING",
        "paymentStatus": "NONE",
        "lines": [line],
        "currency": state["terms"]["currency"],
        "expiresAt": now.as_second() + HOLD_SECONDS,
        "attempt": 0,
    });
    if let Err(taken) = table.mark(&reservation, now.as_second()).await? {
        let members = json!({"seatIds": taken});
        return Err(problem(409, "seats_unavailable", "Some of these seats are taken.", members));
    }
    let limit = state["terms"]["buyerLimit"].as_i64().unwrap_or_default();
    let key = event["headers"]["idempotency-key"].as_str();
    if let Err(book) = table.write_book(&reservation, key, &body, limit, now).await? {
        table.free(&reservation).await?;
        return Err(refusal(&book, limit, now));
    }
    Ok(view(&reservation, state, now))
}

fn geometry(packed: &str) -> Result<Value, Error> {
    let compressed = STANDARD.decode(packed)?;
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(compressed.as_slice()).read_to_end(&mut plain)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// The wanted seats with their price.
fn line_of(wanted: &[&str], geometry: &Value, terms: &Value) -> Result<Value, Failure> {
    let mut places = HashMap::new();
    for section in list(&geometry["sections"]) {
        for block in list(&section["blocks"]) {
            let names = list(&block["labels"]).iter().zip(list(&block["rows"]));
            for (slot, (id, (label, row))) in list(&block["ids"]).iter().zip(names).enumerate() {
                places.insert(text(id), (section, text(&block["id"]), slot, text(label), text(row)));
            }
        }
    }
    let mut found = Vec::with_capacity(wanted.len());
    for (at, &seat) in wanted.iter().enumerate() {
        let place = places.get(seat);
        let &place = place.ok_or_else(|| invalid(&format!("/seatIds/{at}"), "is no seat of this performance"))?;
        found.push((seat, place));
    }
    let (_, (section, block, ..)) = found[0];
    if found.iter().any(|(_, place)| place.1 != block) {
        return Err(invalid("/seatIds", "must be of one block"));
    }
    found.sort_by_key(|(_, place)| place.2);
    let sold_under = |each: &&Value| list(&each["sectionIds"]).contains(&section["id"]);
    let ticket_type = list(&terms["ticketTypes"]).iter().find(sold_under).unwrap_or(&Value::Null);
    let reserved = |(id, (_, _, slot, label, row))| json!({"slot": slot, "id": id, "label": label, "row": row});
    let seats: Vec<_> = found.into_iter().map(reserved).collect();
    Ok(json!({
        "block": block,
        "section": section["name"],
        "ticketTypeId": ticket_type["id"],
        "price": ticket_type["price"],
        "seats": seats,
    }))
}

/// Why a buyer's book took no more.
fn refusal(book: &Value, limit: i64, now: Timestamp) -> Failure {
    let reservations = book.as_object().into_iter().flatten().filter(|(name, _)| name.starts_with("r_"));
    let pending = reservations.map(|(_, reservation)| reservation).find(|reservation| {
        matches!(reservation["status"].as_str(), Some("PENDING" | "PAYING"))
            && reservation["expiresAt"].as_i64() > Some(now.as_second())
    });
    match pending {
        Some(pending) => {
            let detail = "You have a reservation of this performance to pay or release first.";
            problem(409, "reservation_pending", detail, json!({"reservationId": pending["id"]}))
        }
        None => {
            let detail = format!("A buyer may have {limit} tickets of this performance.");
            problem(409, "buyer_limit_exceeded", &detail, json!({"limit": limit}))
        }
    }
}

/// The reservation as the API shows it.
fn view(reservation: &Value, state: &Value, now: Timestamp) -> Value {
    let (line, terms) = (&reservation["lines"][0], &state["terms"]);
    let seats: Vec<_> = list(&line["seats"])
        .iter()
        .map(|seat| {
            let (section, price) = (&line["section"], &line["price"]);
            json!({"id": seat["id"], "label": seat["label"], "row": seat["row"], "section": section, "price": price})
        })
        .collect();
    let expires_at = reservation["expiresAt"].as_i64().and_then(|at| Timestamp::from_second(at).ok());
    json!({
        "id": reservation["id"],
        "status": "PENDING",
        "paymentStatus": "NONE",
        "paymentId": null,
        "cancelledBy": null,
        "version": 1,
        "performance": {
            "id": reservation["performanceId"],
            "eventId": state["eventId"],
            "title": terms["title"],
            "venue": terms["venue"],
            "timeZone": terms["timeZone"],
            "startsAt": state["startsAt"],
        },
        "totalAmount": line["price"].as_u64().unwrap_or_default() * seats.len() as u64,
        "seats": seats,
        "currency": reservation["currency"],
        "expiresAt": expires_at.map(|at| at.to_string()),
        "createdAt": Timestamp::from_millisecond(now.as_millisecond()).ok().map(|at| at.to_string()),
    })
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn problem(status: u16, code: &'static str, detail: &str, members: Value) -> Failure {
    Failure::Problem(Problem(status, code, detail.to_owned(), members))
}

fn invalid(pointer: &str, detail: &str) -> Failure {
    let members = json!({"errors": [{"pointer": pointer, "detail": detail}]});
    problem(422, "validation_failed", &format!("{pointer}: {detail}"), members)
}

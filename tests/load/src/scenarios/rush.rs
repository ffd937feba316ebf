//! The two rushes that pretix was measured with: 600 buyers on 500 tickets, and 200 on one seat, all at the same
//! moment.

use std::sync::Arc;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::books::Books;
use super::{Progress, Size};
use crate::Failure;
use crate::halls::Hall;
use crate::record::Summary;
use crate::stack::Stack;
use crate::users::Crowd;
use crate::watch::Usage;

/// The functions of both.
pub const FUNCTIONS: [&str; 2] = ["create-reservation", "reserve-seats"];

/// Both of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// 600 buyers on 500 tickets, again and again.
    pub tickets: Vec<Rush>,
    /// 200 on one seat, again and again.
    pub seat: Vec<Rush>,
    /// Memory of the functions and the services together.
    pub memory: Usage,
}

/// One rush.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rush {
    /// From the starting shot to the last answer, in seconds.
    pub seconds: f64,
    /// From the starting shot to the first who got something, in seconds.
    pub first_winner_seconds: f64,
    /// How many got something.
    pub winners: u64,
    /// All requests.
    pub requests: Summary,
    /// Tickets that the table says are taken.
    pub taken: u64,
}

/// Runs both.
///
/// # Errors
/// When the application does not work.
pub async fn run(stack: &Stack, size: Size) -> Result<Report, Failure> {
    let crowd = Crowd::new(&stack.url, &stack.tokens)?;
    for function in FUNCTIONS {
        let started = stack.pools.get(function).map_or(0, |pool| pool.pids().len());
        stack.warm(function, size.environments.saturating_sub(started)).await?;
    }
    let (buyers, tickets, rivals) = if size == Size::SMOKE { (60, 50, 20) } else { (600, 500, 200) };
    let (mut many, mut one) = (Vec::new(), Vec::new());
    // The first of each is for warming up.
    for round in 0..=size.rushes {
        let hall = Hall::standing(stack, tickets).await?;
        let items = json!([{"ticketTypeId": hall.ticket_type, "quantity": 1}]);
        let body = json!({"performanceId": hall.performance, "items": items});
        let seen = rush(stack, &crowd, &hall, buyers, "/api/v1/reservations", &body).await?;
        let hall = Hall::seated(stack, 1, 50).await?;
        let body = json!({"performanceId": hall.performance, "seatIds": [Hall::seat(1, 25)]});
        let race = rush(stack, &crowd, &hall, rivals, "/api/v1/seats/reserve", &body).await?;
        if round > 0 {
            many.push(seen);
            one.push(race);
        }
    }
    let pids: Vec<_> = stack.function_pids().into_iter().chain(stack.aws.pid()).collect();
    Ok(Report { tickets: many, seat: one, memory: Usage::of(&pids) })
}

async fn rush(
    stack: &Stack,
    crowd: &Crowd,
    hall: &Hall,
    buyers: usize,
    path: &'static str,
    body: &Value,
) -> Result<Rush, Failure> {
    let crowd = crowd.anew();
    let _progress = Progress::of("rush", &crowd.record);
    let barrier = Arc::new(Barrier::new(buyers + 1));
    let mut people = JoinSet::new();
    for _ in 0..buyers {
        let (user, barrier, body) = (crowd.user()?, Arc::clone(&barrier), body.clone());
        people.spawn(async move {
            barrier.wait().await;
            let answer = user.post("rush", path, &body).await;
            (answer.status, Instant::now())
        });
    }
    barrier.wait().await;
    let began = Instant::now();
    let mut first: Option<Instant> = None;
    let mut last = began;
    while let Some(ended) = people.join_next().await {
        let (status, at) = ended?;
        last = last.max(at);
        if status == 201 {
            first = Some(first.map_or(at, |first| first.min(at)));
        }
    }
    let requests = crowd.record.summary("rush");
    let books = Books::of(&stack.dynamodb, hall).await?;
    if !books.agree() {
        return Err(format!("the books do not agree: {books:?}").into());
    }
    Ok(Rush {
        seconds: (last - began).as_secs_f64(),
        first_winner_seconds: first.map_or(f64::NAN, |first| (first - began).as_secs_f64()),
        winners: requests.with_status(201),
        taken: books.taken,
        requests,
    })
}

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
    /// Of the functions and the services together, at the end.
    pub memory: Usage,
    /// The most that they took after one of the rushes with what they share counted once, in MiB.
    pub most_pss_mib: f64,
}

/// One rush.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rush {
    /// From the starting shot to the last answer, in seconds.
    pub seconds: f64,
    /// From the starting shot until half of them were answered, in seconds.
    pub half_seconds: f64,
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
    let usage = || Usage::of(&stack.function_pids().into_iter().chain(stack.aws.pid()).collect::<Vec<_>>());
    let (mut many, mut one, mut most_pss_mib) = (Vec::new(), Vec::new(), 0.0_f64);
    // The first of each is for warming up.
    for round in 0..=size.rushes {
        let hall = Hall::standing(stack, tickets).await?;
        let items = json!([{"ticketTypeId": hall.ticket_type, "quantity": 1}]);
        let body = json!({"performanceId": hall.performance, "items": items});
        let seen = rush(stack, &crowd, &hall, buyers, "/api/v1/reservations", &body).await?;
        most_pss_mib = most_pss_mib.max(usage().pss_mib);
        let hall = Hall::seated(stack, 1, 50).await?;
        let body = json!({"performanceId": hall.performance, "seatIds": [Hall::seat(1, 25)]});
        let race = rush(stack, &crowd, &hall, rivals, "/api/v1/seats/reserve", &body).await?;
        most_pss_mib = most_pss_mib.max(usage().pss_mib);
        if round > 0 {
            many.push(seen);
            one.push(race);
        }
    }
    Ok(Report { tickets: many, seat: one, memory: usage(), most_pss_mib })
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
    let barrier = Arc::new(Barrier::new(buyers));
    let mut people = JoinSet::new();
    for _ in 0..buyers {
        let (user, barrier, body) = (crowd.user()?, Arc::clone(&barrier), body.clone());
        people.spawn(async move {
            barrier.wait().await;
            let began = Instant::now();
            let answer = user.post("rush", path, &body).await;
            (began, answer.status, Instant::now())
        });
    }
    let mut seen = Vec::with_capacity(buyers);
    while let Some(ended) = people.join_next().await {
        seen.push(ended?);
    }
    seen.sort_unstable_by_key(|&(_, _, answered)| answered);
    // Whoever is woken first hears the shot first: the others wait for a processor, which is part of what is measured.
    let shot = seen.iter().map(|&(began, ..)| began).min().ok_or("nobody came")?;
    let after = |answered: &Instant| (*answered - shot).as_secs_f64();
    let answered: Vec<_> = seen.iter().map(|(_, _, answered)| after(answered)).collect();
    let winner = seen.iter().find(|(_, status, _)| *status == 201);
    let requests = crowd.record.summary("rush");
    let books = Books::of(&stack.dynamodb, hall).await?;
    if !books.agree() {
        return Err(format!("the books do not agree: {books:?}").into());
    }
    Ok(Rush {
        seconds: answered.last().copied().unwrap_or_default(),
        half_seconds: answered.get(answered.len() / 2).copied().unwrap_or_default(),
        first_winner_seconds: winner.map_or(f64::NAN, |(_, _, answered)| after(answered)),
        winners: requests.with_status(201),
        taken: books.taken,
        requests,
    })
}

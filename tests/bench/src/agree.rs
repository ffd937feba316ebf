//! Whether all programs do the same: otherwise there is nothing to compare.

use std::path::Path;

use serde_json::Value;
use testkit::Database;
use tokio::time::timeout;

use crate::Failure;
use crate::contender::Contender;
use crate::hall::Hall;
use crate::process::{PATIENCE, Process};
use crate::runtime_api::RuntimeApi;

/// Members whose values differ from request to request.
const OWN: [&str; 7] = ["id", "createdAt", "expiresAt", "startsAt", "reservationId", "eventId", "requestId"];

/// What a program answers to a hold, to one of the same seats, to a second one of the same buyer and to one of no seats
/// there are; statuses and documents, without what is different each time.
///
/// # Errors
/// When it does not start or answer, or holds other seats than it says.
pub async fn answers(
    database: &Database,
    contender: &Contender,
    variables: &[(String, String)],
    log: &Path,
) -> Result<Vec<(i64, Value)>, Failure> {
    let mut hall = Hall::open(database, 40).await?;
    let first = hall.wish()?;
    let second = hall.wish()?;
    let wishes = [
        first.clone(),
        first.of_another(),
        first.of_seats(&[&second.seats[0], &second.seats[1]]),
        second.of_seats(&["stalls-0-9", "stalls-9-9"]),
        second.of_seats(&[]),
        second,
    ];
    let api = RuntimeApi::start().await?;
    let process = Process::start(&contender.command, variables, &api, log)?;
    let mut answers = Vec::new();
    for wish in &wishes {
        let failed = || format!("{} does not answer:\n{}", contender.title, process.output());
        let answer = timeout(PATIENCE, api.invoke(wish.event()?)).await.map_err(|_| failed())??;
        let body = answer.outcome.map_err(|error| String::from_utf8_lossy(&error).into_owned())?;
        let response: Value = serde_json::from_slice(&body)?;
        let mut document: Value = serde_json::from_str(response["body"].as_str().unwrap_or_default())?;
        forget(&mut document);
        answers.push((response["statusCode"].as_i64().unwrap_or_default(), document));
    }
    let held = hall.held().await?;
    if held != 4 {
        return Err(format!("{} holds {held} seats instead of 4", contender.title).into());
    }
    Ok(answers)
}

/// Fails unless both programs answered alike. Of refusals of bad bodies the words may differ.
///
/// # Errors
/// With the answers that differ.
pub fn compare(ours: &[(i64, Value)], theirs: &[(i64, Value)], title: &str) -> Result<(), Failure> {
    for (one, other) in ours.iter().zip(theirs) {
        let same = if one.0 == 422 { one.0 == other.0 && one.1["code"] == other.1["code"] } else { one == other };
        if !same {
            return Err(format!("{title} answers otherwise than Jari:\n{other:#?}\ninstead of\n{one:#?}").into());
        }
    }
    Ok(())
}

/// Takes out what is different each time.
fn forget(document: &mut Value) {
    if let Value::Object(members) = document {
        let seats = members.remove("seats");
        members.retain(|name, _| !OWN.contains(&name.as_str()));
        members.values_mut().for_each(forget);
        // The ids of seats are compared.
        seats.and_then(|seats| members.insert("seats".into(), seats));
    }
}

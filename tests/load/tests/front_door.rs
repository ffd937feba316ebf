//! A real function, run as Lambda runs it, behind the front door: the one that needs no other package to be built.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use std::path::Path;

use load::halls::Hall;
use load::scenarios::books;
use load::stack::{BY_ITEM, BY_ITEM_PATH, Options, Stack};
use load::users::Crowd;
use serde_json::json;

async fn stack(name: &str) -> Stack {
    let programs = Path::new(env!("CARGO_BIN_EXE_load")).parent().unwrap().to_owned();
    let logs = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("front-door-{name}"));
    let options = Options { programs, logs, environments: 3, functions: vec![BY_ITEM], events: false };
    Stack::start(&options).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_crowd_on_one_seat_one_wins_and_the_others_hear_that_it_is_taken() {
    let stack = stack("crowd").await;
    let hall = Hall::seated(&stack, 2, 10).await.unwrap();
    let crowd = Crowd::new(&stack.url, &stack.tokens).unwrap();
    let body = json!({"performanceId": hall.performance, "seatIds": [Hall::seat(1, 1), Hall::seat(1, 2)]});
    let requests = (0..12).map(async |_| crowd.user().unwrap().post("hold", BY_ITEM_PATH, &body).await.status);
    let mut answers = futures_util::future::join_all(requests).await;
    answers.sort_unstable();
    assert_eq!(answers[0], 201);
    assert!(answers[1..].iter().all(|&status| status == 409), "{answers:?}");
    assert_eq!(books::by_item_taken(&stack.dynamodb, &hall).await.unwrap(), 2);
    let seen = crowd.record.summary("hold");
    assert_eq!((seen.requests, seen.with_status(201), seen.other_than(&[201, 409])), (12, 1, 0));
    let processes = stack.function_pids().len();
    assert!((1..=3).contains(&processes), "{processes} environments");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_without_a_token_or_where_no_route_leads() {
    let stack = stack("doors").await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let status = async |path: &str, token: &str| {
        let request = http.post(format!("{}{path}", stack.url)).bearer_auth(token);
        request.header("content-type", "application/json").body("{}").send().await.unwrap().status().as_u16()
    };
    let token = stack.tokens.sign("usr_01a1fc4e-3e23-74ab-a7bf-d7420b5044d6").unwrap();
    assert_eq!(status(BY_ITEM_PATH, "nobody's").await, 401);
    assert_eq!(status("/nowhere", &token).await, 404);
    assert_eq!(status(BY_ITEM_PATH, &token).await, 422, "the function saw the request");
    assert_eq!(status("/2015-03-31/functions/no-such/invocations", &token).await, 404);
}

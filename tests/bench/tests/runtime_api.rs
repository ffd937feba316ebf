//! The Runtime API as processes see it.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::sync::Arc;
use std::time::Duration;

use bench::runtime_api::{NoAnswer, RuntimeApi};
use serde_json::{Value, json};

fn address(api: &RuntimeApi, path: &str) -> String {
    let variables = api.variables("test");
    let (_, address) = variables.iter().find(|(name, _)| name == "AWS_LAMBDA_RUNTIME_API").unwrap();
    format!("http://{address}/2018-06-01/runtime/{path}")
}

/// Takes one event and posts what `answer` makes of it to the path that `answer` names.
async fn work(api: &RuntimeApi, answer: impl Fn(Value) -> (&'static str, Value)) {
    let client = reqwest::Client::new();
    let event = client.get(address(api, "invocation/next")).send().await.unwrap();
    let id = event.headers()["lambda-runtime-aws-request-id"].to_str().unwrap().to_owned();
    assert!(event.headers().contains_key("lambda-runtime-deadline-ms"));
    let (path, body) = answer(event.json().await.unwrap());
    let posted = client.post(address(api, &format!("invocation/{id}/{path}"))).json(&body).send().await.unwrap();
    assert_eq!(posted.status(), 202);
    let again = client.post(address(api, &format!("invocation/{id}/{path}"))).json(&body).send().await.unwrap();
    assert_eq!(again.status(), 404, "an event has one answer");
}

#[tokio::test]
async fn every_event_gets_its_own_answer() {
    let api = Arc::new(RuntimeApi::start().await.unwrap());
    let askers: Vec<_> = (0..4)
        .map(|number| {
            let api = Arc::clone(&api);
            tokio::spawn(async move { (number, api.invoke(json!(number).to_string()).await.unwrap()) })
        })
        .collect();
    for _ in 0..4 {
        work(&api, |event| match event.as_i64().unwrap() {
            3 => ("error", json!({"errorMessage": "three"})),
            number => ("response", json!(number * 10)),
        })
        .await;
    }
    for asker in askers {
        let (number, answer) = asker.await.unwrap();
        let started = api.started().await.unwrap();
        assert!(answer.at >= started);
        match answer.outcome {
            Ok(body) => assert_eq!(serde_json::from_slice::<i64>(&body).unwrap(), number * 10),
            Err(body) => assert_eq!((number, &body[..]), (3, &br#"{"errorMessage":"three"}"#[..])),
        }
    }
}

#[tokio::test]
async fn a_function_that_cannot_start_is_waited_for_no_longer() {
    let api = RuntimeApi::start().await.unwrap();
    let answer = async {
        let asked = api.invoke("{}").await;
        (asked.unwrap_err(), api.started().await.unwrap_err())
    };
    let failing = async {
        let posted = reqwest::Client::new().post(address(&api, "init/error")).body("no table").send().await.unwrap();
        assert_eq!(posted.status(), 202);
    };
    let both = tokio::time::timeout(Duration::from_secs(10), async { tokio::join!(answer, failing) });
    let ((invoked, started), ()) = both.await.expect("an answer in time");
    assert_eq!((&invoked, &started), (&NoAnswer::Init("no table".into()), &NoAnswer::Init("no table".into())));
}

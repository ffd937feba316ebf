//! Finding events by what people type.

use e2e::api::{Api, query_of};
use e2e::draft::Draft;
use e2e::hall::in_days;
use e2e::person::{Person, id_of};
use e2e::wait::{LATER, SOON, eventually, when};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::{Duration, Instant, sleep_until};
use uuid::Uuid;

/// When a change must be seen everywhere.
const VISIBLE_WITHIN: Duration = Duration::from_secs(2);

/// Requests at once, so that more than one environment answers.
const AT_ONCE: usize = 6;

async fn on_sale(manager: &Person, title: &str, particulars: &Value) -> Draft {
    let event = Draft::new(manager, title, particulars).await;
    event.performance(&in_days(10)).await;
    event.standing("일반", 1_000, 5).await;
    event.publish().await;
    event
}

async fn found(query: &str) -> Vec<Value> {
    Api::anonymous().all(&format!("/events?{}", query_of(&[("q", query)])), 100).await
}

/// Waits until the search finds exactly these.
async fn finds(query: &str, expected: &[&Draft]) {
    let mut ids: Vec<_> = expected.iter().map(|event| event.id.clone()).collect();
    ids.sort();
    eventually(&format!("{query:?} finds {} events", ids.len()), SOON, async || {
        let mut seen: Vec<_> = found(query).await.iter().map(id_of).collect();
        seen.sort();
        when(seen == ids, seen)
    })
    .await;
}

fn mark() -> String {
    Uuid::now_v7().simple().to_string()
}

#[tokio::test]
async fn words_are_found_as_they_are_typed() {
    let (admin, mark) = (Person::admin().await, mark());
    let venue = json!({"venue": format!("한강 Park {mark}"), "category": "sports"});
    let concert = on_sale(&admin, "가을 콘서트: 값진 과학", &venue).await;
    let party = on_sale(&admin, "Spring Party 어깨동무", &venue).await;
    let both = [&concert, &party];
    finds(&mark, &both).await;
    let table: [(&str, &[&Draft]); 26] = [
        ("콘서트", &[&concert]),
        ("가을콘서트", &[&concert]),
        ("콘서트 가을", &[&concert]),
        ("을 콘", &[&concert]),
        ("콘서", &[&concert]),
        ("콘섵", &[&concert]),
        ("콘ㅅㅌ", &[&concert]),
        ("ㄱㅇㅋㅅㅌ", &[&concert]),
        ("ㅋㅅㅍ", &[]),
        ("콘사", &[]),
        ("갑", &[&concert]),
        ("값ㅈ", &[&concert]),
        ("고", &[&concert]),
        ("과학", &[&concert]),
        ("ㅇㄲㄷㅁ", &[&party]),
        ("어ㄲ", &[&party]),
        ("어깯", &[&party]),
        ("PARTY", &[&party]),
        ("part", &[&party]),
        ("ring p", &[&party]),
        ("ＳＰＲＩＮＧ", &[&party]),
        ("party 콘서트", &[]),
        ("park", &both),
        ("한강 콘서트", &[&concert]),
        ("ㅎㄱ", &both),
        ("spring\u{3000}party", &[&party]),
    ];
    for (words, expected) in table {
        finds(&format!("{mark} {words}"), expected).await;
    }
    finds(&mark.to_uppercase(), &both).await;
    finds(&mark[..20], &both).await;
}

#[tokio::test]
async fn categories_are_words_too() {
    let (admin, mark) = (Person::admin().await, mark());
    let play = on_sale(&admin, &mark, &json!({"category": "theatre"})).await;
    let film = on_sale(&admin, &mark, &json!({"category": "film"})).await;
    finds(&mark, &[&play, &film]).await;
    finds(&format!("{mark} theatre"), &[&play]).await;
    finds(&format!("film {mark}"), &[&film]).await;
}

#[tokio::test]
async fn characters_that_mean_something_elsewhere_mean_themselves() {
    let (admin, mark) = (Person::admin().await, mark());
    let event = on_sale(&admin, &format!("{mark} 100% _fun_ (A+B)* \"C\" \\d"), &json!({})).await;
    finds(&mark, &[&event]).await;
    for words in ["100%", "_fun_", "(a+b)*", "\"c\"", "\\d"] {
        finds(&format!("{mark} {words}"), &[&event]).await;
    }
    for words in ["100%%", ".*", "%fun%", "a?b", "\\w"] {
        finds(&format!("{mark} {words}"), &[]).await;
    }
}

/// Asks many times at once, two seconds after `changed`, and wants every answer to be as new as that.
async fn assert_seen_by_all(changed: Instant, path: &str, is_new: impl Fn(&Value) -> bool) {
    sleep_until(changed + VISIBLE_WITHIN).await;
    let api = Api::anonymous();
    let answers = join_all((0..AT_ONCE).map(|_| api.get(path).into_future())).await;
    for answer in answers {
        assert!(is_new(&answer.body), "{VISIBLE_WITHIN:?} after the change: {answer}");
    }
}

#[tokio::test]
async fn a_change_is_seen_within_two_seconds() {
    let (admin, mark) = (Person::admin().await, mark());
    let event = Draft::new(&admin, &format!("{mark} 처음"), &json!({})).await;
    event.performance(&in_days(10)).await;
    event.standing("일반", 1_000, 5).await;
    let list = format!("/events?q={mark}");
    let detail = format!("/events/{}", event.id);
    let api = Api::anonymous();
    // Environments that have just answered have just looked.
    join_all((0..AT_ONCE).map(|_| api.get(&list).into_future())).await;
    let titles = |page: &Value| {
        let items = page["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|card| card["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };

    event.publish().await;
    assert_seen_by_all(Instant::now(), &list, |page| titles(page) == [format!("{mark} 처음")]).await;
    let title = format!("{mark} 나중");
    event.patch(&json!({"title": title})).await.expect(200);
    let changed = Instant::now();
    assert_seen_by_all(changed, &list, |page| titles(page) == [title.clone()]).await;
    assert_seen_by_all(changed, &detail, |detail| detail["title"] == title.as_str()).await;
    event.patch(&json!({"status": "SOLD_OUT"})).await.expect(200);
    let changed = Instant::now();
    assert_seen_by_all(changed, &format!("{list}&status=SOLD_OUT"), |page| titles(page).len() == 1).await;
    assert_seen_by_all(changed, &format!("{list}&status=ON_SALE"), |page| titles(page).is_empty()).await;
    event.ask_to("unpublish").await.expect(200);
    let changed = Instant::now();
    assert_seen_by_all(changed, &list, |page| titles(page).is_empty()).await;
    assert_seen_by_all(changed, &detail, |problem| problem["code"] == "not_found").await;
}

#[tokio::test]
async fn the_next_showing_is_what_counts() {
    let (admin, mark) = (Person::admin().await, mark());
    let event = Draft::new(&admin, &mark, &json!({})).await;
    for day in [10, 20, 30] {
        event.performance(&in_days(day)).await;
    }
    event.standing("일반", 1_000, 5).await;
    event.publish().await;
    finds(&mark, &[&event]).await;
    let api = Api::anonymous();
    for (from, to, expected) in [(11, 19, 0), (11, 21, 1), (19, 21, 1), (29, 31, 1), (31, 40, 0), (5, 9, 0), (9, 40, 1)]
    {
        let path = format!("/events?q={mark}&from={}&to={}", in_days(from), in_days(to));
        // Another environment may answer than the one that knew the event first.
        eventually(&format!("{from} to {to}"), LATER, async || {
            let found = api.all(&path, 10).await.len();
            when(found == expected, found)
        })
        .await;
    }
    let path = format!("/events?q={mark}&from={}&to={}", in_days(9), in_days(5));
    let problem = api.get(path).await.refused(422, "validation_failed");
    assert_eq!(problem["errors"][0]["pointer"], "/to");
}

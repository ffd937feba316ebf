//! The page of the virtual PG: what a buyer sees, and what key they come back with.

use jari_local_servers::virtual_pg::{self, Config, Handle};
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde_json::{Value, json};

const ORDER: &str = "pay_01a1fc4e-4ac0-74e9-bcdd-c4e59bf44591";

async fn start() -> Handle {
    virtual_pg::spawn(Config::default()).await.unwrap()
}

fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

/// What a shop sends, with some of it replaced.
fn order(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![
        ("orderId", ORDER),
        ("amount", "120000"),
        ("currency", "KRW"),
        ("orderName", "갈매기 & <b>친구</b>"),
        ("customerName", "\"김\" 하나"),
        ("successUrl", "http://localhost:3000/checkout/done?reservation=rsv_1"),
        ("failUrl", "http://localhost:3000/checkout/failed"),
        ("locale", "ko"),
    ];
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

async fn show(pg: &Handle, changes: &[(&'static str, &'static str)]) -> Response {
    client().get(format!("{}/checkout", pg.url)).query(&order(changes)).send().await.unwrap()
}

async fn press(pg: &Handle, outcome: &'static str, changes: &[(&'static str, &'static str)]) -> Response {
    let mut form = order(changes);
    form.push(("outcome", outcome));
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request =
        client().post(format!("{}/checkout", pg.url)).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(body).send().await.unwrap()
}

fn destination(answer: &Response) -> Url {
    assert_eq!(answer.status(), 303);
    answer.headers()[LOCATION].to_str().unwrap().parse().unwrap()
}

fn value(address: &Url, name: &str) -> String {
    address.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

async fn confirm(pg: &Handle, key: &str, order: &str, amount: u64) -> (u16, Value) {
    let request = client()
        .post(format!("{}/v1/payments/confirm", pg.url))
        .basic_auth(&pg.secret_key, Some(""))
        .json(&json!({"paymentKey": key, "orderId": order, "amount": amount}));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn shows_the_order_in_the_buyers_language() {
    let pg = start().await;
    let korean = show(&pg, &[]).await;
    assert_eq!(korean.status(), 200);
    let policy = korean.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    let korean = korean.text().await.unwrap();
    for text in ["<html lang=\"ko\">", "결제하기", "120,000원", ORDER] {
        assert!(korean.contains(text), "{text} is missing");
    }
    assert!(
        korean.contains("갈매기 &#38; &#60;b&#62;친구&#60;/b&#62;") && !korean.contains("<b>"),
        "values are escaped"
    );

    let english = show(&pg, &[("locale", "en")]).await.text().await.unwrap();
    for text in ["<html lang=\"en\">", ">Pay<", "₩120,000"] {
        assert!(english.contains(text), "{text} is missing");
    }
}

#[tokio::test]
async fn a_buyer_comes_back_with_a_key_for_that_order_alone() {
    let pg = start().await;
    let back = destination(&press(&pg, "ok_", &[]).await);
    assert!(back.as_str().starts_with("http://localhost:3000/checkout/done?reservation=rsv_1&paymentKey=ok_"));
    assert_eq!((value(&back, "orderId").as_str(), value(&back, "amount").as_str()), (ORDER, "120000"));
    let key = value(&back, "paymentKey");

    for (order, amount) in [("pay_another", 120_000), (ORDER, 1_000)] {
        let (status, body) = confirm(&pg, &key, order, amount).await;
        assert_eq!((status, &body["code"]), (403, &json!("FORBIDDEN_REQUEST")));
    }
    assert_eq!(pg.overview().totals.captured, 0);
    let (status, body) = confirm(&pg, &key, ORDER, 120_000).await;
    assert_eq!((status, &body["status"]), (200, &json!("DONE")));
}

#[tokio::test]
async fn the_button_decides_what_the_bank_does() {
    let pg = start().await;
    for outcome in ["decline_", "timeout_ok_", "timeout_no_", "late_", "error_"] {
        let key = value(&destination(&press(&pg, outcome, &[]).await), "paymentKey");
        assert!(key.starts_with(outcome) && key.len() > outcome.len() + 30, "{key}");
    }
    let keys = [press(&pg, "decline_", &[]).await, press(&pg, "decline_", &[]).await];
    let [first, second] = keys.map(|answer| value(&destination(&answer), "paymentKey"));
    assert_ne!(first, second);
    assert_eq!(confirm(&pg, &first, ORDER, 120_000).await.1["code"], "REJECT_CARD_COMPANY");
}

#[tokio::test]
async fn a_buyer_may_change_their_mind() {
    let pg = start().await;
    let back = destination(&press(&pg, "cancel", &[("locale", "en")]).await);
    assert_eq!(back.path(), "/checkout/failed");
    assert_eq!(value(&back, "code"), "PAY_PROCESS_CANCELED");
    assert_eq!(value(&back, "message"), "Payment has been canceled by the customer.");
    assert_eq!(value(&back, "orderId"), ORDER);
}

#[tokio::test]
async fn leads_nowhere_else_and_takes_no_nonsense() {
    let pg = start().await;
    for (parameter, text) in [
        ("successUrl", "https://example.com/"),
        ("failUrl", "http://localhost@example.com/"),
        ("orderId", "1"),
        ("amount", "free"),
    ] {
        for answer in [show(&pg, &[(parameter, text)]).await, press(&pg, "ok_", &[(parameter, text)]).await] {
            assert_eq!(answer.status(), 400);
            assert!(answer.text().await.unwrap().contains(&format!("<code>{parameter}</code>")));
        }
    }
    assert_eq!(press(&pg, "free_", &[]).await.status(), 400);
}

#[tokio::test]
async fn a_key_keeps_its_purpose_over_a_restart() {
    let file = std::env::temp_dir().join(format!("virtual-pg-{}.json", uuid::Uuid::now_v7()));
    let config = Config { state_file: Some(file.clone()), ..Config::default() };
    let pg = virtual_pg::spawn(config.clone()).await.unwrap();
    let key = value(&destination(&press(&pg, "ok_", &[]).await), "paymentKey");
    pg.stop().await.unwrap();

    let pg = virtual_pg::spawn(config).await.unwrap();
    assert_eq!(confirm(&pg, &key, ORDER, 1).await.0, 403);
    assert_eq!(confirm(&pg, &key, ORDER, 120_000).await.0, 200);
    std::fs::remove_file(file).unwrap();
}

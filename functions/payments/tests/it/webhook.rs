//! The virtual PG's own notifications, over HTTP.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use jiff::Timestamp;
use serde_json::json;

use crate::common::{Event, World};

/// Lets the function answer at an address of its own.
async fn listen(world: &Arc<World>) -> String {
    let receive = async |State(world): State<Arc<World>>, body: String| {
        let (status, _) = world.webhook(Event::anonymous().text(&body)).await;
        StatusCode::from_u16(status).unwrap()
    };
    let app = Router::new().route("/webhook", post(receive)).with_state(Arc::clone(world));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/webhook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test]
async fn a_late_approval_settles_the_payment_by_webhook_alone() {
    let world = Arc::new(World::new().await);
    world.pg.set_callback_url(listen(&world).await);
    let body = json!({"amount": 5_000, "paymentKey": "late_1"});
    let (_, order) = world.charge_points(Event::by(world.user).body(&body)).await;
    let id = order["id"].as_str().unwrap();
    let open = world.settlement().charge(id.parse().unwrap(), 1, Timestamp::now()).await;
    assert!(open.is_err());
    assert_eq!(world.see(id).await["status"], "PROCESSING");
    for _ in 0..100 {
        if world.see(id).await["status"] == "SUCCESS" && world.pg.overview().unsent_webhooks.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(world.see(id).await["status"], "SUCCESS");
    assert!(world.pg.overview().unsent_webhooks.is_empty(), "answered with 2xx");
    assert_eq!(world.points(Event::by(world.user)).await.1["balance"], 5_000);

    // The same notification once more, and a forged one.
    let told = |key: &str| {
        let data = json!({"orderId": id, "paymentKey": key, "status": "DONE", "totalAmount": 5_000});
        Event::anonymous().body(&json!({"eventType": "PAYMENT_STATUS_CHANGED", "data": data}))
    };
    assert_eq!(world.webhook(told("late_1")).await, (200, json!({})));
    assert_eq!(world.webhook(told("late_2")).await.0, 401);
    assert_eq!(world.points(Event::by(world.user)).await.1["balance"], 5_000);
}

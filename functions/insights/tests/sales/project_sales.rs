//! Batches of the queue `sales`.

use serde_json::json;

use crate::world::{World, confirmed, on_sale, published};

const AT: &str = "2026-11-20T10:00:30Z";

#[tokio::test]
async fn a_batch_is_counted_and_the_catalogue_told_once() {
    let world = World::start().await;
    let batch = [confirmed(1, AT), on_sale(9, AT), confirmed(2, AT), published(), confirmed(1, AT)];
    assert!(world.deliver(&batch).await.is_empty());
    assert_eq!(world.told.tickets(), [4]);
}

#[tokio::test]
async fn only_messages_that_cannot_be_read_are_delivered_again() {
    let world = World::start().await;
    world.deliver(&[on_sale(9, AT)]).await;
    let mut broken: serde_json::Value = serde_json::from_str(&confirmed(3, AT)).unwrap();
    broken["data"]["lines"] = json!("none");
    let other = json!({"type": "booking.reservation-held.v1", "aggregateId": "x", "version": 1, "at": AT, "data": {}});
    let batch = [confirmed(1, AT), broken.to_string(), confirmed(2, AT), "{".into(), other.to_string()];
    assert_eq!(world.deliver(&batch).await, [1, 3]);
    assert_eq!(world.told.tickets(), [4]);
}

#[tokio::test]
async fn when_the_table_is_gone_all_of_it_is_delivered_again() {
    let mut world = World::start().await;
    world.sales.name = "elsewhere".into();
    assert_eq!(world.deliver(&[confirmed(1, AT), published()]).await, [0, 1]);
    assert!(world.told.tickets().is_empty());
}

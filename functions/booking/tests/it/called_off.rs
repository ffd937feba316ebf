use booking_functions::cancel_performance_reservations::handle;
use contracts::booking::{BeginPayment, PaymentStart};
use contracts::event::EventType;
use contracts::ids::{LayoutId, PaymentId, UserId};
use serde_json::json;

use crate::world::{Event, World, delivery};

#[tokio::test]
async fn the_buyer_sees_who_has_ended_the_reservation() {
    let world = World::new().await;
    let user = UserId::generate();
    let (_, held) = world.hold(user).await;
    assert!(held["cancelledBy"].is_null() && held["id"].is_string(), "{held}");

    let mut called_off = world.performance.clone();
    (called_off.version, called_off.cancelled) = (3, true);
    handle(&world.app, delivery(EventType::PerformanceCancelled, &called_off)).await.unwrap();
    let event = Event::by(user).at("reservationId", held["id"].as_str().unwrap());
    let elsewhere = world.elsewhere();
    let (status, seen) = event.send(|call| booking_functions::get_reservation::handle(&elsewhere, call)).await;
    assert_eq!((status, &seen["status"], &seen["cancelledBy"]), (200, &json!("CANCELLED"), &json!("ORGANIZER")));
    let (status, problem) = world.hold(UserId::generate()).await;
    assert_eq!((status, &problem["code"]), (409, &json!("sale_closed")));

    let pay = BeginPayment {
        user_id: user,
        reservation_id: held["id"].as_str().unwrap().parse().unwrap(),
        payment_id: PaymentId::generate(),
        payable_min: 0,
        payable_max: i64::MAX,
        payable_currency: None,
    };
    let start = booking_functions::begin_payment::handle(&world.app, pay).await.unwrap();
    assert_eq!(start, PaymentStart::SaleClosed);
}

#[tokio::test]
async fn what_is_no_news_of_its_queue_is_refused() {
    let world = World::new().await;
    let published = delivery(EventType::PerformancePublished, &world.performance);
    assert!(handle(&world.app, published).await.unwrap_err().to_string().contains("calls nothing off"));
    assert!(world.tell(EventType::PerformanceAdded, &world.performance).await.unwrap_err().contains("no news"));
    let mut broken = delivery(EventType::PerformanceCancelled, &world.performance);
    broken.event.data = json!({"id": world.performance.id});
    assert!(handle(&world.app, broken).await.is_err());
}

/// News that overtakes its layout is delivered again.
#[tokio::test]
async fn a_performance_before_its_layout_is_delivered_again() {
    let world = World::new().await;
    let mut seated = world.performance.clone();
    (seated.version, seated.layout_id) = (3, Some(LayoutId::generate()));
    world.tell(EventType::PerformancePublished, &seated).await.unwrap_err();
}

//! Events taken off sale: nobody can buy, whoever has bought keeps it.

use e2e::api::Api;
use e2e::draft::Draft;
use e2e::hall::{PRICE, Plan};
use e2e::person::{Person, id_of};
use e2e::pg;
use e2e::wait::{LATER, eventually, when};
use serde_json::{Value, json};

#[tokio::test]
async fn nobody_can_buy_and_who_has_bought_keeps_it() {
    let organizer = Person::with_role("organizer").await;
    let hall = Plan::seated(1, 6).open_as(&organizer).await;
    let event = Draft { api: organizer.api.clone(), id: hall.event.clone() };
    let (keeper, payer, leaver) = (Person::register().await, Person::register().await, Person::register().await);
    let kept = keeper.buy(&hall, &["R1-1"]).await;
    let held = payer.hold(&hall, &["R1-2"]).await;
    let left = leaver.buy(&hall, &["R1-3"]).await;

    let managed = event.ask_to("unpublish").await.expect(200);
    assert_eq!(managed["status"], "DRAFT");
    let performances = event.managed().await["performances"].clone();
    assert_eq!(performances[0]["published"], false, "{performances}");
    let public = Api::anonymous();
    let paths = [
        format!("/events/{}", hall.event),
        format!("/events/{}/dates", hall.event),
        format!("/tickets/event/{}", hall.event),
        format!("/tickets/availability/{}", hall.ticket_type),
        hall.map_path(),
    ];
    for path in paths {
        eventually(&format!("{path} is not there"), LATER, async || {
            let answer = public.get(&path).await;
            when(answer.status == 404, answer)
        })
        .await
        .refused(404, "not_found");
    }
    eventually("no list shows it", LATER, async || {
        let listed = public.all("/events?q=음악회&sort=newest", 100).await;
        when(listed.iter().all(|card| card["id"] != hall.event), listed.len())
    })
    .await;
    let late = Person::register().await;
    eventually("nobody can buy", LATER, async || {
        let answers = [late.reserve(&hall, &["R1-5"]).await, late.reserve_any(&hall, 1).await];
        when(answers.iter().all(|answer| answer.status == 404), answers)
    })
    .await;

    // What was held is paid; what was bought stays, and is given back at its owner's wish.
    payer.pay_by_card(&held, "ok").await.expect(202);
    payer.reservation_as(&held, "CONFIRMED", "SUCCESS").await;
    assert_eq!(keeper.reservation(&id_of(&kept)).await, kept);
    leaver.cancel(&left).await.expect(202);
    let cancelled = leaver.reservation_as(&id_of(&left), "CANCELLED", "REFUNDED").await;
    assert_eq!(cancelled["cancelledBy"], "BUYER");
    let order = pg::order(left["paymentId"].as_str().unwrap()).await;
    assert_eq!((order.captured, order.cancelled), (PRICE.unsigned_abs(), PRICE.unsigned_abs()));

    event.publish().await;
    eventually("it is on sale again", LATER, async || {
        let answer = public.get(hall.map_path()).await;
        when(answer.status == 200, answer)
    })
    .await;
    hall.seats_become(&["R1-1", "R1-2"], "SOLD").await;
    assert_eq!(hall.fresh_map().await["counts"]["sold"], 2);
    assert_eq!(keeper.reservation(&id_of(&kept)).await, kept);
    eventually("it is sold again", LATER, async || {
        let answer = Person::crowd(1).await.remove(0).reserve_any(&hall, 1).await;
        when(answer.status == 201, answer)
    })
    .await;
    assert_eq!(public.get(format!("/events/{}", hall.event)).await.expect(200)["status"], "ON_SALE");
}

#[tokio::test]
async fn a_draft_again_is_changed_like_a_draft_and_published_anew() {
    let admin = Person::admin().await;
    let hall = Plan::standing(5).open_as(&admin).await;
    let event = Draft { api: admin.api.clone(), id: hall.event.clone() };
    event.ask_to("unpublish").await.expect(200);
    let once = event.managed().await;
    event.ask_to("unpublish").await.expect(200);
    assert_eq!(event.managed().await, once, "nothing happens twice");
    event.patch(&json!({"title": "여름 음악회"})).await.expect(200);
    let ticket = event.path(&format!("/ticket-types/{}", hall.ticket_type));
    admin.api.patch(ticket, &json!({"price": 7_000})).await.expect(200);
    event.publish().await;
    let public = Api::anonymous().get(format!("/events/{}", hall.event)).await.expect(200);
    assert_eq!((&public["title"], &public["minPrice"]), (&json!("여름 음악회"), &json!(7_000)));
    let reserved = eventually("it is sold on the new terms", LATER, async || {
        let answer = Person::crowd(1).await.remove(0).reserve_any(&hall, 1).await;
        when(answer.status == 201 && answer.body["totalAmount"] == 7_000, answer)
    })
    .await;
    assert_eq!(
        (&reserved.body["performance"]["title"], &reserved.body["cancelledBy"]),
        (&json!("여름 음악회"), &Value::Null)
    );
}

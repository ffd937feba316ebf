//! E-tickets and quotes of confirmed reservations.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2e::hall::{PRICE, Plan};
use e2e::person::{Person, id_of};
use serde_json::{Value, json};

/// What a ticket's text says of itself, part by part.
fn parts(qr: &str) -> (Value, Value) {
    let part = |index| {
        let text = qr.split('.').nth(index).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
    };
    (part(0), part(1))
}

#[tokio::test]
async fn a_buyer_gets_a_signed_ticket_for_each_seat_until_they_cancel() {
    let hall = Plan::seated(1, 4).open().await;
    let buyer = Person::register().await;
    let reservation = buyer.hold(&hall, &["R1-2", "R1-3"]).await;
    let path = format!("/reservations/{reservation}/tickets");
    buyer.api.get(&path).await.refused(409, "not_confirmed");
    buyer.pay_by_card(&reservation, "ok").await.expect(202);
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;

    let list = buyer.api.get(&path).await.expect(200);
    let tickets = list["items"].as_array().unwrap();
    let seats: Vec<_> = tickets.iter().map(|ticket| &ticket["seat"]["id"]).collect();
    assert_eq!(seats, ["R1-2", "R1-3"]);
    for ticket in tickets {
        let (header, claims) = parts(ticket["qr"].as_str().unwrap());
        assert_eq!(header["alg"], "EdDSA");
        assert_eq!(claims["aud"], "jari-check-in");
        assert_eq!((&claims["sub"], &claims["seat"]), (&ticket["id"], &ticket["seat"]["id"]));
        assert_eq!((&claims["rsv"], &claims["ver"]), (&json!(reservation), &confirmed["version"]));
        assert_eq!(claims["prf"], hall.performance.as_str());
        assert_eq!(ticket["ticketType"]["id"], hall.ticket_type.as_str());
    }
    assert_eq!(buyer.api.get(&path).await.expect(200), list, "the same whenever they are asked for");
    let stranger = Person::register().await;
    stranger.api.get(&path).await.refused(404, "not_found");

    buyer.cancel(&confirmed).await.expect(202);
    buyer.api.get(&path).await.refused(409, "not_confirmed");
}

#[tokio::test]
async fn a_quote_is_what_comes_back() {
    let hall = Plan::seated(1, 4).open().await;
    let buyer = Person::register().await;
    buyer.buy_points(10_000).await;
    let held = buyer.reserve(&hall, &["R1-1", "R1-2"]).await.expect(201);
    let reservation = id_of(&held);
    let path = format!("/reservations/{reservation}/cancellation-quote");
    let pending = buyer.api.get(&path).await.expect(200);
    assert_eq!((&pending["refundAmount"], &pending["deadline"]), (&json!(0), &held["expiresAt"]));

    buyer.pay_mixed(&reservation, 10_000, "ok").await.expect(202);
    let confirmed = buyer.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await;
    let quote = buyer.api.get(&path).await.expect(200);
    let expected = json!({
        "refundAmount": 2 * PRICE, "fee": 0, "pointRefund": 10_000, "cardRefund": 2 * PRICE - 10_000, "currency": "KRW",
        "policyVersion": "full-refund.v1", "deadline": confirmed["performance"]["startsAt"],
    });
    assert_eq!(quote, expected);
    Person::register().await.api.get(&path).await.refused(404, "not_found");

    buyer.cancel(&confirmed).await.expect(202);
    buyer.api.get(&path).await.refused(409, "not_cancellable");
    buyer.reservation_as(&reservation, "CANCELLED", "REFUNDED").await;
    assert_eq!(buyer.points().await, 10_000);
    buyer.api.get(&path).await.refused(409, "not_cancellable");
}

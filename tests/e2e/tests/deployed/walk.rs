//! Every operation of the contract, tried on things of somebody else.
//!
//! The contract drives it: an operation without a rule here fails the walk, so that whoever adds one has to say whose
//! things it touches.

use e2e::api::Answer;
use e2e::browser::Browser;
use e2e::contract::{Access, Contract, Operation};
use e2e::hall::in_days;
use e2e::person::Person;
use e2e::pg::payment_key;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::World;

/// Whose things an operation touches, with a body that would be good if they were the caller's.
enum Rule {
    /// Nobody's: everybody gets the same.
    Everybodys,
    /// The caller's, whoever that is; there is no way to name anybody else's.
    Callers(Option<Value>),
    /// The caller's, at something public that the path names.
    Visitors(Option<Value>),
    /// A buyer's: not there for others.
    Buyers(Option<Value>),
    /// An organizer's: not there for other organizers, closed to buyers.
    Organizers(Option<Value>),
    /// The platform's: closed to all but administrators.
    Administrators(Option<Value>),
}

fn rule(operation: &Operation, world: &World) -> Option<Rule> {
    use Rule::{Administrators, Buyers, Callers, Everybodys, Organizers, Visitors};
    let empty = || Some(json!({}));
    Some(match operation.id.as_str() {
        "registerUser"
        | "logIn"
        | "refreshSession"
        | "startGoogleLogIn"
        | "logInWithGoogle"
        | "listEvents"
        | "getEvent"
        | "getRanking"
        | "getBookableDates"
        | "listTicketTypes"
        | "listLayouts"
        | "getLayout"
        | "getSeatMap"
        | "getTicketAvailability"
        | "listAnnouncements"
        | "getAnnouncement"
        | "handlePgWebhook"
        | "getQueueStatus"
        | "getPushKey"
        | "getHealth" => Everybodys,

        "getMyProfile" | "listMyReservations" | "getPoints" | "listPointsHistory" | "listNotifications" => {
            Callers(None)
        }
        "subscribeToPush" => Callers(Some(Browser::new("walk").subscription())),
        "logOut" => Callers(empty()),
        "updateMyProfile" => Callers(Some(json!({"name": "Mine"}))),
        "chargePoints" => Callers(Some(json!({"amount": 1_000, "paymentKey": payment_key("decline")}))),
        "reserveSeats" => Callers(Some(json!({"performanceId": world.performance, "seatIds": ["R1-4"]}))),
        "createReservation" => {
            let items = json!([{"ticketTypeId": world.ticket_type, "quantity": 1}]);
            Callers(Some(json!({"performanceId": world.performance, "items": items})))
        }

        "checkQueue" => Visitors(empty()),
        "leaveQueue" => Visitors(None),

        "getUser" | "getHold" | "releaseHold" | "getReservation" | "getPayment" => Buyers(None),
        "listETickets" | "quoteCancellation" => Buyers(None),
        "markNotificationRead" | "unsubscribeFromPush" => Buyers(None),
        "cancelReservation" => Buyers(Some(json!({"version": world.held["version"]}))),
        "requestPayment" => {
            let key = payment_key("ok");
            Buyers(Some(json!({"reservationId": world.held["id"], "method": "CARD", "paymentKey": key})))
        }

        // Organizers make and list their own, and cannot name anybody else's.
        "createLayout" => Callers(Some(e2e::hall::layout(1, 1))),
        "createEvent" => {
            let new = json!({"title": "Mine", "category": "film", "venue": "V", "timeZone": "Asia/Seoul"});
            Callers(Some(new))
        }
        "listManagedEvents" => Callers(None),
        "signImageUpload" => Callers(Some(json!({"contentType": "image/png"}))),

        "getManagedEvent" | "removePerformance" | "removeTicketType" | "getImage" => Organizers(None),
        "publishEvent" | "unpublishEvent" | "cancelEvent" | "cancelPerformance" => Organizers(None),
        "updateEvent" => Organizers(Some(json!({"title": "Mine"}))),
        "addPerformance" => Organizers(Some(json!({"startsAt": in_days(3)}))),
        "updatePerformance" => Organizers(Some(json!({"startsAt": in_days(3)}))),
        "createTicketType" => Organizers(Some(json!({"eventId": world.event, "name": "Mine", "price": 1, "quota": 1}))),
        "updateTicketType" => Organizers(Some(json!({"price": 1}))),

        "listUsers"
        | "getManagedUser"
        | "listKeywords"
        | "removeKeyword"
        | "listManagedAnnouncements"
        | "getManagedAnnouncement"
        | "removeAnnouncement"
        | "getQueue"
        | "clearQueue" => Administrators(None),
        "configureQueue" => Administrators(Some(json!({"opensAt": in_days(1), "capacity": 1}))),
        "updateUser" => Administrators(Some(json!({"role": "admin"}))),
        "createKeyword" => {
            let word = Uuid::now_v7().simple();
            Administrators(Some(json!({"term": format!("t{word}"), "aliases": [format!("a{word}")]})))
        }
        "updateKeyword" => Administrators(Some(json!({"term": "mine"}))),
        "createAnnouncement" => Administrators(Some(json!({"title": "Mine", "body": "…"}))),
        "updateAnnouncement" => Administrators(Some(json!({"title": "Mine"}))),
        _ => return None,
    })
}

fn assert_closed(answer: &Answer) {
    // The gateway's own short body, or ours.
    assert_eq!(answer.status, 403, "{answer}");
}

#[tokio::test]
async fn other_peoples_things_are_nowhere() {
    let world = World::make().await;
    let (stranger, rival) = (Person::register().await, Person::with_role("organizer").await);
    let before = world.seen().await;
    let mut missing = Vec::new();
    for operation in Contract::get().operations() {
        let Some(rule) = rule(operation, &world) else {
            missing.push(operation.id.as_str());
            continue;
        };
        assert_fits(operation, &rule);
        match rule {
            Rule::Everybodys => {}
            Rule::Callers(body) | Rule::Visitors(body) => {
                let api = if matches!(operation.access, Access::Scoped(_)) { &rival.api } else { &stranger.api };
                let answer = world.call(operation, api, body.as_ref()).await;
                assert!(answer.status < 500, "{answer}");
                for secret in world.secrets() {
                    assert!(!answer.text.contains(&secret), "{secret} in {answer}");
                }
            }
            Rule::Buyers(body) => {
                for person in [&stranger, &rival, &world.organizer] {
                    world.call(operation, &person.api, body.as_ref()).await.refused(404, "not_found");
                }
            }
            Rule::Organizers(body) => {
                world.call(operation, &rival.api, body.as_ref()).await.refused(404, "not_found");
                assert_closed(&world.call(operation, &world.buyer.api, body.as_ref()).await);
            }
            Rule::Administrators(body) => {
                for person in [&world.organizer, &world.buyer] {
                    assert_closed(&world.call(operation, &person.api, body.as_ref()).await);
                }
            }
        }
    }
    assert_eq!(missing, Vec::<&str>::new(), "operations without a rule");
    assert_eq!(world.seen().await, before, "nobody has changed anything");
}

/// That a rule says of an operation what the contract says of it.
fn assert_fits(operation: &Operation, rule: &Rule) {
    let admits_organizers = match &operation.access {
        Access::Scoped(scopes) => scopes.iter().any(|scope| scope == "organizer"),
        _ => false,
    };
    let fits = match rule {
        Rule::Everybodys => operation.access == Access::Public,
        Rule::Callers(_) => operation.access != Access::Public && !operation.names_something(),
        Rule::Visitors(_) => operation.access == Access::LoggedIn && operation.names_something(),
        Rule::Buyers(_) => operation.access == Access::LoggedIn,
        Rule::Organizers(_) => admits_organizers,
        Rule::Administrators(_) => matches!(operation.access, Access::Scoped(_)) && !admits_organizers,
    };
    assert!(fits, "the rule of {} does not fit {:?}", operation.id, operation.access);
}

#[tokio::test]
async fn whose_they_are_reaches_them() {
    // The walk would prove nothing if the things were not there at all.
    let world = World::make().await;
    for operation in Contract::get().operations().iter().filter(|operation| operation.method == reqwest::Method::GET) {
        let person = match rule(operation, &world) {
            Some(Rule::Buyers(_)) => &world.buyer,
            Some(Rule::Organizers(_)) => &world.organizer,
            Some(Rule::Administrators(_)) => &world.admin,
            _ => continue,
        };
        let answer = world.call(operation, &person.api, None).await;
        if operation.id == "listETickets" {
            // There are none before the reservation is paid, which nobody but its buyer is told.
            answer.refused(409, "not_confirmed");
        } else {
            answer.expect(200);
        }
    }
}

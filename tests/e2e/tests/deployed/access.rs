//! Who may do what.

use e2e::api::{Answer, Api};
use e2e::contract::{Access, Contract, Operation, id_of_nothing};
use e2e::hall::Plan;
use e2e::person::{Person, id_of};
use serde_json::{Value, json};

async fn call(api: &Api, operation: &Operation) -> Answer {
    api.call(operation.method.clone(), &operation.path_with(&id_of_nothing)).json(&json!({})).await
}

fn operations(fits: impl Fn(&Access) -> bool) -> Vec<&'static Operation> {
    let all: Vec<_> = Contract::get().operations().iter().filter(|operation| fits(&operation.access)).collect();
    assert!(!all.is_empty());
    all
}

fn is_of_the_back_office(operation: &Operation) -> bool {
    ["/admin/", "/queue/admin/"].iter().any(|base| operation.path.starts_with(base))
}

#[tokio::test]
async fn whatever_is_not_public_wants_a_token() {
    let api = Api::anonymous();
    for operation in operations(|access| *access != Access::Public) {
        let answer = call(&api, operation).await;
        assert_eq!(answer.status, 401, "{answer}");
    }
}

#[tokio::test]
async fn what_is_public_wants_none() {
    let api = Api::anonymous();
    for operation in operations(|access| *access == Access::Public) {
        let answer = call(&api, operation).await;
        let is_refusal = answer.status == 403 || (answer.status == 401 && answer.code() == "");
        assert!(!is_refusal, "{answer}");
    }
}

#[tokio::test]
async fn the_back_office_is_closed_to_buyers_and_staff() {
    let people = [Person::register().await, Person::with_role("staff").await];
    for operation in operations(|access| matches!(access, Access::Scoped(_))) {
        assert!(is_of_the_back_office(operation), "{}", operation.id);
        for person in &people {
            let answer = call(&person.api, operation).await;
            assert_eq!(answer.status, 403, "{answer}");
        }
    }
    let back_office = Contract::get().operations().iter().filter(|operation| is_of_the_back_office(operation));
    assert!(back_office.into_iter().all(|operation| matches!(operation.access, Access::Scoped(_))));
}

#[tokio::test]
async fn what_is_for_administrators_is_closed_to_organizers() {
    let organizer = Person::with_role("organizer").await;
    let admin = "admin".to_owned();
    for operation in operations(|access| *access == Access::Scoped(vec![admin.clone()])) {
        let answer = call(&organizer.api, operation).await;
        assert_eq!(answer.status, 403, "{answer}");
    }
    // Accounts, announcements and keyword mappings are no organizer's business.
    for path in ["/admin/users", "/admin/announcements", "/admin/keywords"] {
        assert_eq!(organizer.api.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_role_taken_away_is_gone_with_the_next_session() {
    let organizer = Person::with_role("organizer").await;
    organizer.api.get("/admin/events").await.expect(200);
    e2e::person::give_role(&organizer.email, "buyer").await;
    let answer = organizer.log_in().await.api.get("/admin/events").await;
    assert_eq!(answer.status, 403, "{answer}");
}

#[tokio::test]
async fn other_peoples_things_are_not_there() {
    let hall = Plan::seated(1, 4).open().await;
    let (owner, other) = (Person::register().await, Person::register().await);
    let confirmed = owner.buy(&hall, &["R1-1"]).await;
    let (bought, payment) = (id_of(&confirmed), confirmed["paymentId"].as_str().unwrap().to_owned());
    let held = owner.hold(&hall, &["R1-2"]).await;

    for admin_or_not in [&other, &Person::admin().await] {
        let api = &admin_or_not.api;
        api.get(format!("/seats/reservation/{held}")).await.refused(404, "not_found");
        api.delete(format!("/seats/reservation/{held}")).await.refused(404, "not_found");
        api.get(format!("/reservations/{bought}")).await.refused(404, "not_found");
        admin_or_not.cancel(&confirmed).await.refused(404, "not_found");
        admin_or_not.pay_by_card(&held, "ok").await.refused(404, "not_found");
        api.get(format!("/payments/{payment}")).await.refused(404, "not_found");
        assert_eq!(api.all("/reservations/my", 100).await, Vec::<Value>::new());
    }
    assert_eq!(owner.reservation(&bought).await, confirmed);
    assert_eq!(owner.reservation(&held).await["status"], "PENDING");
}

#[tokio::test]
async fn other_organizers_events_are_not_there() {
    let (owner, other) = (Person::with_role("organizer").await, Person::with_role("organizer").await);
    let hall = Plan::standing(5).open_as(&owner).await;
    let (api, path) = (&other.api, format!("/admin/events/{}", hall.event));
    api.get(&path).await.refused(404, "not_found");
    api.patch(&path, &json!({"title": "Mine"})).await.refused(404, "not_found");
    api.post(format!("{path}/publish"), &json!({})).await.refused(404, "not_found");
    let performance = json!({"startsAt": e2e::hall::in_days(3)});
    api.post(format!("{path}/performances"), &performance).await.refused(404, "not_found");
    let ticket_type = json!({"eventId": hall.event, "name": "Mine", "price": 1, "quota": 1});
    api.post("/admin/ticket-types", &ticket_type).await.refused(404, "not_found");
    assert_eq!(api.all("/admin/events", 100).await, Vec::<Value>::new());
    Person::admin().await.api.get(&path).await.expect(200);
}

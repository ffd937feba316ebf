//! Pictures of events.

use e2e::api::Api;
use e2e::draft::Draft;
use e2e::hall::in_days;
use e2e::person::{Person, id_of};
use e2e::picture::{Fetched, Upload, looked_at, ready};
use e2e::wait::{SOON, eventually, when};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_poster_is_shown_where_the_event_is() {
    let organizer = Person::with_role("organizer").await;
    let (first, second) = (ready(&organizer).await, ready(&organizer).await);
    let mark = Uuid::now_v7().simple().to_string();
    let event = Draft::new(&organizer, &mark, &json!({"imageId": first["id"]})).await;
    event.performance(&in_days(9)).await;
    event.standing("일반", 1_000, 5).await;
    event.publish().await;
    let shown = async |expected: &Value| {
        assert_eq!(event.managed().await["images"], *expected);
        let public = Api::anonymous();
        eventually("it is shown", SOON, async || {
            let detail = public.get(format!("/events/{}", event.id)).await.expect(200);
            let cards = public.all(&format!("/events?q={mark}"), 10).await;
            let card = cards.first().map(|card| card["imageUrl"].clone());
            let list = expected["list"].clone();
            when(detail["images"] == *expected && card == Some(list), (detail["images"].clone(), card))
        })
        .await;
    };
    shown(&first["urls"]).await;
    assert_eq!(Fetched::from(first["urls"]["list"].as_str().unwrap()).await.jpeg().width(), 480);

    let changed = event.patch(&json!({"imageId": second["id"]})).await.expect(200);
    assert_eq!(changed["title"], mark.as_str());
    shown(&second["urls"]).await;
    event.patch(&json!({"title": mark, "venue": "다른 홀"})).await.expect(200);
    shown(&second["urls"]).await;
    event.patch(&json!({"imageId": null})).await.expect(200);
    shown(&Value::Null).await;
}

#[tokio::test]
async fn only_pictures_of_ones_own_that_can_be_shown_are_taken() {
    let (organizer, other, admin) =
        (Person::with_role("organizer").await, Person::with_role("organizer").await, Person::admin().await);
    let mine = ready(&organizer).await;
    let pending = Upload::sign(&other, "image/png").await;
    let rejected = Upload::sign(&other, "image/png").await;
    rejected.store(b"no picture").await;
    assert_eq!(looked_at(&other, &rejected.id).await["status"], "REJECTED");
    let event = Draft::new(&other, "포스터", &json!({})).await;
    let nothing = "img_01890000-0000-7000-8000-000000000000";
    for image in [id_of(&mine).as_str(), &pending.id, &rejected.id, nothing, "img_1", "poster.png"] {
        let new = json!({"title": "T", "category": "film", "venue": "V", "timeZone": "Asia/Seoul", "imageId": image});
        for answer in [other.api.post("/admin/events", &new).await, event.patch(&json!({"imageId": image})).await] {
            let problem = answer.refused(422, "validation_failed");
            assert_eq!(problem["errors"][0]["pointer"], "/imageId", "{image}");
        }
    }
    let managed = event.managed().await;
    assert_eq!((&managed["version"], &managed["images"]), (&json!(1), &Value::Null));
    // Administrators take anybody's.
    let path = event.path("");
    admin.api.patch(&path, &json!({"imageId": mine["id"]})).await.expect(200);
    assert_eq!(event.managed().await["images"], mine["urls"]);
    // What somebody else put there does not hinder other changes.
    event.patch(&json!({"title": "새 제목"})).await.expect(200);
    assert_eq!(event.managed().await["images"], mine["urls"]);
}

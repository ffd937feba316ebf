use contracts::ids::{AnnouncementId, EventId, UserId};
use jiff::{SignedDuration, Timestamp};
use kit::http::respond;
use kit::page::cursor;
use serde_json::{Value, json};

use super::driver::{Answer, Driver, Sent};
use crate::{
    create_announcement, get_announcement, get_managed_announcement, list_announcements, list_managed_announcements,
    remove_announcement, update_announcement,
};

const FOR_ADMINS: [&str; 5] = [
    "create_announcement",
    "get_managed_announcement",
    "list_managed_announcements",
    "remove_announcement",
    "update_announcement",
];

async fn send(driver: &Driver, operation: &str, sent: Sent) -> Answer {
    let (app, call) = (&driver.app, sent.into_call());
    macro_rules! dispatch {
        ($($name:ident)*) => {
            match operation {
                $(stringify!($name) => respond(stringify!($name), call, &|call| $name::handle(app, call)).await,)*
                other => panic!("no operation {other}"),
            }
        };
    }
    Answer::of(dispatch!(
        create_announcement get_announcement get_managed_announcement list_announcements list_managed_announcements
        remove_announcement update_announcement
    ))
}

fn admin() -> Sent {
    Sent { caller: Some((UserId::generate(), "admin")), ..Sent::default() }
}

fn public() -> Sent {
    Sent::default()
}

async fn created(driver: &Driver, body: &Value) -> Value {
    let answer = send(driver, "create_announcement", admin().with(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.body
}

fn titles(page: &Answer) -> Vec<&str> {
    page.body["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn written_read_edited_and_taken_back() {
    let driver = Driver::start().await;
    let first = created(&driver, &json!({"title": " 점검 안내 ", "body": "새벽 두 시"})).await;
    assert_eq!((&first["title"], &first["pinned"], &first["version"]), (&json!("점검 안내"), &json!(false), &json!(1)));
    assert_eq!(first["publishedAt"], first["updatedAt"]);
    let id = &first["id"];
    let at = |sent: Sent| sent.at("announcementId", id);

    let read = send(&driver, "get_announcement", at(public())).await;
    assert_eq!((read.status, &read.body), (200, &first));
    assert_eq!(read.headers["cache-control"], "public, max-age=1");
    let etag = read.headers["etag"].to_str().unwrap();
    assert_eq!(send(&driver, "get_announcement", at(public()).header("if-none-match", etag)).await.status, 304);

    created(&driver, &json!({"title": "pinned", "body": "b", "pinned": true})).await;
    let later = (Timestamp::now() + SignedDuration::from_hours(1)).to_string();
    let hidden = created(&driver, &json!({"title": "later", "body": "b", "visibleFrom": later})).await;
    let list = send(&driver, "list_announcements", public()).await;
    assert_eq!(titles(&list), ["pinned", "점검 안내"]);
    assert_eq!(list.headers["cache-control"], "public, max-age=1");
    let managed = send(&driver, "list_managed_announcements", admin()).await;
    assert_eq!(titles(&managed), ["pinned", "later", "점검 안내"]);
    assert_eq!(managed.headers["cache-control"], "no-store");
    let of_hidden = |sent: Sent| sent.at("announcementId", &hidden["id"]);
    assert_eq!(send(&driver, "get_announcement", of_hidden(public())).await.status, 404);
    assert_eq!(send(&driver, "get_managed_announcement", of_hidden(admin())).await.body, hidden);

    let page = send(&driver, "list_announcements", public().query("limit", "1")).await;
    let next = page.body["nextCursor"].as_str().unwrap();
    let page = send(&driver, "list_announcements", public().query("limit", "1").query("cursor", next)).await;
    assert_eq!((titles(&page), &page.body["nextCursor"]), (vec!["점검 안내"], &Value::Null));

    let patch = json!({"version": 1, "title": "점검 끝", "visibleFrom": null});
    let edited = send(&driver, "update_announcement", at(admin()).with(&patch)).await;
    assert_eq!((edited.status, &edited.body["title"], &edited.body["version"]), (200, &json!("점검 끝"), &json!(2)));
    assert_eq!(edited.body["publishedAt"], first["publishedAt"]);
    let again = send(&driver, "update_announcement", at(admin()).with(&patch)).await;
    assert_eq!((again.status, again.body), (200, edited.body), "the same request again");
    let stale = send(&driver, "update_announcement", at(admin()).with(&json!({"version": 1, "pinned": true}))).await;
    assert_eq!((stale.status, &stale.body["code"]), (409, &json!("version_conflict")));
    assert_eq!(stale.body["version"], 2);

    assert_eq!(send(&driver, "remove_announcement", at(admin())).await.status, 204);
    for (operation, sent) in
        [("remove_announcement", admin()), ("get_managed_announcement", admin()), ("get_announcement", public())]
    {
        assert_eq!(send(&driver, operation, at(sent)).await.status, 404, "{operation}");
    }
    assert_eq!(titles(&send(&driver, "list_announcements", public()).await), ["pinned"]);
}

#[tokio::test]
async fn only_admins_write() {
    let driver = Driver::start().await;
    let id = created(&driver, &json!({"title": "t", "body": "b"})).await["id"].clone();
    let body = json!({"title": "x", "body": "x"});
    for operation in FOR_ADMINS {
        let sent = || Sent::default().at("announcementId", &id).with(&body);
        assert_eq!(send(&driver, operation, sent()).await.status, 401, "{operation}");
        for scope in ["buyer", "buyer organizer", "staff", ""] {
            let sent = Sent { caller: Some((UserId::generate(), scope)), ..sent() };
            let answer = send(&driver, operation, sent).await;
            assert_eq!((answer.status, &answer.body["code"]), (403, &json!("forbidden")), "{operation} {scope}");
        }
    }
    assert_eq!(titles(&send(&driver, "list_announcements", public()).await), ["t"]);
}

#[tokio::test]
async fn whatever_is_sent_the_answer_says_what_is_wrong() {
    let driver = Driver::start().await;
    let id = created(&driver, &json!({"title": "t", "body": "b"})).await["id"].clone();
    let sound = json!({"title": "t", "body": "b", "pinned": true, "visibleFrom": "2026-01-01T00:00:00Z"});
    let refused = |answer: Answer, code: &str, what: &str| {
        assert_eq!(answer.body["code"], code, "{what}: {}", answer.body);
        assert!((400..500).contains(&answer.status), "{what}");
        assert!(answer.body.to_string().len() < 50_000, "an answer of the size of the question");
    };
    for operation in ["create_announcement", "update_announcement"] {
        let to = || admin().at("announcementId", &id);
        for field in sound.as_object().unwrap().keys() {
            for wrong in [json!({}), json!([[]]), json!(-1), json!(1.5), json!("\u{7}")] {
                let mut body = sound.clone();
                body[field] = wrong;
                let answer = send(&driver, operation, to().with(&body)).await;
                refused(answer, "validation_failed", &format!("{operation} {field} {}", body[field]));
            }
        }
        for (body, pointer) in [
            (json!({"title": "", "body": "b"}), "/title"),
            (json!({"title": "x".repeat(201), "body": "b"}), "/title"),
            (json!({"title": "t", "body": " \n "}), "/body"),
            (json!({"title": "t", "body": "가".repeat(20_001)}), "/body"),
            (json!({"title": "t", "body": "b", "visibleFrom": "1969-12-31T23:59:59Z"}), "/visibleFrom"),
            (json!({"title": "t", "body": "b", "visibleFrom": "soon"}), "/visibleFrom"),
        ] {
            let answer = send(&driver, operation, to().with(&body)).await;
            assert_eq!(answer.body["errors"][0]["pointer"], pointer, "{operation}: {}", answer.body);
        }
        refused(send(&driver, operation, to().raw("{".into())).await, "malformed_request", operation);
        let long = to().raw(format!("\"{}\"", "x".repeat(300_000)));
        refused(send(&driver, operation, long).await, "payload_too_large", operation);
    }
    for missing in ["title", "body"] {
        let mut body = sound.clone();
        body.as_object_mut().unwrap().remove(missing);
        let answer = send(&driver, "create_announcement", admin().with(&body)).await;
        refused(answer, "validation_failed", missing);
    }
    for bad in [json!(AnnouncementId::generate()), json!(EventId::generate()), json!("ann_1"), json!("좌석")] {
        for operation in ["get_announcement", "get_managed_announcement", "remove_announcement", "update_announcement"]
        {
            let sent = admin().at("announcementId", &bad).with(&sound);
            refused(send(&driver, operation, sent).await, "not_found", operation);
        }
    }
    let foreign = cursor(&json!({"newest": {"after": EventId::generate()}})).unwrap();
    for (name, value) in [("limit", "0"), ("limit", "101"), ("limit", "x"), ("cursor", "%%"), ("cursor", &foreign)] {
        for (operation, sent) in [("list_announcements", public()), ("list_managed_announcements", admin())] {
            refused(send(&driver, operation, sent.query(name, value)).await, "validation_failed", value);
        }
    }
    // A cursor that somebody made up is a place in the list like any other, and shows nothing that is not public.
    created(&driver, &json!({"title": "later", "body": "b", "visibleFrom": "9000-01-01T00:00:00Z"})).await;
    let made_up = json!({"pinned": true, "visibleFrom": "9999-01-01T00:00:00Z", "id": AnnouncementId::generate()});
    let sent = public().query("cursor", &cursor(&made_up).unwrap());
    assert_eq!(titles(&send(&driver, "list_announcements", sent).await), ["t"]);
}

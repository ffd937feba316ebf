//! Inboxes over HTTP.

use contracts::ids::{NotificationId, PushSubscriptionId, UserId};
use jiff::Timestamp;
use notifications::domain::{Notice, NoticeKind};
use notifications_functions::{list_notifications, mark_notification_read};
use serde_json::{Value, json};
use testkit::TestTable;
use uuid::Uuid;

use crate::common::{Answer, Event, refused, store};

async fn list(table: &TestTable, event: Event) -> Answer {
    let store = store(table);
    event.send(|call| list_notifications::handle(&store, call)).await
}

async fn read(table: &TestTable, user: UserId, id: &str) -> Answer {
    let store = store(table);
    Event::by(user).at("notificationId", id).send(|call| mark_notification_read::handle(&store, call)).await
}

async fn put(table: &TestTable, user: UserId, title: &str) -> NotificationId {
    let notice = Notice {
        id: NotificationId::generate(),
        kind: NoticeKind::PerformanceCancelled,
        title: title.into(),
        body: "b".into(),
        reservation_id: None,
        event_id: None,
        created_at: Timestamp::UNIX_EPOCH,
    };
    store(table).claim_mail(user, &notice, Uuid::now_v7(), notice.created_at).await.unwrap();
    notice.id
}

#[tokio::test]
async fn notices_are_paged_read_and_counted() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let (old, new) = (put(&table, user, "old").await, put(&table, user, "new").await);
    let (status, page) = list(&table, Event::by(user).query("limit=1")).await;
    assert_eq!(status, 200);
    assert_eq!(
        page["items"],
        json!([{
            "id": new, "kind": "PERFORMANCE_CANCELLED", "title": "new", "body": "b",
            "createdAt": "1970-01-01T00:00:00Z", "readAt": null,
        }])
    );
    assert_eq!(page["unread"], 2);
    let next = format!("limit=1&cursor={}", page["nextCursor"].as_str().unwrap());
    let (_, rest) = list(&table, Event::by(user).query(&next)).await;
    assert_eq!((&rest["items"][0]["id"], rest["items"].as_array().unwrap().len()), (&json!(old), 1));

    for _ in 0..2 {
        assert_eq!(read(&table, user, &old.to_string()).await, (204, Value::Null));
    }
    let (_, page) = list(&table, Event::by(user)).await;
    assert_eq!((&page["unread"], &page["nextCursor"]), (&json!(1), &Value::Null));
    assert!(page["items"][1]["readAt"].is_string() && page["items"][0]["readAt"].is_null(), "{page}");
}

#[tokio::test]
async fn what_is_not_the_callers_is_not_there() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let id = put(&table, user, "mine").await.to_string();
    refused(read(&table, UserId::generate(), &id).await, 404, "not_found", "somebody else's");
    for id in ["", "x", &PushSubscriptionId::generate().to_string(), &NotificationId::generate().to_string()] {
        refused(read(&table, user, id).await, 404, "not_found", id);
    }
    let (_, page) = list(&table, Event::by(user)).await;
    assert_eq!(page["unread"], 1);
    assert_eq!(list(&table, Event::by(UserId::generate())).await.1["items"], json!([]));
}

#[tokio::test]
async fn pages_that_are_none_and_nobody() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    for query in ["limit=0", "limit=101", "limit=x", "cursor=%25%25", "cursor=LTE", "cursor=eyJhIjoxfQ"] {
        refused(list(&table, Event::by(user).query(query)).await, 422, "validation_failed", query);
    }
    refused(list(&table, Event::anonymous()).await, 401, "unauthenticated", "list");
    let store = store(&table);
    let answer = Event::anonymous().at("notificationId", "x").send(|call| mark_notification_read::handle(&store, call));
    refused(answer.await, 401, "unauthenticated", "read");
}

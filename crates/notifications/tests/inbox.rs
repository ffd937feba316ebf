//! Inboxes: one notice an event, pages, and what was read.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

mod common;

use std::collections::BTreeSet;

use contracts::identity::Locale;
use contracts::ids::{NotificationId, UserId};
use jiff::{SignedDuration, Timestamp};
use notifications::domain::{News, Notice, NoticeKind, Showing};
use notifications::inbox::{look, mark_read};
use notifications::store::Store;
use testkit::{Faults, TestTable};
use uuid::Uuid;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_secs(seconds)
}

fn notice(news: News, locale: Locale, event_id: &str, seconds: i64) -> Notice {
    let showing = Showing::of(common::performance()).unwrap();
    Notice::compose(news, &common::reservation(), &showing, locale, event_id, at(seconds)).unwrap()
}

fn store(table: &TestTable) -> Store {
    Store::new(table.client(), table.name.clone())
}

/// By another attempt to tell of it each time, whose mail is never sent.
async fn put(store: &Store, user: UserId, notice: &Notice) {
    store.claim_mail(user, notice, Uuid::now_v7(), notice.created_at).await.unwrap();
}

#[test]
fn a_notice_says_what_happened_to_what() {
    let confirmed = notice(News::Confirmed, Locale::Ko, "rsv_1:3", 0);
    assert_eq!(confirmed.title, "예매가 완료되었습니다");
    assert_eq!(confirmed.body, "뮤지컬 〈빨래〉 · 2026년 12월 24일 (목) 19:30 KST · 자리 아트센터");
    assert_eq!(confirmed.kind, NoticeKind::ReservationConfirmed);
    assert_eq!(confirmed.reservation_id.unwrap().to_string(), common::RESERVATION);
    assert_eq!(confirmed.event_id.unwrap().to_string(), common::EVENT);
    assert_eq!((confirmed.created_at, confirmed.id.created_at()), (at(0), at(0)));
    let cancelled = notice(News::Cancelled, Locale::En, "rsv_1:5", 0);
    assert_eq!(
        (cancelled.title.as_str(), cancelled.kind),
        ("Your booking is cancelled", NoticeKind::ReservationCancelled)
    );
    let called_off = notice(News::CalledOff, Locale::En, "rsv_1:6", 0);
    assert_eq!(called_off.kind, NoticeKind::PerformanceCancelled);
    assert_eq!(BTreeSet::from([confirmed.id, cancelled.id, called_off.id]).len(), 3);
}

#[test]
fn what_organizers_write_stays_on_its_line_and_short() {
    let mut showing = Showing::of(common::performance()).unwrap();
    (showing.title, showing.venue) = ("가".repeat(300), "A\r\nB".into());
    let notice = Notice::compose(News::Confirmed, &common::reservation(), &showing, Locale::En, "e", at(0)).unwrap();
    assert!(notice.body.starts_with(&format!("{}… · Thursday", "가".repeat(79))), "{}", notice.body);
    assert!(notice.body.ends_with(" · A B"));
}

#[tokio::test]
async fn pages_are_newest_first_and_leave_nothing_out() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let store = store(&table);
    let mut ids = Vec::new();
    for number in 0..7 {
        let notice = notice(News::Confirmed, Locale::Ko, &format!("rsv_{number}:3"), number);
        put(&store, user, &notice).await;
        put(&store, UserId::generate(), &notice).await;
        ids.insert(0, notice.id);
    }
    for limit in [1, 3, 7, 100] {
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = look(&store, user, before, limit).await.unwrap();
            assert!(page.entries.len() <= limit as usize);
            assert_eq!(page.unread, 7, "the whole inbox's, on every page");
            seen.extend(page.entries.iter().map(|entry| entry.notice.id));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen, ids, "in pages of {limit}");
    }
    let nobody = look(&store, UserId::generate(), None, 20).await.unwrap();
    assert_eq!((nobody.entries.len(), nobody.next, nobody.unread), (0, None, 0));
}

#[tokio::test]
async fn what_was_read_is_read_from_the_first_time_on() {
    let (table, user) = (TestTable::start().await, UserId::generate());
    let store = store(&table);
    let (old, new) = (notice(News::Confirmed, Locale::Ko, "a:1", 0), notice(News::Cancelled, Locale::Ko, "a:2", 1));
    for notice in [&old, &new] {
        put(&store, user, notice).await;
    }
    assert!(mark_read(&store, user, old.id, at(10)).await.unwrap());
    assert!(mark_read(&store, user, old.id, at(20)).await.unwrap());
    // Told once more, it does not become unread.
    put(&store, user, &old).await;
    let page = look(&store, user, None, 20).await.unwrap();
    let times: Vec<_> = page.entries.iter().map(|entry| (entry.notice.id, entry.read_at)).collect();
    assert_eq!((times, page.unread), (vec![(new.id, None), (old.id, Some(at(10)))], 1));

    assert!(!mark_read(&store, UserId::generate(), old.id, at(10)).await.unwrap(), "somebody else's");
    assert!(!mark_read(&store, user, NotificationId::generate(), at(10)).await.unwrap(), "nobody's");
    assert_eq!(table.items().await.len(), 2, "asking for what is not there makes nothing");
}

#[tokio::test]
async fn reading_bears_every_failing_call() {
    let user = UserId::generate();
    let mut struck = 0;
    for fault in Faults::every(2) {
        let (table, faults) = (TestTable::start().await, Faults::one(fault));
        let notice = notice(News::Confirmed, Locale::Ko, "a:1", 0);
        put(&store(&table), user, &notice).await;
        let failing = Store::new(table.failing_client(&faults), table.name.clone());
        let _ = mark_read(&failing, user, notice.id, at(10)).await;
        assert!(mark_read(&store(&table), user, notice.id, at(20)).await.unwrap());
        struck += usize::from(faults.struck());
        assert_eq!(look(&store(&table), user, None, 20).await.unwrap().unread, 0);
    }
    assert_eq!(struck, 2, "one call");
}

use contracts::catalog::AnnouncementState;
use contracts::ids::AnnouncementId;
use jiff::{SignedDuration, Timestamp};
use testkit::{Faults, TestTable};

use super::fixture::{Fixture, after_hours, now};
use crate::domain::announcement::{AnnouncementPatch, Moved, NewAnnouncement};
use crate::store::Store;
use crate::{Catalog, Error};

fn new(title: &str) -> NewAnnouncement {
    NewAnnouncement { title: title.into(), body: "text".into(), pinned: false, visible_from: None }
}

async fn written(fixture: &Fixture, new: NewAnnouncement) -> AnnouncementState {
    fixture.catalog.create_announcement(AnnouncementId::generate(), new, now()).await.unwrap()
}

fn titled(title: &str, version: Option<u64>) -> AnnouncementPatch {
    AnnouncementPatch { version, title: Some(title.into()), ..AnnouncementPatch::default() }
}

/// All pages, of so many entries.
async fn walked(catalogue: &Catalog, until: Option<Timestamp>, limit: u32) -> Vec<String> {
    let (mut titles, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = catalogue.announcements(until, after, limit).await.unwrap();
        assert!(page.len() <= limit as usize);
        assert!(next.is_none() || page.len() == limit as usize, "short texts fill a page");
        titles.extend(page.into_iter().map(|announcement| announcement.title));
        after = next;
        if after.is_none() {
            return titles;
        }
    }
}

#[tokio::test]
async fn lists_have_pinned_ones_first_and_then_the_latest() {
    let fixture = Fixture::start().await;
    let from = |hours| Some(after_hours(hours));
    for (title, pinned, visible_from) in [
        ("old", false, from(-50)),
        ("older", false, from(-51)),
        ("pinned, old", true, from(-90)),
        ("now", false, None),
        ("tomorrow", false, from(24)),
        ("pinned, tomorrow", true, from(25)),
        ("pinned", true, from(-1)),
    ] {
        written(&fixture, NewAnnouncement { pinned, visible_from, ..new(title) }).await;
    }
    let public = ["pinned", "pinned, old", "now", "old", "older"];
    let all = ["pinned, tomorrow", "pinned", "pinned, old", "tomorrow", "now", "old", "older"];
    for limit in 1..=8 {
        assert_eq!(walked(&fixture.catalog, Some(now()), limit).await, public, "pages of {limit}");
        assert_eq!(walked(&fixture.catalog, None, limit).await, all, "pages of {limit}");
    }
    assert_eq!(walked(&fixture.catalog, Some(after_hours(24)), 2).await.len(), 6);
    assert!(walked(&fixture.catalog, Some(after_hours(-100)), 2).await.is_empty());
}

#[tokio::test]
async fn those_of_the_same_moment_are_listed_once_each() {
    let fixture = Fixture::start().await;
    for number in 0..25 {
        written(&fixture, new(&number.to_string())).await;
    }
    let mut titles = walked(&fixture.catalog, Some(now()), 4).await;
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 25);
}

#[tokio::test]
async fn long_texts_make_short_pages_and_lose_nothing() {
    let fixture = Fixture::start().await;
    for number in 0..40 {
        written(&fixture, NewAnnouncement { body: "가".repeat(20_000), ..new(&number.to_string()) }).await;
    }
    let (mut listed, mut after, mut pages) = (0, None, 0);
    loop {
        let (page, next) = fixture.catalog.announcements(None, after, 100).await.unwrap();
        let bytes: usize = page.iter().map(|announcement| announcement.body.len()).sum();
        assert!(bytes < 2_000_000, "an answer may have 6 MB");
        (listed, pages, after) = (listed + page.len(), pages + 1, next);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(listed, 40);
    assert!(pages > 1);
}

#[tokio::test]
async fn an_edited_one_moves_to_its_new_place() {
    let fixture = Fixture::start().await;
    let first = written(&fixture, new("first")).await;
    written(&fixture, NewAnnouncement { visible_from: Some(after_hours(1)), ..new("second") }).await;
    assert_eq!(walked(&fixture.catalog, None, 9).await, ["second", "first"]);
    let patch = AnnouncementPatch { pinned: Some(true), ..AnnouncementPatch::default() };
    let pinned = fixture.catalog.update_announcement(first.id, &patch, after_hours(2)).await.unwrap();
    assert_eq!((pinned.version, pinned.updated_at), (2, after_hours(2)));
    assert_eq!(walked(&fixture.catalog, None, 9).await, ["first", "second"]);
    let put_off = AnnouncementPatch { visible_from: Some(after_hours(9)), ..AnnouncementPatch::default() };
    fixture.catalog.update_announcement(first.id, &put_off, after_hours(2)).await.unwrap();
    assert_eq!(walked(&fixture.catalog, Some(after_hours(3)), 9).await, ["second"]);
    let early = fixture.catalog.public_announcement(first.id, after_hours(3)).await;
    assert!(matches!(early, Err(Error::NotFound)));
    assert_eq!(fixture.catalog.announcement(first.id).await.unwrap().version, 3);
    fixture.catalog.public_announcement(first.id, after_hours(9)).await.unwrap();
}

#[tokio::test]
async fn one_that_is_taken_back_is_gone_and_says_so_to_the_event_store() {
    let fixture = Fixture::start().await;
    let announcement = written(&fixture, new("gone")).await;
    fixture.catalog.remove_announcement(announcement.id, after_hours(1)).await.unwrap();
    assert!(walked(&fixture.catalog, None, 9).await.is_empty());
    let (catalogue, id) = (&fixture.catalog, announcement.id);
    assert!(matches!(catalogue.announcement(id).await, Err(Error::NotFound)));
    assert!(matches!(catalogue.public_announcement(id, after_hours(2)).await, Err(Error::NotFound)));
    assert!(matches!(catalogue.remove_announcement(id, now()).await, Err(Error::NotFound)));
    let edited = catalogue.update_announcement(id, &titled("back", None), now()).await;
    assert!(matches!(edited, Err(Error::NotFound)));
    assert!(matches!(catalogue.announcement(AnnouncementId::generate()).await, Err(Error::NotFound)));
    let announced = fixture.announced().await;
    assert_eq!(announced, [("catalog.announcement-removed.v1".to_owned(), id.to_string(), 2)]);
}

#[tokio::test]
async fn of_two_who_looked_at_the_same_version_one_wins() {
    let fixture = Fixture::start().await;
    let id = written(&fixture, new("x")).await.id;
    let (first, second) = (titled("A", Some(1)), titled("B", Some(1)));
    let (first, second) = tokio::join!(
        fixture.catalog.update_announcement(id, &first, now()),
        fixture.catalog.update_announcement(id, &second, now()),
    );
    assert!(first.is_ok() != second.is_ok());
    assert!(matches!(first.and(second), Err(Error::AnnouncementMoved(Moved { current: 2 }))));
    // Those who do not say what they have seen, all have their way in some order.
    let titles = ["C", "D", "E"].map(|title| titled(title, None));
    let [c, d, e] = titles.each_ref().map(|patch| fixture.catalog.update_announcement(id, patch, now()));
    let (c, d, e) = tokio::join!(c, d, e);
    assert_eq!([c, d, e].into_iter().filter(Result::is_ok).count(), 3);
    assert_eq!(fixture.catalog.announcement(id).await.unwrap().version, 5);
}

#[tokio::test]
async fn bad_input_is_refused_before_anything_is_written() {
    let fixture = Fixture::start().await;
    let id = AnnouncementId::generate();
    let refused = fixture.catalog.create_announcement(id, new(" "), now()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    let refused = fixture.catalog.update_announcement(id, &titled("", None), now()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))));
    assert!(fixture.table.items().await.is_empty());
}

#[tokio::test]
async fn every_change_survives_an_interruption_at_every_call() {
    let catalogue =
        |table: &TestTable, faults: &Faults| Catalog::new(Store::new(table.failing_client(faults), &table.name));
    let later = now() + SignedDuration::from_secs(1);
    for fault in Faults::every(4) {
        let fixture = Fixture::start().await;
        let id = written(&fixture, new("x")).await.id;
        let patch = titled("y", Some(1));
        let faults = Faults::one(fault);
        let first = catalogue(&fixture.table, &faults).update_announcement(id, &patch, later).await;
        assert_eq!(first.is_ok(), !faults.struck(), "{fault:?}");
        // The same request again succeeds, whether the first one did or not.
        let again = fixture.catalog.update_announcement(id, &patch, later).await.unwrap();
        assert_eq!((again.title.as_str(), again.version), ("y", 2), "{fault:?}");
        assert_eq!(walked(&fixture.catalog, None, 9).await, ["y"]);

        let faults = Faults::one(fault);
        let first = catalogue(&fixture.table, &faults).remove_announcement(id, later).await;
        assert_eq!(first.is_ok(), !faults.struck(), "{fault:?}");
        let again = fixture.catalog.remove_announcement(id, later).await;
        assert!(matches!(again, Ok(()) | Err(Error::NotFound)), "{fault:?}");
        let announced = fixture.announced().await;
        assert_eq!(announced, [("catalog.announcement-removed.v1".to_owned(), id.to_string(), 3)], "{fault:?}");
    }
}

use super::*;

fn new_event() -> NewEvent {
    NewEvent {
        title: " 봄 음악회 ".into(),
        description: String::new(),
        category: Category::Concert,
        venue: "Hall".into(),
        time_zone: "asia/seoul".into(),
        currency: DEFAULT_CURRENCY.into(),
        buyer_limit: DEFAULT_BUYER_LIMIT,
        image_id: None,
    }
}

fn draft() -> EventState {
    new_event().draft(EventId::generate(), UserId::generate())
}

#[test]
fn a_draft_is_tidied() {
    let event = draft();
    assert_eq!((event.title.as_str(), event.time_zone.as_str(), event.version), ("봄 음악회", "Asia/Seoul", 1));
    assert_eq!(event.status, EventStatus::Draft);
}

#[test]
fn each_fault_is_found() {
    type Break = fn(&mut NewEvent);
    let table: &[(&str, Break)] = &[
        ("/title", |e| e.title = "\n".into()),
        ("/title", |e| e.title = "t".repeat(201)),
        ("/description", |e| e.description = "d".repeat(10_001)),
        ("/venue", |e| e.venue.clear()),
        ("/timeZone", |e| e.time_zone = "Mars/Olympus".into()),
        ("/timeZone", |e| e.time_zone.clear()),
        ("/currency", |e| e.currency = "won".into()),
        ("/buyerLimit", |e| e.buyer_limit = 0),
        ("/buyerLimit", |e| e.buyer_limit = 51),
    ];
    for (pointer, break_it) in table {
        let mut event = new_event();
        break_it(&mut event);
        let mut checks = Checks::new();
        event.check(&mut checks);
        let document = checks.done().unwrap_err().document("/", "");
        assert_eq!(document["errors"][0]["pointer"], *pointer);
    }
}

#[test]
fn only_the_drawn_transitions_exist() {
    use EventStatus::{Cancelled, Draft, Ended, OnSale, SoldOut};
    let all = [Draft, OnSale, SoldOut, Ended, Cancelled];
    let drawn = [(OnSale, SoldOut), (SoldOut, OnSale), (OnSale, Ended), (SoldOut, Ended)];
    for from in all {
        for to in all {
            let event = EventState { status: from, ..draft() };
            let patch = EventPatch { status: Some(to), ..EventPatch::default() };
            let expected = if from == to {
                Ok(None)
            } else if drawn.contains(&(from, to)) {
                Ok(Some(EventState { status: to, version: 2, ..event.clone() }))
            } else {
                Err(PatchError::InvalidTransition { from, to })
            };
            assert_eq!(patch.apply(&event), expected);
        }
    }
}

#[test]
fn an_old_version_conflicts_unless_all_is_done_already() {
    let event = EventState { version: 3, ..draft() };
    let patch = |title: &str| EventPatch { version: Some(2), title: Some(title.into()), ..EventPatch::default() };
    assert_eq!(patch("other").apply(&event), Err(PatchError::VersionConflict { current: 3 }));
    assert_eq!(patch("봄 음악회").apply(&event), Ok(None));
    let future = EventPatch { version: Some(4), ..EventPatch::default() };
    assert_eq!(future.apply(&event), Err(PatchError::VersionConflict { current: 3 }));
    let current = EventPatch { version: Some(3), ..patch("other") };
    assert_eq!(current.apply(&event).unwrap().unwrap().version, 4);
}

#[test]
fn a_poster_is_put_up_changed_and_taken_off() {
    let (first, second) = (ImageId::generate(), ImageId::generate());
    let show = |image_id| EventPatch { image_id, ..EventPatch::default() };
    let bare = draft();
    let with = |event: &EventState, image_id| EventState { image_id, version: event.version + 1, ..event.clone() };
    let shown = with(&bare, Some(first));
    let table = [
        (&bare, None, None),
        (&bare, Some(None), None),
        (&bare, Some(Some(first)), Some(shown.clone())),
        (&shown, None, None),
        (&shown, Some(Some(first)), None),
        (&shown, Some(Some(second)), Some(with(&shown, Some(second)))),
        (&shown, Some(None), Some(with(&shown, None))),
    ];
    for (event, image_id, expected) in table {
        assert_eq!(show(image_id).apply(event), Ok(expected), "{image_id:?}");
    }
    assert_eq!(
        NewEvent { image_id: Some(first), ..new_event() }.draft(bare.id, bare.organizer_id).image_id,
        Some(first)
    );
}

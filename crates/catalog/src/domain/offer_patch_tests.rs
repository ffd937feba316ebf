use contracts::ids::EventId;

use super::super::samples::{at, draft, on_sale, ticket_type, written};
use super::super::withdrawal::{cancel_performance, unpublish};
use super::*;

fn pointers(check: impl FnOnce(&mut Checks)) -> Vec<String> {
    let mut checks = Checks::new();
    check(&mut checks);
    let Err(problem) = checks.done() else {
        return Vec::new();
    };
    let document = problem.document("/", "");
    let errors = document["errors"].as_array().unwrap();
    errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_performance_changes_until_it_starts_and_its_layout_until_it_is_sold() {
    let old = PerformanceState {
        layout_id: Some(LayoutId::generate()),
        sale_opens_at: Some(at(2)),
        sale_closes_at: Some(at(9)),
        version: 3,
        ..draft(None).performances[1].clone()
    };
    let none = PerformancePatch::default();
    let layout = LayoutId::generate();
    let starts = |version| PerformancePatch { version, starts_at: Some(at(11)), ..PerformancePatch::default() };
    let moved = Ok(Some(PerformanceState { starts_at: at(11), version: 4, ..old.clone() }));
    let relaid = PerformancePatch { layout_id: Some(layout), ..none.clone() };
    let conflict = Err(PartError::VersionConflict { current: 3 });
    let table = [
        ("nothing", &none, false, at(30), Ok(None)),
        (
            "the same",
            &PerformancePatch { starts_at: Some(at(10)), version: Some(1), ..none.clone() },
            true,
            at(1),
            Ok(None),
        ),
        ("start", &starts(None), true, at(1), moved.clone()),
        ("start, seen", &starts(Some(3)), false, at(1), moved),
        ("start, not seen", &starts(Some(2)), false, at(1), conflict.clone()),
        ("start, never seen", &starts(Some(4)), false, at(1), conflict),
        ("start of what has started", &starts(None), true, at(10), Err(PartError::Started)),
        (
            "opens at once",
            &PerformancePatch { sale_opens_at: Some(None), ..none.clone() },
            true,
            at(1),
            Ok(Some(PerformanceState { sale_opens_at: None, version: 4, ..old.clone() })),
        ),
        (
            "closes earlier",
            &PerformancePatch { sale_closes_at: Some(Some(at(8))), ..none.clone() },
            true,
            at(1),
            Ok(Some(PerformanceState { sale_closes_at: Some(at(8)), version: 4, ..old.clone() })),
        ),
        (
            "layout",
            &relaid,
            false,
            at(1),
            Ok(Some(PerformanceState { layout_id: Some(layout), version: 4, ..old.clone() })),
        ),
        ("layout of what was sold", &relaid, true, at(1), Err(PartError::AlreadyPublished)),
    ];
    for (name, patch, published, now, expected) in table {
        assert_eq!(patch.apply(&old, published, now), expected, "{name}");
    }
    let called_off = PerformanceState { cancelled: true, ..old };
    assert_eq!(starts(None).apply(&called_off, true, at(1)), Err(PartError::CalledOff));
    assert_eq!(none.apply(&called_off, true, at(1)), Ok(None));
}

#[test]
fn a_changed_performance_is_checked_whole() {
    let performance = PerformanceState { sale_opens_at: Some(at(5)), ..draft(None).performances[1].clone() };
    let none = PerformancePatch::default();
    let table = [
        (none.clone(), vec![]),
        (PerformancePatch { starts_at: Some(at(4)), ..none.clone() }, vec!["/saleOpensAt"]),
        (PerformancePatch { starts_at: Some(at(1)), ..none.clone() }, vec!["/startsAt", "/saleOpensAt"]),
        (PerformancePatch { starts_at: Some(at(4)), sale_opens_at: Some(None), ..none.clone() }, vec![]),
        (PerformancePatch { sale_closes_at: Some(Some(at(5))), ..none.clone() }, vec!["/saleOpensAt"]),
        (PerformancePatch { sale_closes_at: Some(Some(at(900_000))), ..none }, vec!["/saleClosesAt"]),
    ];
    for (patch, expected) in table {
        assert_eq!(pointers(|checks| patch.check(&performance, at(2), checks)), expected, "{patch:?}");
    }
}

#[test]
fn those_who_know_of_a_performance_hear_of_its_change() {
    let (on_sale, _) = on_sale();
    let off = written(on_sale.clone(), &unpublish(&on_sale).unwrap());
    let fresh = draft(None);
    for (programme, event_type) in [
        (&fresh, EventType::PerformanceChanged),
        (&on_sale, EventType::PerformancePublished),
        (&off, EventType::PerformanceWithdrawn),
    ] {
        let old = &programme.performances[1];
        let next = PerformanceState { starts_at: at(11), version: old.version + 1, ..old.clone() };
        let changes = change_performance(programme, next.clone());
        assert_eq!(changes.performances[0].event_type, event_type);
        let after = written(programme.clone(), &changes);
        assert_eq!(after.last_terms(&next), programme.last_terms(old), "its terms are the old ones");
    }
}

#[test]
fn only_what_nobody_can_have_bought_is_taken_back() {
    let (on_sale, _) = on_sale();
    let off = written(on_sale.clone(), &unpublish(&on_sale).unwrap());
    let called_off = on_sale.performances[0].id;
    let partly = written(on_sale.clone(), &cancel_performance(&on_sale, called_off, at(1)).unwrap().unwrap());
    for (programme, removable) in [(&draft(None), true), (&on_sale, false), (&off, false), (&partly, false)] {
        for performance in &programme.performances {
            let removed = remove_performance(programme, performance.id);
            assert_eq!(removed.is_ok(), removable, "{removed:?}");
        }
        let removed = remove_ticket_type(programme, programme.ticket_types[0].id);
        assert_eq!(removed.is_ok(), removable, "{removed:?}");
        if let Ok(removed) = removed {
            assert!(written(programme.clone(), &removed.unwrap()).ticket_types.is_empty());
            let one = remove_performance(programme, programme.performances[0].id).unwrap().unwrap();
            assert_eq!(one.performances[0].event_type, EventType::PerformanceRemoved);
            assert_eq!(written(programme.clone(), &one).performances, programme.performances[1..]);
        }
        assert_eq!(remove_performance(programme, PerformanceId::generate()), Ok(None));
        assert_eq!(remove_ticket_type(programme, TicketTypeId::generate()), Ok(None));
    }
    let mut later = on_sale;
    later.ticket_types.push(ticket_type(later.event.id, 1, &["B"]));
    assert!(remove_ticket_type(&later, later.ticket_types[1].id).is_ok(), "added since, and not published");
}

#[test]
fn seated_stays_seated_and_counted_stays_counted() {
    let seated = ticket_type(EventId::generate(), 100, &["A", "B"]);
    let counted = ticket_type(EventId::generate(), 100, &[]);
    let none = TicketTypePatch::default();
    let sections = TicketTypePatch { section_ids: Some(vec!["C".into()]), ..none.clone() };
    let quota = TicketTypePatch { quota: Some(20), ..none.clone() };
    let table = [
        (&seated, none.clone(), vec![]),
        (&seated, sections.clone(), vec![]),
        (&seated, quota.clone(), vec!["/quota"]),
        (&counted, quota, vec![]),
        (&counted, sections, vec!["/sectionIds"]),
        (&counted, TicketTypePatch { quota: Some(0), ..none.clone() }, vec!["/quota"]),
        (&seated, TicketTypePatch { section_ids: Some(vec![]), ..none.clone() }, vec!["/sectionIds"]),
        (
            &seated,
            TicketTypePatch { section_ids: Some(vec!["A".into(), "A".into()]), ..none.clone() },
            vec!["/sectionIds/1"],
        ),
        (&seated, TicketTypePatch { name: Some(" ".into()), price: Some(-1), ..none }, vec!["/name", "/price"]),
    ];
    for (ticket_type, patch, expected) in table {
        assert_eq!(pointers(|checks| patch.check(ticket_type, checks)), expected, "{patch:?}");
    }
}

#[test]
fn a_ticket_type_changes_by_versions() {
    let old = TicketTypeState { version: 2, ..ticket_type(EventId::generate(), 100, &["A"]) };
    let price = |version| TicketTypePatch { version, price: Some(90), ..TicketTypePatch::default() };
    let cheaper = TicketTypeState { price: 90, version: 3, ..old.clone() };
    let conflict = Err(PartError::VersionConflict { current: 2 });
    let table = [
        (TicketTypePatch::default(), Ok(None)),
        (
            TicketTypePatch { version: Some(1), price: Some(100), name: Some(" R ".into()), ..Default::default() },
            Ok(None),
        ),
        (price(None), Ok(Some(cheaper.clone()))),
        (price(Some(2)), Ok(Some(cheaper))),
        (price(Some(1)), conflict.clone()),
        (price(Some(3)), conflict),
        (
            TicketTypePatch { section_ids: Some(vec!["B".into()]), ..Default::default() },
            Ok(Some(TicketTypeState { section_ids: vec!["B".into()], version: 3, ..old.clone() })),
        ),
    ];
    for (patch, expected) in table {
        assert_eq!(patch.apply(&old), expected, "{patch:?}");
    }
    let counted = ticket_type(EventId::generate(), 100, &[]);
    let more = TicketTypePatch { quota: Some(25), ..Default::default() }.apply(&counted).unwrap().unwrap();
    assert_eq!((more.quota, more.version, more.section_ids.len()), (Some(25), 2, 0));
}

//! What a performance and a ticket type may be.

use std::collections::{BTreeSet, HashSet};

use contracts::catalog::{PerformanceState, TicketTypeState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId};
use jiff::{SignedDuration, Timestamp};
use kit::validate::Checks;

/// Most performances that one event may have.
pub const MAX_PERFORMANCES: usize = 200;

/// Most ticket types that one event may have.
pub const MAX_TICKET_TYPES: usize = 50;

/// Most sections that one ticket type may cover.
pub const MAX_SECTIONS: usize = 200;

/// The highest price, in the currency's minor unit.
pub const MAX_PRICE: i64 = 100_000_000;

/// Most tickets of one general admission type per performance.
pub const MAX_QUOTA: i64 = 100_000;

/// How far ahead a performance may be planned.
const HORIZON: SignedDuration = SignedDuration::from_hours(24 * 365 * 10);

/// What an organizer says of a new performance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerformance {
    /// When it starts.
    pub starts_at: Timestamp,
    /// Its geometry; absent for general admission alone.
    pub layout_id: Option<LayoutId>,
    /// No hold before this.
    pub sale_opens_at: Option<Timestamp>,
    /// No hold from this on; the start when absent.
    pub sale_closes_at: Option<Timestamp>,
}

impl NewPerformance {
    /// Notes everything wrong with it at this moment.
    pub fn check(&self, now: Timestamp, checks: &mut Checks) {
        checks.ensure(self.starts_at > now, "/startsAt", "must be in the future");
        for (pointer, time) in [
            ("/startsAt", Some(self.starts_at)),
            ("/saleOpensAt", self.sale_opens_at),
            ("/saleClosesAt", self.sale_closes_at),
        ] {
            let near = time.is_none_or(|time| time.duration_since(now).abs() < HORIZON);
            checks.ensure(near, pointer, "must be within ten years");
        }
        let closes_at = self.sale_closes_at.unwrap_or(self.starts_at);
        let opens_first = self.sale_opens_at.is_none_or(|opens_at| opens_at < closes_at);
        checks.ensure(opens_first, "/saleOpensAt", "must be before the sale closes");
    }

    /// The performance, not yet on sale. Its start is kept to the second.
    #[must_use]
    pub fn performance(self, id: PerformanceId, event_id: EventId) -> PerformanceState {
        PerformanceState {
            id,
            version: 1,
            event_id,
            starts_at: Timestamp::from_second(self.starts_at.as_second()).unwrap_or(self.starts_at),
            layout_id: self.layout_id,
            sale_opens_at: self.sale_opens_at,
            sale_closes_at: self.sale_closes_at,
            terms: None,
            cancelled: false,
            removed: false,
        }
    }
}

/// What an organizer says of a new ticket type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTicketType {
    /// Of which event.
    pub event_id: EventId,
    /// Its name.
    pub name: String,
    /// Price of one ticket in the currency's minor unit, 0 to [`MAX_PRICE`].
    pub price: i64,
    /// The sections sold under it, when seated.
    pub section_ids: Option<Vec<String>>,
    /// Tickets per performance, 1 to [`MAX_QUOTA`], when general admission.
    pub quota: Option<i64>,
}

impl NewTicketType {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        checks.text("/name", &self.name, 1..=80);
        checks.number("/price", self.price, 0..=MAX_PRICE);
        let one_of_two = self.section_ids.is_some() != self.quota.is_some();
        checks.ensure(one_of_two, "/sectionIds", "must be given, or a quota, but not both");
        if let Some(quota) = self.quota {
            checks.number("/quota", quota, 1..=MAX_QUOTA);
        }
        let Some(sections) = &self.section_ids else {
            return;
        };
        checks.ensure(
            (1..=MAX_SECTIONS).contains(&sections.len()),
            "/sectionIds",
            format!("must have 1 to {MAX_SECTIONS} entries"),
        );
        let mut seen = HashSet::new();
        for (index, section) in sections.iter().enumerate() {
            let pointer = format!("/sectionIds/{index}");
            checks.slug(pointer.clone(), section);
            checks.ensure(seen.insert(section), pointer, "is named twice");
        }
    }

    /// The ticket type; the input must have passed its [check](Self::check).
    #[must_use]
    pub fn ticket_type(self, id: TicketTypeId) -> TicketTypeState {
        TicketTypeState {
            id,
            version: 1,
            event_id: self.event_id,
            name: self.name.trim().to_owned(),
            price: self.price,
            section_ids: self.section_ids.unwrap_or_default(),
            quota: self.quota.and_then(|quota| u32::try_from(quota).ok()),
            removed: false,
        }
    }
}

/// The sections of `wanted` that another ticket type sells already, in order.
#[must_use]
pub fn taken_sections(existing: &[TicketTypeState], wanted: &TicketTypeState) -> Vec<String> {
    let others = existing.iter().filter(|ticket_type| ticket_type.id != wanted.id);
    let taken: BTreeSet<_> = others.flat_map(|ticket_type| &ticket_type.section_ids).collect();
    wanted.section_ids.iter().filter(|section| taken.contains(section)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pointers(mut checks: Checks) -> Vec<String> {
        let Err(problem) = checks.done() else {
            return Vec::new();
        };
        let document = problem.document("/", "");
        let errors = document["errors"].as_array().unwrap();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn performances_are_checked_against_the_clock() {
        let now: Timestamp = "2026-03-01T10:00:00Z".parse().unwrap();
        let hours = |hours: i64| now + SignedDuration::from_hours(hours);
        let sound = NewPerformance {
            starts_at: hours(48),
            layout_id: None,
            sale_opens_at: Some(hours(1)),
            sale_closes_at: Some(hours(47)),
        };
        let table = [
            (sound.clone(), vec![]),
            (NewPerformance { starts_at: now, ..sound.clone() }, vec!["/startsAt"]),
            (NewPerformance { starts_at: hours(200_000), ..sound.clone() }, vec!["/startsAt"]),
            (NewPerformance { sale_opens_at: Some(hours(47)), ..sound.clone() }, vec!["/saleOpensAt"]),
            (
                NewPerformance { sale_opens_at: Some(hours(48)), sale_closes_at: None, ..sound.clone() },
                vec!["/saleOpensAt"],
            ),
            (NewPerformance { sale_opens_at: None, sale_closes_at: None, ..sound }, vec![]),
        ];
        for (performance, expected) in table {
            let mut checks = Checks::new();
            performance.check(now, &mut checks);
            assert_eq!(pointers(checks), expected, "{performance:?}");
        }
    }

    #[test]
    fn a_section_is_taken_by_others_only() {
        let sold = |sections: &[&str]| TicketTypeState {
            section_ids: sections.iter().map(|&section| section.to_owned()).collect(),
            ..NewTicketType {
                event_id: EventId::generate(),
                name: "R".into(),
                price: 0,
                section_ids: None,
                quota: None,
            }
            .ticket_type(TicketTypeId::generate())
        };
        let (first, second) = (sold(&["A", "B"]), sold(&["C"]));
        let existing = [first.clone(), second];
        assert_eq!(taken_sections(&existing, &sold(&["D", "C", "A"])), ["C", "A"]);
        assert!(taken_sections(&existing, &first).is_empty());
        assert_eq!(
            taken_sections(&existing, &TicketTypeState { section_ids: vec!["A".into(), "C".into()], ..first }),
            ["C"]
        );
    }

    #[test]
    fn ticket_types_are_seated_or_counted() {
        let sound = NewTicketType {
            event_id: EventId::generate(),
            name: "R".into(),
            price: 0,
            section_ids: Some(vec!["A".into(), "B".into()]),
            quota: None,
        };
        let counted = NewTicketType { section_ids: None, quota: Some(100_000), ..sound.clone() };
        let table = [
            (sound.clone(), vec![]),
            (counted.clone(), vec![]),
            (NewTicketType { name: String::new(), price: -1, ..sound.clone() }, vec!["/name", "/price"]),
            (NewTicketType { price: MAX_PRICE + 1, ..sound.clone() }, vec!["/price"]),
            (NewTicketType { quota: Some(1), ..sound.clone() }, vec!["/sectionIds"]),
            (NewTicketType { section_ids: None, ..sound.clone() }, vec!["/sectionIds"]),
            (NewTicketType { section_ids: Some(vec![]), ..sound.clone() }, vec!["/sectionIds"]),
            (NewTicketType { section_ids: Some(vec!["A".into(), "A".into()]), ..sound.clone() }, vec!["/sectionIds/1"]),
            (NewTicketType { section_ids: Some(vec!["#".into()]), ..sound }, vec!["/sectionIds/0"]),
            (NewTicketType { quota: Some(0), ..counted.clone() }, vec!["/quota"]),
            (NewTicketType { quota: Some(100_001), ..counted }, vec!["/quota"]),
        ];
        for (ticket_type, expected) in table {
            let mut checks = Checks::new();
            ticket_type.check(&mut checks);
            assert_eq!(pointers(checks), expected, "{ticket_type:?}");
        }
    }
}

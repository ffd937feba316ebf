//! Performances that sold out, and the fastest of them in each window.

use std::collections::{BTreeMap, BTreeSet};

use contracts::ids::PerformanceId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::window::Window;

/// That and how fast a performance sold out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldOut {
    /// When its last tickets were sold.
    pub at: Timestamp,
    /// The calendar day of that, in the time zone of the rankings.
    pub day: Date,
    /// How long that took, from when it went on sale.
    pub seconds: u64,
}

/// The performances of one event that are sold out.
pub type SoldOuts = BTreeMap<PerformanceId, SoldOut>;

/// Performances that sold out otherwise than before, or no longer are sold out.
pub type SoldOutChanges = BTreeMap<PerformanceId, Option<SoldOut>>;

/// A performance and how fast it sold out.
pub type Fastest = (PerformanceId, SoldOut);

/// Which performance of the event sold out fastest, of those that did in this window; of two, the one whose id is
/// smaller.
#[must_use]
pub fn fastest(sold_outs: &SoldOuts, window: Window) -> Option<Fastest> {
    let within = sold_outs.iter().filter(|(_, sold_out)| window.contains(sold_out.day));
    within.min_by_key(|(id, sold_out)| (sold_out.seconds, **id)).map(|(id, sold_out)| (*id, *sold_out))
}

/// The windows whose fastest performance is another one, or has another time, after some changes: with the new one, if
/// there still is one.
#[must_use]
pub fn changed_boards(before: &SoldOuts, changes: &SoldOutChanges) -> BTreeMap<Window, Option<Fastest>> {
    let mut after = before.clone();
    let mut windows = BTreeSet::new();
    for (id, new) in changes {
        let old = after.remove(id);
        after.extend(new.map(|new| (*id, new)));
        windows.extend(old.iter().chain(new).flat_map(|sold_out| Window::around(sold_out.day)));
    }
    let changed = windows.into_iter().filter_map(|window| {
        let new = fastest(&after, window);
        (fastest(before, window) != new).then_some((window, new))
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> PerformanceId {
        PerformanceId::from_uuid(Uuid::from_u128(number))
    }

    fn sold_out(day: i8, seconds: u64) -> SoldOut {
        SoldOut { at: Timestamp::UNIX_EPOCH, day: date(2026, 12, day), seconds }
    }

    #[test]
    fn the_fastest_of_each_window_and_of_two_equal_ones_the_first() {
        let all = SoldOuts::from([
            (id(1), sold_out(7, 50)),
            (id(2), sold_out(8, 40)),
            (id(3), sold_out(8, 40)),
            (id(4), sold_out(14, 10)),
        ]);
        let winner = |window| fastest(&all, window).map(|(id, _)| id.uuid().as_u128());
        assert_eq!(winner(Window::Day(date(2026, 12, 7))), Some(1));
        assert_eq!(winner(Window::Day(date(2026, 12, 8))), Some(2));
        assert_eq!(winner(Window::Week(2026, 50)), Some(2));
        assert_eq!(winner(Window::Week(2026, 51)), Some(4));
        assert_eq!(winner(Window::Week(2026, 52)), None);
        assert_eq!(winner(Window::All), Some(4));
    }

    fn any_sold_outs() -> impl Strategy<Value = SoldOuts> {
        prop::collection::btree_map(
            (1_u128..6).prop_map(id),
            (1_i8..29, 0_u64..5).prop_map(|(d, s)| sold_out(d, s)),
            0..6,
        )
    }

    proptest! {
        #[test]
        fn boards_kept_up_by_their_changes_are_the_boards(steps in prop::collection::vec(any_sold_outs(), 1..6)) {
            let mut boards = BTreeMap::new();
            let mut before = SoldOuts::new();
            for after in steps {
                let ids = before.keys().chain(after.keys());
                let changes = ids.map(|id| (*id, after.get(id).copied())).collect();
                for (window, entry) in changed_boards(&before, &changes) {
                    prop_assert_ne!(boards.get(&window).copied(), entry, "a change that is none");
                    match entry {
                        Some(entry) => boards.insert(window, entry),
                        None => boards.remove(&window),
                    };
                }
                before = after;
            }
            let windows = before.values().flat_map(|sold_out| Window::around(sold_out.day));
            let expected: BTreeMap<_, _> =
                windows.filter_map(|window| Some((window, fastest(&before, window)?))).collect();
            prop_assert_eq!(boards, expected);
        }
    }
}

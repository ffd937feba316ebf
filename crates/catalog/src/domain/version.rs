//! When a change is refused because its sender looked at something else.

/// Whether somebody who looked at version `seen` of something may not change it while it is at `current`.
///
/// An old version is no conflict when nothing is left to change: the same request, sent twice, succeeds twice. A version
/// that is yet to come was never seen, whatever is asked for.
#[must_use]
pub const fn conflicts(seen: Option<u64>, current: u64, changes: bool) -> bool {
    match seen {
        Some(seen) => seen > current || (changes && seen < current),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_conflict_with_changes_and_future_ones_always() {
        let table = [
            (None, true, false),
            (None, false, false),
            (Some(3), true, false),
            (Some(3), false, false),
            (Some(2), true, true),
            (Some(2), false, false),
            (Some(4), true, true),
            (Some(4), false, true),
        ];
        for (seen, changes, expected) in table {
            assert_eq!(conflicts(seen, 3, changes), expected, "{seen:?} {changes}");
        }
    }
}

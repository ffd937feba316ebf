//! Which seats the others have chosen, without holding them.

use std::collections::BTreeMap;

use super::room::Member;

/// How many seats a message names at most: beyond that the map is full of choices, and the message would be long.
pub const MOST_NAMED: usize = 300;

/// The choices of everybody in a room.
#[derive(Debug, Default)]
pub struct Choices<'a> {
    /// By how many each seat was chosen.
    by_seat: BTreeMap<&'a str, usize>,
}

impl<'a> Choices<'a> {
    /// Of these people.
    #[must_use]
    pub fn of(members: &'a [Member]) -> Self {
        let mut by_seat = BTreeMap::new();
        for seat in members.iter().flat_map(|member| &member.chosen) {
            *by_seat.entry(seat.as_str()).or_default() += 1;
        }
        Self { by_seat }
    }

    /// What others than this member have chosen, in the order of the names; the first [`MOST_NAMED`] of them.
    #[must_use]
    pub fn seen_by(&self, member: &Member) -> Vec<String> {
        let own = |seat: &str| member.chosen.iter().filter(|chosen| *chosen == seat).count();
        let others = self.by_seat.iter().filter(|(seat, count)| **count > own(seat));
        others.map(|(seat, _)| (*seat).to_owned()).take(MOST_NAMED).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn member(name: usize, chosen: &[u8]) -> Member {
        let chosen = chosen.iter().map(|seat| format!("s-{seat}")).collect();
        Member { chosen, ..Member::new(name.to_string(), 0) }
    }

    proptest! {
        #[test]
        fn everybody_sees_what_somebody_else_has_chosen(
            room in prop::collection::vec(prop::collection::btree_set(0_u8..12, 0..8), 1..20)
        ) {
            let members: Vec<_> = room
                .iter()
                .enumerate()
                .map(|(name, chosen)| member(name, &chosen.iter().copied().collect::<Vec<_>>()))
                .collect();
            let choices = Choices::of(&members);
            for me in &members {
                let others = members.iter().filter(|other| other.connection != me.connection);
                let mut expected: Vec<_> = others.flat_map(|other| other.chosen.clone()).collect();
                expected.sort_unstable();
                expected.dedup();
                prop_assert_eq!(choices.seen_by(me), expected);
            }
        }
    }

    #[test]
    fn a_message_names_only_so_many() {
        let members: Vec<_> = (0..250).map(|n| member(n, &[])).collect();
        let mut members = members;
        for (n, member) in members.iter_mut().enumerate() {
            member.chosen = vec![format!("a-{n}"), format!("b-{n}")];
        }
        let onlooker = Member::new("me".into(), 0);
        assert_eq!(Choices::of(&members).seen_by(&onlooker).len(), MOST_NAMED);
    }
}

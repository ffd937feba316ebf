//! Who of those that wait is next, and who is told where they stand.

use contracts::waiting_room::Standing;
use jiff::Timestamp;

use super::news::QueueNews;
use super::room::{Member, RoomState, Waiting};

/// How many the waiting room is asked to admit in one round: a round is a second, and the room must be told within it.
pub const MOST_ASKED: usize = 25;

/// Somebody who waits.
#[derive(Debug, Clone, Copy)]
pub struct Waiter<'a> {
    /// Who.
    pub member: &'a Member,
    /// With which ticket.
    pub waiting: &'a Waiting,
}

/// What is to be done in one round of a queue.
#[derive(Debug, Default)]
pub struct Round<'a> {
    /// Those to ask the waiting room about, the first of them first.
    pub asked: Vec<Waiter<'a>>,
    /// Those to be told where they stand.
    pub told: Vec<(Waiter<'a>, Standing)>,
}

/// The round of these members after this news.
///
/// Asked about are those whose place has been reached and, with what is left of [`MOST_ASKED`], those whose ticket says no
/// place yet: once the sale is open the waiting room gives them one that does. Told are those who stand elsewhere than
/// when the room was last spoken to, which nobody has to remember for them: it follows from `before`. `again`: the round
/// was begun before and may have told nobody, so everybody is told.
#[must_use]
pub fn round<'a>(members: &'a [Member], news: QueueNews, before: &RoomState, now: Timestamp, again: bool) -> Round<'a> {
    // Tickets of another era are void, or the news is old.
    let of_this_era = |waiter: &Waiter<'_>| waiter.waiting.era == news.era;
    let waiters = members.iter().filter_map(|member| Some(Waiter { member, waiting: member.waiting.as_ref()? }));
    let mut placed: Vec<(u64, Waiter<'a>)> = Vec::new();
    let mut unplaced = Vec::new();
    for waiter in waiters.filter(of_this_era) {
        match waiter.waiting.place {
            Some(place) => placed.push((place, waiter)),
            None => unplaced.push(waiter),
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    let serving = news.pointer.serving(now);
    let reached = placed.iter().take_while(|(place, _)| *place < serving).map(|(_, waiter)| *waiter);
    let asked: Vec<_> = reached.chain(unplaced).take(MOST_ASKED).collect();

    let told_at = Timestamp::from_millisecond(before.spoken_at).unwrap_or(Timestamp::UNIX_EPOCH);
    let told = placed.into_iter().filter_map(|(place, waiter)| {
        let standing = news.pointer.standing(place, now);
        let stood = waiter.waiting.standing(before, told_at).map(|standing| standing.position);
        (again || stood != Some(standing.position)).then_some((waiter, standing))
    });
    Round { asked, told: told.collect() }
}

#[cfg(test)]
mod tests {
    use contracts::ids::UserId;
    use contracts::waiting_room::Pointer;

    use super::*;

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millisecond(milliseconds).unwrap()
    }

    fn member(name: &str, era: u32, place: Option<u64>) -> Member {
        let waiting = Waiting { user: UserId::generate(), ticket: format!("ticket of {name}"), era, place };
        Member { waiting: Some(waiting), ..Member::new(name.into(), 0) }
    }

    fn pointer(base: u64, at: i64) -> Pointer {
        Pointer { base, rate_per_second: 0.0, limit: base, at, pace: 2.0 }
    }

    fn names(round: &Round<'_>) -> (Vec<String>, Vec<(String, u64)>) {
        let asked = round.asked.iter().map(|waiter| waiter.member.connection.clone()).collect();
        let told =
            round.told.iter().map(|(waiter, standing)| (waiter.member.connection.clone(), standing.position)).collect();
        (asked, told)
    }

    #[test]
    fn the_first_in_line_are_asked_about_and_those_behind_told() {
        let members = [
            member("last", 1, Some(9)),
            member("second", 1, Some(4)),
            member("first", 1, Some(3)),
            member("x", 1, None),
        ];
        let before = RoomState {
            spoken_at: 1_000,
            queue: Some(QueueNews { era: 1, pointer: pointer(3, 1_000) }),
            ..RoomState::default()
        };
        let news = QueueNews { era: 1, pointer: pointer(5, 2_000) };
        let (asked, told) = names(&round(&members, news, &before, at(2_000), false));
        assert_eq!(asked, ["first", "second", "x"]);
        assert_eq!(told, [("first".into(), 0), ("second".into(), 0), ("last".into(), 5)]);
    }

    #[test]
    fn whoever_stands_where_they_stood_is_left_alone_unless_nobody_knows_what_was_told() {
        let members = [member("a", 1, Some(7)), member("b", 1, Some(8))];
        let before = RoomState {
            spoken_at: 1_000,
            queue: Some(QueueNews { era: 1, pointer: pointer(5, 1_000) }),
            ..RoomState::default()
        };
        let news = QueueNews { era: 1, pointer: pointer(5, 2_000) };
        assert!(round(&members, news, &before, at(2_000), false).told.is_empty());
        assert_eq!(round(&members, news, &before, at(2_000), true).told.len(), 2);
        assert_eq!(round(&members, news, &RoomState::default(), at(2_000), false).told.len(), 2);
        let other_era = RoomState { queue: Some(QueueNews { era: 0, pointer: pointer(5, 1_000) }), ..before };
        assert_eq!(round(&members, news, &other_era, at(2_000), false).told.len(), 2);
    }

    #[test]
    fn tickets_of_another_era_take_no_part() {
        let members = [member("old", 1, Some(0)), member("new", 2, Some(0)), Member::new("onlooker".into(), 0)];
        let news = QueueNews { era: 2, pointer: pointer(1, 0) };
        assert_eq!(names(&round(&members, news, &RoomState::default(), at(0), false)).0, ["new"]);
    }

    #[test]
    fn a_round_asks_about_so_many_and_in_order() {
        let members: Vec<_> = (0..100).rev().map(|place| member(&place.to_string(), 1, Some(place))).collect();
        let news = QueueNews { era: 1, pointer: pointer(100, 0) };
        let (asked, told) = names(&round(&members, news, &RoomState::default(), at(0), false));
        assert_eq!(asked, (0..25).map(|place| place.to_string()).collect::<Vec<_>>());
        assert_eq!(told.len(), 100);
    }
}

//! Many people at once.

use contracts::ids::UserId;
use contracts::waiting_room::EntryAnswer;
use futures_util::future::join_all;
use testkit::Faults;

use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn five_hundred_at_once_fill_the_sale_and_never_more() {
    let mut world = World::open(100).await;
    let answers = join_all((0..500).map(|_| world.check(UserId::generate(), None))).await;
    let admitted = answers.iter().filter(|answer| matches!(answer, Ok(EntryAnswer::Admitted(_)))).count();
    assert!(answers.iter().all(Result::is_ok));
    assert!(admitted <= 100, "{admitted}");
    assert_eq!(world.occupied().await, (admitted as u64, admitted));

    // The others wait; those who found the gates crowded fill what is left, in the order of their numbers.
    let tickets: Vec<_> = answers
        .into_iter()
        .filter_map(|answer| if let Ok(EntryAnswer::Waiting(wait)) = answer { wait.ticket } else { None })
        .collect();
    assert_eq!(tickets.len(), 500 - admitted);
    world.later(1);
    world.rounds(3).await;
    let polls = join_all(tickets.iter().map(|ticket| {
        let user = owner(ticket);
        let world = &world;
        async move { world.check(user, Some(ticket)).await }
    }))
    .await;
    let more = polls.iter().filter(|answer| matches!(answer, Ok(EntryAnswer::Admitted(_)))).count();
    assert_eq!(admitted + more, 100);
    assert_eq!(world.occupied().await, (100, 100));
}

#[tokio::test]
async fn waiting_costs_no_write_and_one_query_a_second() {
    let mut world = World::open(1).await;
    world.enters(UserId::generate(), None).await;
    let mut waiting = Vec::new();
    for _ in 0..1_000 {
        let user = UserId::generate();
        let EntryAnswer::Waiting(wait) = world.poll(user, None).await.unwrap() else { panic!("admitted") };
        waiting.push((user, wait.ticket.unwrap()));
    }
    world.round().await;
    world.later(1);

    let before = world.table.items().await.len();
    let faults = Faults::none();
    let desk = world.desk_with(&faults);
    for second in 1..=3 {
        for (user, ticket) in &waiting {
            let answer = desk.check(world.request(*user, Some(ticket)), world.now).await.unwrap();
            assert!(matches!(answer, EntryAnswer::Waiting(_)));
        }
        assert_eq!(faults.calls(), second, "one query a second for a thousand people");
        world.later(1);
    }
    assert_eq!(world.table.items().await.len(), before);
}

#[tokio::test]
async fn numbers_are_taken_in_runs_when_many_come() {
    let mut world = World::open(1).await;
    world.enters(UserId::generate(), None).await;
    let faults = Faults::none();
    let desk = world.desk_with(&faults);
    let mut places = Vec::new();
    for _ in 0..300 {
        match desk.check(world.request(UserId::generate(), None), world.now).await.unwrap() {
            EntryAnswer::Waiting(wait) => places.push(wait.place.unwrap()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(places, (0..300).collect::<Vec<_>>(), "first come, first served");
    // One query, one try of the gate, for which the rest are not sent against it; for each who comes a look for their
    // admission; and few writes for the numbers: runs of 1, 2, 4, 8, 16, 32, then 50.
    assert_eq!(faults.calls(), 1 + 1 + 300 + 11);

    // A run is not good for long: somebody who comes later does not get an early number.
    world.later(3);
    world.round().await;
    let next = world.waits(UserId::generate(), None).await.place.unwrap();
    let late = match desk.check(world.request(UserId::generate(), None), world.now).await.unwrap() {
        EntryAnswer::Waiting(wait) => wait.place.unwrap(),
        other => panic!("{other:?}"),
    };
    assert!(late > next && next >= 300, "{late} {next}");
}

fn owner(ticket: &str) -> UserId {
    use kit::signed::Secret;
    let secret = Secret::new(crate::world::TICKETS, None).unwrap();
    let claims: contracts::waiting_room::TicketClaims =
        secret.verify(ticket, contracts::waiting_room::TICKET_AUDIENCE, jiff::Timestamp::UNIX_EPOCH).unwrap();
    claims.sub
}

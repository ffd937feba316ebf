//! The function that operators invoke until it is done.

use std::cell::Cell;
use std::time::Duration;

use insights_functions::replay_events::{Request, STEP, handle, until};
use serde_json::{Value, json};

use crate::world::{World, confirmed, on_sale, published};

const AT: &str = "2026-11-20T10:00:30Z";

/// What `make replay` does: invokes with the cursor of the last answer until there is none; each time there is time for
/// so many steps.
async fn replay(world: &World, steps: u32) -> (Value, usize) {
    let mut payload = json!({});
    for invocations in 1..100 {
        let request: Request = serde_json::from_value(payload).unwrap();
        let left = Cell::new(steps);
        let time_left = || {
            left.set(left.get().saturating_sub(1));
            if left.get() > 0 { STEP } else { Duration::ZERO }
        };
        let answer = serde_json::to_value(handle(&world.replay(), request, time_left).await.unwrap()).unwrap();
        if answer["done"] == true {
            assert!(answer["cursor"].is_null());
            return (answer, invocations);
        }
        payload = json!({"cursor": answer["cursor"]});
    }
    panic!("never done");
}

#[tokio::test]
async fn it_goes_on_where_it_stopped() {
    let world = World::start().await;
    let history = [published(), on_sale(4, AT), confirmed(1, AT), confirmed(2, AT)];
    world.keep(&history).await;
    world.deliver(&history).await;
    let all_at_once = replay(&world, 1_000).await;
    let bit_by_bit = replay(&world, 2).await;
    assert!(all_at_once.1 == 1 && bit_by_bit.1 > 2, "{} {}", all_at_once.1, bit_by_bit.1);
    for (answer, generation) in [(all_at_once.0, 2), (bit_by_bit.0, 3)] {
        assert_eq!(
            answer,
            json!({
                "done": true, "switched": true, "generation": generation, "events": 4, "unreadable": [],
                "differences": [], "differing": 0, "cursor": null,
            })
        );
    }
    assert_eq!(world.told.tickets(), [4, 4, 4], "counted, and told again by each rebuild");
}

#[tokio::test]
async fn without_time_for_a_step_it_only_begins() {
    let world = World::start().await;
    let answer = handle(&world.replay(), Request::default(), || Duration::ZERO).await.unwrap();
    assert!(!answer.done && !answer.switched && answer.cursor.is_some());
}

#[tokio::test]
async fn a_payload_that_is_not_understood_is_refused() {
    for payload in [json!({"curser": {}}), json!({"cursor": "2"}), json!([]), json!({"cursor": {"generation": 2}})] {
        assert!(serde_json::from_value::<Request>(payload.clone()).is_err(), "{payload}");
    }
}

#[test]
fn a_deadline_that_is_over_leaves_no_time() {
    assert_eq!(until(0), Duration::ZERO);
    assert!(until(u64::from(u32::MAX) * 1_000) > STEP);
}

//! A sale that a waiting room guards, over HTTP.

use contracts::ids::UserId;

use crate::world::World;

#[tokio::test]
async fn a_guarded_sale_wants_the_token_of_an_admission() {
    let world = World::new().await;
    let user = UserId::generate();
    assert_eq!(world.hold_with(UserId::generate(), Some("any")).await.0, 201, "nobody guards it");

    world.guard(1, 1, true).await;
    let (own, stale) = (world.token(user, 1).await, world.token(user, 0).await);
    let others = world.token(UserId::generate(), 1).await;
    let cases =
        [(None, "missing"), (Some("text"), "malformed"), (Some(&*stale), "cleared"), (Some(&*others), "other_account")];
    for (token, reason) in cases {
        let (status, body) = world.hold_with(user, token).await;
        assert_eq!((status, &body["code"]), (403, &"admission_required".into()), "{body}");
        assert_eq!(body["reason"], reason);
    }
    assert_eq!(world.hold_with(user, Some(&own)).await.0, 201);

    world.guard(2, 1, false).await;
    assert_eq!(world.hold(UserId::generate()).await.0, 201, "switched off");
}

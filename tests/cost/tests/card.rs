//! The counts are those of the committed card.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use cost::card::differences;

#[tokio::test]
async fn nothing_costs_more_or_less_than_the_card_says() {
    let committed = serde_json::from_str(include_str!("../card.json")).unwrap();
    let measured = cost::measure().await.unwrap().counts().unwrap();
    let differences = differences(&committed, &measured);
    assert!(
        differences.is_empty(),
        "the cost card has changed; if that is meant, `make cost` rewrites it:\n{}",
        differences.join("\n")
    );
}

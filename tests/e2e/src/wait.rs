//! Waiting for what happens behind the API.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// For one step behind the API: a projection, a refund, a mail.
pub const SOON: Duration = Duration::from_secs(20);

/// For a saga whose payment gateway times out on every try.
pub const LATER: Duration = Duration::from_secs(60);

const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// Asks again and again until the answer is `Ok`; the `Err` says what was seen instead.
///
/// # Panics
/// When `within` has passed, with what was seen last.
pub async fn eventually<T>(what: &str, within: Duration, mut attempt: impl AsyncFnMut() -> Result<T, String>) -> T {
    let deadline = Instant::now() + within;
    let mut pause = FIRST_PAUSE;
    loop {
        match attempt().await {
            Ok(found) => return found,
            Err(seen) if Instant::now() >= deadline => panic!("not within {within:?}: {what}; last seen: {seen}"),
            Err(_) => sleep(pause).await,
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// `Ok(value)` when `holds`, else an `Err` that shows it: the usual end of an [`eventually`] attempt.
///
/// # Errors
/// When it does not hold.
pub fn when<T: std::fmt::Debug>(holds: bool, value: T) -> Result<T, String> {
    if holds { Ok(value) } else { Err(format!("{value:?}")) }
}

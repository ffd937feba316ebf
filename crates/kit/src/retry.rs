//! Waiting between tries.

use std::time::Duration;

/// A random wait before try `attempt` (from 1): up to `base`·2^(attempt−1), never over `ceiling`.
///
/// Full jitter: callers that collided once must not collide again in step.
#[must_use]
pub fn backoff(attempt: u32, base: Duration, ceiling: Duration) -> Duration {
    let most = base.saturating_mul(1_u32 << attempt.saturating_sub(1).min(16)).min(ceiling);
    most.mul_f64(fastrand::f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_within_its_bounds() {
        for attempt in 1..40 {
            let wait = backoff(attempt, Duration::from_millis(10), Duration::from_millis(200));
            assert!(wait <= Duration::from_millis(200));
        }
        assert!(backoff(1, Duration::from_millis(10), Duration::from_secs(1)) <= Duration::from_millis(10));
    }
}

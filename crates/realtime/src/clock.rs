//! The port to time: a room's turn is something one has to wait for.

use std::time::Duration;

use jiff::Timestamp;

/// Tells the time, and waits.
pub trait Clock {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Returns at `moment`, or at once when that is over.
    fn wait_until(&self, moment: Timestamp) -> impl Future<Output = ()>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn wait_until(&self, moment: Timestamp) {
        let left = moment.duration_since(self.now());
        tokio::time::sleep(Duration::try_from(left).unwrap_or_default()).await;
    }
}

//! AWS calls that wait: the n-th one, until the test lets it go. What happens meanwhile is a race, lost on purpose.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, block_in_place};

/// Holds up one call of a client. Needs a multi-threaded runtime: the call's thread waits.
#[derive(Debug, Clone)]
pub struct Pause {
    call: usize,
    calls: Arc<AtomicUsize>,
    reached: Arc<Semaphore>,
    ended: Arc<Semaphore>,
}

impl Pause {
    /// Before the call of this number, counted from 1.
    #[must_use]
    pub fn before(call: usize) -> Self {
        Self { call, calls: Arc::default(), reached: Arc::new(Semaphore::new(0)), ended: Arc::new(Semaphore::new(0)) }
    }

    /// Waits until the call is held up, or until `task`, which makes the calls, has ended without it; says which.
    ///
    /// # Panics
    /// When neither happens within ten seconds.
    pub async fn reached_or<T>(&self, task: &JoinHandle<T>) -> bool {
        for _ in 0..1_000 {
            if self.reached.available_permits() > 0 {
                return true;
            }
            if task.is_finished() {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("call {} is neither made nor left out", self.call);
    }

    /// Lets the call go.
    pub fn end(&self) {
        self.ended.add_permits(1);
    }
}

#[dyn_dispatch_hint]
impl Intercept for Pause {
    fn name(&self) -> &'static str {
        "Pause"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.calls.fetch_add(1, Ordering::SeqCst) + 1 == self.call {
            self.reached.add_permits(1);
            block_in_place(|| Handle::current().block_on(self.ended.acquire()).map(drop))?;
        }
        Ok(())
    }
}

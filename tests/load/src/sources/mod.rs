//! Event source mappings: what Lambda does between a queue or a stream and a function.

mod queue;
mod stream;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

pub use queue::{QueueSource, create_queues};
pub use stream::StreamSource;

use crate::pool::Pool;

/// How long a failed batch of a stream waits before it is tried again.
const PAUSE: Duration = Duration::from_millis(200);

/// All mappings that run. Dropping it stops them.
#[derive(Debug, Default)]
pub struct Sources {
    tasks: JoinSet<()>,
}

impl Sources {
    /// Polls a queue for its function.
    pub fn poll(&mut self, source: QueueSource, pool: &Arc<Pool>) {
        self.tasks.spawn(source.run(Arc::clone(pool)));
    }

    /// Reads a stream for its function.
    pub fn read(&mut self, source: StreamSource, pool: &Arc<Pool>) {
        self.tasks.spawn(source.run(Arc::clone(pool)));
    }
}

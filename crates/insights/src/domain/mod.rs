//! Which queues an event goes to, and when. Pure: no AWS, no clock.

mod routing;

pub use routing::{MAX_DELAY_SECONDS, Queue, RECONCILE_DELAY_SECONDS, Route, routes};

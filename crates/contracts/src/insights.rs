//! What insights tells the other contexts of its read models.

use serde::{Deserialize, Serialize};

use crate::ids::EventId;

/// How well an event sells, for lists in that order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventPopularity {
    /// Which event.
    pub event_id: EventId,
    /// Tickets sold so far, those given back not counted.
    pub tickets: u64,
    /// Later counts have a larger one.
    pub revision: u64,
}

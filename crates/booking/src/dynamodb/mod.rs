//! Booking's table.
//!
//! | item | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | block | `SEATS#<performance>#<shard>` | block id | `s0`…`s49`: a mark for each seat that is not free |
//! | book | user id | `BOOK#<performance>` | `r_<id>`: a reservation, `k_<key>`: a request, `pendingId`, `pendingUntil`, `bought`, `revision`, `lastEvent` |
//! | sale | `PRF#<performance>` | `SALE` | `state`: the published performance |
//! | layout | `LAY#<layout>` | `LAY` | `geometry`, packed |
//! | index | `EVT#<event>`, `TKT#<ticket type>` | performance id | |
//!
//! A performance's blocks are spread over [`SHARDS`] partition keys: enough for thousands of holds a second from the
//! first one on, few enough to read the whole map with one query each, which costs a quarter of reading the blocks
//! one by one, and nothing for blocks that no seat was ever taken of.

mod blocks;
mod books;
mod sales;

use aws_sdk_dynamodb::Client;

pub use blocks::{Change, Taken};
pub use books::Hold;

/// Partition keys that the blocks of one performance are spread over. Changing it loses track of every mark.
pub const SHARDS: u64 = 8;

/// The table.
#[derive(Debug, Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    /// Over this client and table.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into() }
    }
}

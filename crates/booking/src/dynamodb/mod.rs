//! Booking's table.
//!
//! | item | `pk` | `sk` | attributes |
//! |---|---|---|---|
//! | block | `SEATS#<performance>#<shard>` | block id | `s0`…`s49`: a mark for each seat that is not free |
//! | book | user id | `BOOK#<performance>` | `r_<id>`: a reservation, `k_<key>`: a request, `pendingUntil`, `bought`, `endedAdmission`, `revision`, `lastEvent`, `shelf` |
//! | sale | `PRF#<performance>` | `SALE` | `state`: the performance by catalog's latest news, on the latest terms; `termsVersion`, `withdrawn` |
//! | layout | `LAY#<layout>` | `LAY` | `geometry`, packed |
//! | index | `EVT#<event>`, `TKT#<ticket type>` | performance id | `event` |
//! | stock | `EVT#<event>` | `AVL#<performance>` | `stock`: what is left; `revision` |
//! | guard | `GUARD#<event>` | `GUARD` | `enabled`, `era`, `version`: what the event's waiting room says of itself |
//! | end | `ENDED#<event>#<user>` | `ENDED` | `admission`: the latest of the buyer's that is over; `ttl` |
//!
//! A performance's blocks are spread over [`SHARDS`] partition keys: enough for thousands of holds a second from the
//! first one on, few enough to read the whole map with one query each, which costs a quarter of reading the blocks
//! one by one, and nothing for blocks that no seat was ever taken of.
//!
//! The index `shelves` finds the books of a performance in which somebody has begun to pay: `shelf` is the performance and
//! one of [`SHELVES`] numbers. It holds keys alone, so only the first attempt to pay is a write to it.

mod admissions;
mod blocks;
mod books;
mod sales;
mod stocks;

use aws_sdk_dynamodb::Client;
use contracts::ids::PerformanceId;

pub use blocks::{Change, Taken, marks_of_image};
pub use books::Hold;
pub use stocks::Showings;

/// Partition keys that the blocks of one performance are spread over. Changing it loses track of every mark.
pub const SHARDS: u64 = 8;

/// Index partitions that the books of one performance are spread over: a rush enters thousands of payments a second,
/// and one partition takes a thousand writes.
pub const SHELVES: u64 = 16;

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

    /// Connects to the table, so that the first request need not.
    pub async fn connect(&self) {
        kit::aws::connect(&self.client, &self.table).await;
    }
}

/// The performance that an item is about, by its key; `None` for an item that is neither a block nor a book.
#[must_use]
pub fn performance_of(pk: &str, sk: &str) -> Option<PerformanceId> {
    let block = || pk.strip_prefix(blocks::PREFIX)?.split_once('#').map(|(performance, _)| performance);
    sk.strip_prefix(books::PREFIX).or_else(block)?.parse().ok()
}

/// Whether the item with this key is a block, whose sort key is the block's id.
#[must_use]
pub fn is_block(pk: &str) -> bool {
    pk.starts_with(blocks::PREFIX)
}

/// On which of a performance's [`SHARDS`] partition keys the block with this id lies.
#[must_use]
pub fn shard_of(block: &str) -> u64 {
    spread(block, SHARDS)
}

/// Spreads texts over a few numbers, each text always to the same one. FNV-1a: any stable hash does, but it must stay the
/// same for as long as the table lives.
fn spread(text: &str, over: u64) -> u64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash % over
}

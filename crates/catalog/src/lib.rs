//! What can be bought, where and when: layouts, events, performances, ticket types, and putting them on sale.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | the rules |
//! | [`layouts`], [`events`], [`parts`], [`listing`] | the use cases, all on [`Catalog`] |
//! | [`images`], [`announcements`] | likewise |
//! | [`keywords`], [`popularity`] | what searches are told besides, likewise |
//! | [`search`] | all events in memory, found and listed |
//! | [`store`] | the table |
//! | [`error`] | what can go wrong, and the problem it becomes |

pub mod announcements;
pub mod domain;
pub mod error;
pub mod events;
pub mod images;
pub mod keywords;
pub mod layouts;
pub mod listing;
pub mod parts;
pub mod popularity;
pub mod search;
pub mod store;

mod changing;

#[cfg(test)]
mod tests;

pub use error::Error;
use store::Store;

/// The catalogue and all one can do with it.
#[derive(Debug, Clone)]
pub struct Catalog {
    store: Store,
}

impl Catalog {
    /// The catalogue in this table.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }
}

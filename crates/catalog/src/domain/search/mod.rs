//! Which events a search finds, and in which order they are listed.
//!
//! | module | what it decides |
//! |---|---|
//! | [`keys`] | how Hangul is typed |
//! | [`text`] | where a word stands in a text |
//! | [`query`] | what people type, with all words that mean the same |
//! | [`listing`] | filters, orders, and where a page starts |

pub mod keys;
pub mod listing;
pub mod query;
pub mod text;

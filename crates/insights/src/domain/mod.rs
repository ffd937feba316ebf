//! Which queues an event goes to and when; what is counted of sales, and who comes first. Pure: no AWS, no clock.

mod generation;
mod ledger;
mod news;
mod ranking;
mod routing;
mod sold_out;
mod window;

pub use generation::{Generation, Generations};
pub use ledger::{Confirmation, Ledger, Mark, PerformanceSales, Tally, UnknownPerformance};
pub use news::{CATALOG_EVENTS, EventFacts, News, Outcome, PerformanceFacts, RESERVATION_EVENTS, Sale};
pub use ranking::{By, Entry, is_decided, met, ranked};
pub use routing::{MAX_DELAY_SECONDS, Queue, RECONCILE_DELAY_SECONDS, Route, routes};
pub use sold_out::{Fastest, SoldOut, SoldOutChanges, SoldOuts, changed_boards};
pub use window::{Period, Window};

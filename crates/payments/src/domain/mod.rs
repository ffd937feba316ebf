//! The rules, without AWS, network, clock or chance.

pub mod chosen_id;
pub mod failure;
pub mod ledger;
pub mod payment;
pub mod split;
pub mod verdict;

/// The currency of points and of everything sold so far. Won have no minor unit: one won is one.
pub const KRW: &str = "KRW";

/// No amount or balance is larger: the largest whole number that every JSON reader keeps exactly.
pub const MAX_AMOUNT: i64 = 9_007_199_254_740_991;

//! An on-sale at scale, simulated with the real admission and seat code over a model of AWS's limits.
//!
//! | module | what it is |
//! |---|---|
//! | [`scenario`] | what is simulated: people, seats, habits, design, quotas |
//! | [`people`] | everybody, as arrays |
//! | [`limits`], [`cloud`] | what a service takes; which request counts against which of them |
//! | [`line`](mod@line) | the waiting room, by the rules of `waiting-room` |
//! | [`hall`], [`buyer`], [`buyers`] | seats and those who buy them, by the rules of `booking` |
//! | [`waits`] | how those who wait go about it |
//! | [`world`] | time |
//! | [`fairness`], [`outcome`] | who came in, what it took, what it cost |
//! | [`calibration`] | the same model of a run of `make load`, beside what was measured |
//! | [`report`], [`chart`] | tables, pictures |

pub mod buyer;
pub mod buyers;
pub mod calibration;
pub mod chart;
pub mod cloud;
pub mod fairness;
pub mod hall;
pub mod limits;
pub mod line;
pub mod outcome;
pub mod people;
pub mod report;
pub mod scenario;
pub mod waits;
pub mod world;

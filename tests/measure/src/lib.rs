//! What the measurements share: `cost`, `bench`, `load` and `simulate`.
//!
//! | module | what it is |
//! |---|---|
//! | [`deployment`] | what the templates say: functions, triggers, queues, tables |
//! | [`document`] | those parts of a document that a program writes |
//! | [`machine`] | what something is measured on |
//! | [`spread`] | the least, the middle and the most of some figures |

pub mod deployment;
pub mod document;
pub mod machine;
pub mod spread;

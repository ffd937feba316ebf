//! What Jari's contexts say to one another, and nothing else.
//!
//! A context publishes the state of its aggregates with every domain event ("event-carried state transfer"):
//! the payload of an event is the aggregate's state *after* the change. Consumers keep what they need of it in
//! their own tables and never read another context's.
//!
//! | module | what it holds |
//! |---|---|
//! | [`ids`] | prefixed UUIDv7 identifiers |
//! | [`event`] | event types, the envelope, the mark an aggregate's item carries |
//! | [`geometry`] | the packed form of a venue's geometry |
//! | [`identity`], [`catalog`], [`booking`], [`payments`] | the published state of each context, and its calls |
//! | [`waiting_room`] | queues and admissions, the serving pointer, the admission token |
//! | [`live`] | what people who watch an event or a performance are told |
//! | [`insights`] | what the read models tell |
//!
//! Fields are only ever added, with a default. A change that an old reader could misread gets a new event version.

pub mod booking;
pub mod catalog;
pub mod event;
pub mod geometry;
pub mod identity;
pub mod ids;
pub mod insights;
pub mod live;
pub mod payments;
pub mod waiting_room;

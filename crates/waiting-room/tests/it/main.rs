//! The waiting room over a table.

mod admissions;
mod crash;
mod draw;
mod line;
mod rounds;
mod rush;
mod world;

//! Booking's Lambda functions: a module each, and a binary each in `bin/`.

mod app;
mod dto;

pub mod apply_admission_change;
pub mod apply_catalog_change;
pub mod begin_payment;
pub mod cancel_performance_reservations;
pub mod cancel_reservation;
pub mod create_reservation;
pub mod expire_reservation;
pub mod get_bookable_dates;
pub mod get_hold;
pub mod get_reservation;
pub mod get_seat_map;
pub mod get_ticket_availability;
pub mod list_e_tickets;
pub mod list_my_reservations;
pub mod quote_cancellation;
pub mod refresh_availability;
pub mod release_hold;
pub mod reserve_seats;
pub mod settle_reservation;

pub use app::{ADMISSION_HEADER, App, ETicketsError, admission_tokens, e_ticket_signer};

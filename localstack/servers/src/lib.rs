//! Servers that stand in, on a laptop, for what surrounds Jari in production.
//!
//! | module | stands for | binary |
//! |---|---|---|
//! | [`virtual_pg`] | Toss Payments | `virtual-pg` |
//! | [`push_service`] | the push services of browser makers | `push-service` |
//! | [`gateway`] | the web distribution in front of pages, API and WebSocket | `local-gateway` |
//!
//! Each can be started inside a test of another crate on a free port; see
//! [`virtual_pg::spawn`], [`push_service::spawn`] and [`gateway::spawn`].

pub mod args;
pub mod gateway;
pub mod push_service;
pub mod server;
pub mod virtual_pg;

//! The functions of notifications: one handler a module, one binary each in `bin/`.

pub mod dto;
pub mod get_push_key;
pub mod list_notifications;
pub mod mark_notification_read;
pub mod provision_push_key;
pub mod send_notification;
pub mod setup;
pub mod subscribe_to_push;
pub mod unsubscribe_from_push;

//! The rules of accounts, pure: time and randomness are passed in.

pub mod account;
pub mod attempts;
pub mod email;
pub mod locale;
pub mod password;
pub mod refresh_token;

pub use attempts::Attempts;
pub use email::Email;
pub use password::Password;
pub use refresh_token::RefreshToken;

//! The rules of accounts, pure: time and randomness are passed in.

pub mod account;
pub mod attempts;
pub mod challenge;
pub mod email;
pub mod google_person;
pub mod locale;
pub mod network;
pub mod password;
pub mod refresh_token;
pub mod rotation;

pub use attempts::Attempts;
pub use challenge::ChallengeKey;
pub use email::Email;
pub use google_person::GooglePerson;
pub use network::Network;
pub use password::Password;
pub use refresh_token::RefreshToken;

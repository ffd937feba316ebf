//! The Lambda functions of accounts: one module and one binary each.

mod session_cookie;
mod setup;

pub mod dto;
pub mod get_managed_user;
pub mod get_my_profile;
pub mod get_user;
pub mod list_users;
pub mod log_in;
pub mod log_in_with_google;
pub mod log_out;
pub mod provision_signing_key;
pub mod refresh_session;
pub mod register_user;
pub mod rotate_signing_key;
pub mod set_user_role;
pub mod start_google_log_in;
pub mod update_my_profile;
pub mod update_user;
mod viewer;

pub use setup::{
    StartError, accounts_from_env, administration_from_env, google_from_env, origin_from_env, rotation_from_env,
    sessions_from_env,
};

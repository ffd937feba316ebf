//! Configuration from the environment, read once while a function starts.

use std::str::FromStr;

/// A setting is absent or unreadable; the function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// Nobody set it.
    #[error("environment variable {0} is not set")]
    Missing(&'static str),
    /// It does not parse.
    #[error("environment variable {name} has an unusable value: {reason}")]
    Unusable {
        /// Which variable.
        name: &'static str,
        /// What the parser said.
        reason: String,
    },
}

/// The value of `name`.
///
/// # Errors
/// When it is unset or empty.
pub fn required(name: &'static str) -> Result<String, ConfigError> {
    std::env::var(name).ok().filter(|value| !value.is_empty()).ok_or(ConfigError::Missing(name))
}

/// The parsed value of `name`, or `default` when it is unset or empty.
///
/// # Errors
/// When it is set and does not parse: a typing error must not silently become the default.
pub fn parsed_or<T>(name: &'static str, default: T) -> Result<T, ConfigError>
where
    T: FromStr,
    T::Err: std::fmt::Display,
{
    match required(name) {
        Err(_) => Ok(default),
        Ok(text) => text.parse().map_err(|reason: T::Err| ConfigError::Unusable { name, reason: reason.to_string() }),
    }
}

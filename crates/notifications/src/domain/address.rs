//! An e-mail address that does not end up in a log.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An e-mail address. It shows itself masked; [`EmailAddress::expose`] is for the post alone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// This address, which identity has checked.
    pub fn new(address: impl Into<String>) -> Self {
        Self(address.into())
    }

    /// All of it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let first = local.chars().next().map(String::from).unwrap_or_default();
        write!(f, "{first}***@{domain}")
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_its_first_letter_and_domain_only() {
        let address = EmailAddress::new("minji.kim@example.com");
        assert_eq!(format!("{address} {address:?}"), "m***@example.com m***@example.com");
        assert_eq!(EmailAddress::new("").to_string(), "***@");
        assert_eq!(EmailAddress::new("김@예시.한국").to_string(), "김***@예시.한국");
    }
}

//! Passwords on their way to being hashed.

use std::fmt;
use std::ops::RangeInclusive;

/// How many characters a new password may have. Long ones are no burden: hashing starts by compressing them.
pub const PASSWORD_LENGTH: RangeInclusive<usize> = 10..=128;

/// A password somebody typed. Never shown, not even when debugging.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// As typed: every character counts, blanks included.
    #[must_use]
    pub const fn new(typed: String) -> Self {
        Self(typed)
    }

    /// Whether an account may be opened with it.
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        PASSWORD_LENGTH.contains(&self.0.chars().count())
    }

    /// Its bytes, for hashing.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters() {
        for (text, acceptable) in [
            ("123456789".to_owned(), false),
            ("1234567890".to_owned(), true),
            ("비밀번호열글자입니다".to_owned(), true),
            (" ".repeat(10), true),
            ("가".repeat(128), true),
            ("a".repeat(129), false),
        ] {
            assert_eq!(Password::new(text.clone()).is_acceptable(), acceptable, "{text}");
        }
        assert_eq!(format!("{:?}", Password::new("hunter2".into())), "Password(…)");
    }
}

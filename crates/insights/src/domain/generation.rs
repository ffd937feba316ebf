//! Generations of the read models: the one that is read, and the next one while it is built beside it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Room for the revisions of one generation below those of the next.
const REVISIONS: u64 = 1_000_000_000_000;

/// One complete set of read models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Generation(u64);

impl Generation {
    /// The one that a platform starts with.
    pub const FIRST: Self = Self(1);

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// A revision for the other contexts: larger than any of an earlier generation, since a rebuilt read model counts
    /// its revisions from 1 again.
    #[must_use]
    pub const fn revision(self, of_the_read_model: u64) -> u64 {
        self.0 * REVISIONS + of_the_read_model
    }

    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The generations that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generations {
    /// The one that is read.
    pub live: Generation,
    /// The next one, while it is built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<Generation>,
}

impl Default for Generations {
    fn default() -> Self {
        Self { live: Generation::FIRST, building: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_generations_have_later_revisions() {
        let (first, second) = (Generation::FIRST, Generation::FIRST.next());
        assert!(first.revision(1) < first.revision(2) && first.revision(REVISIONS - 1) < second.revision(1));
        assert_eq!(Generation::parse(&second.to_string()), Some(second));
        assert_eq!(Generation::parse("GENERATIONS"), None);
    }
}

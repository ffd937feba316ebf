//! Collecting everything that is wrong with a body, so that its sender can mend it in one go.

use std::ops::RangeInclusive;

use crate::problem::{Problem, Violation};

/// How many violations are listed at most: a body with thousands of entries must not get an answer of its own size.
const MOST_LISTED: usize = 100;

/// The violations found so far.
#[derive(Debug, Default)]
pub struct Checks {
    violations: Vec<Violation>,
}

impl Checks {
    /// None found.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes `detail` at `pointer` unless `holds`; the first 100 of them.
    pub fn ensure(&mut self, holds: bool, pointer: impl Into<String>, detail: impl Into<String>) -> &mut Self {
        if !holds && self.violations.len() < MOST_LISTED {
            self.violations.push(Violation { pointer: pointer.into(), detail: detail.into() });
        }
        self
    }

    /// A text whose characters, blanks at both ends aside, number within `length`, without control characters other
    /// than line breaks and tabs.
    pub fn text(&mut self, pointer: impl Into<String>, text: &str, length: RangeInclusive<usize>) -> &mut Self {
        let pointer = pointer.into();
        let count = text.trim().chars().count();
        self.ensure(
            length.contains(&count),
            pointer.clone(),
            format!("must have {} to {} characters", length.start(), length.end()),
        );
        let clean = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
        self.ensure(clean, pointer, "must not contain control characters")
    }

    /// A number within `range`.
    pub fn number(&mut self, pointer: impl Into<String>, number: i64, range: RangeInclusive<i64>) -> &mut Self {
        self.ensure(
            range.contains(&number),
            pointer,
            format!("must be a whole number from {} to {}", range.start(), range.end()),
        )
    }

    /// A short identifier that people choose: letters, digits, `-`, `_` and `.`, 1 to 32 of them.
    pub fn slug(&mut self, pointer: impl Into<String>, text: &str) -> &mut Self {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        self.ensure(fits, pointer, "must have 1 to 32 letters, digits, '-', '_' or '.'")
    }

    /// Nothing wrong, or the 422 that lists all of it.
    ///
    /// # Errors
    /// `validation_failed` when anything was noted.
    pub fn done(&mut self) -> Result<(), Problem> {
        if self.violations.is_empty() { Ok(()) } else { Err(Problem::invalid(std::mem::take(&mut self.violations))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_everything_at_once() {
        let mut checks = Checks::new();
        checks.text("/name", "  ", 1..=5).number("/price", -1, 0..=10).slug("/id", "a b").text("/ok", "좌석", 1..=2);
        let problem = checks.done().unwrap_err();
        let document = problem.document("/", "r");
        let pointers: Vec<_> = document["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(pointers, ["/name", "/price", "/id"]);
        assert!(checks.done().is_ok());
    }
}

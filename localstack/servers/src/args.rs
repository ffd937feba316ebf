//! Command line flags of the form `--name value`.

use std::collections::BTreeMap;
use std::str::FromStr;

/// The flags a program was started with.
#[derive(Debug, Default)]
pub struct Args(BTreeMap<String, String>);

/// A command line that cannot be understood.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ArgsError {
    /// An argument that does not begin with `--`, or a flag the program does not know.
    #[error("unknown argument {0:?}; known are: {1}")]
    Unknown(String, String),
    /// A flag without a value.
    #[error("{0} needs a value")]
    MissingValue(String),
    /// A flag whose value has the wrong form.
    #[error("{0}: {1:?} is not valid")]
    Invalid(String, String),
    /// A flag that must be given and was not.
    #[error("{0} must be given")]
    Required(String),
}

impl Args {
    /// Reads `--name value` pairs, accepting only the flags in `known`.
    ///
    /// # Errors
    /// [`ArgsError::Unknown`] and [`ArgsError::MissingValue`].
    pub fn parse(arguments: impl IntoIterator<Item = String>, known: &[&str]) -> Result<Self, ArgsError> {
        let mut flags = BTreeMap::new();
        let mut arguments = arguments.into_iter();
        while let Some(flag) = arguments.next() {
            if !known.contains(&flag.as_str()) {
                return Err(ArgsError::Unknown(flag, known.join(" ")));
            }
            match arguments.next() {
                Some(value) => flags.insert(flag, value),
                None => return Err(ArgsError::MissingValue(flag)),
            };
        }
        Ok(Self(flags))
    }

    /// The value of `flag`, if it was given.
    ///
    /// # Errors
    /// [`ArgsError::Invalid`] if the value cannot be read as a `T`.
    pub fn get<T: FromStr>(&self, flag: &str) -> Result<Option<T>, ArgsError> {
        self.0
            .get(flag)
            .map(|value| value.parse().map_err(|_| ArgsError::Invalid(flag.to_owned(), value.clone())))
            .transpose()
    }

    /// The value of `flag`, which must have been given.
    ///
    /// # Errors
    /// [`ArgsError::Required`] and [`ArgsError::Invalid`].
    pub fn require<T: FromStr>(&self, flag: &str) -> Result<T, ArgsError> {
        self.get(flag)?.ok_or_else(|| ArgsError::Required(flag.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, ArgsError> {
        Args::parse(line.split_whitespace().map(str::to_owned), &["--port", "--url"])
    }

    #[test]
    fn reads_pairs() {
        let args = parse("--port 80 --url http://x").unwrap();
        assert_eq!(args.get("--port"), Ok(Some(80_u16)));
        assert_eq!(args.require::<String>("--url"), Ok("http://x".to_owned()));
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(matches!(parse("--prot 80"), Err(ArgsError::Unknown(..))));
        assert!(matches!(parse("--port"), Err(ArgsError::MissingValue(_))));
        let args = parse("--port eighty").unwrap();
        assert!(matches!(args.get::<u16>("--port"), Err(ArgsError::Invalid(..))));
        assert!(matches!(args.require::<u16>("--url"), Err(ArgsError::Required(_))));
    }
}

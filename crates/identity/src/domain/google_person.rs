//! What Google says of somebody, made fit for an account.

use super::Email;
use super::account::NAME_LENGTH;

/// The longest subject that OpenID Connect allows, in bytes.
const MOST_SUBJECT_BYTES: usize = 255;

/// The longest address of a picture that is kept, in bytes.
const MOST_PICTURE_BYTES: usize = 2_048;

/// Somebody whom Google has vouched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GooglePerson {
    /// Google's name for them; unlike the address it never becomes somebody else's.
    pub subject: String,
    /// Their address, if Google has verified that it is theirs and mail can be sent to it.
    pub email: Option<Email>,
    /// What to call them.
    pub name: String,
    /// Where their picture is.
    pub picture: Option<String>,
}

impl GooglePerson {
    /// The person with these claims; the address comes with whether Google has verified it. `None` for a subject that
    /// OpenID Connect does not allow.
    #[must_use]
    pub fn new(subject: &str, email: Option<(&str, bool)>, name: Option<&str>, picture: Option<&str>) -> Option<Self> {
        if subject.is_empty() || subject.len() > MOST_SUBJECT_BYTES || !subject.is_ascii() {
            return None;
        }
        let email = email.filter(|(_, verified)| *verified).and_then(|(address, _)| Email::parse(address).ok());
        let local_part = email.as_ref().and_then(|email| email.as_given().split('@').next());
        let name = name.and_then(one_line).or_else(|| local_part.and_then(one_line)).unwrap_or_else(|| "?".to_owned());
        Some(Self { subject: subject.to_owned(), email, name, picture: picture.and_then(shown_safely) })
    }
}

/// The text as a name may be: one line, no control characters, not too long; `None` when nothing is left.
fn one_line(text: &str) -> Option<String> {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let short: String = clean.trim().chars().take(*NAME_LENGTH.end()).collect();
    Some(short.trim_end().to_owned()).filter(|name| !name.is_empty())
}

/// The address if a page may show what is there: `https`, of printable characters.
fn shown_safely(address: &str) -> Option<String> {
    let fits = address.starts_with("https://")
        && address.len() <= MOST_PICTURE_BYTES
        && address.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_verified_address_counts() {
        for (email, expected) in [
            (None, None),
            (Some(("min@example.com", false)), None),
            (Some(("no address", true)), None),
            (Some(("Min@Example.com", true)), Some("Min@Example.com")),
        ] {
            let person = GooglePerson::new("1", email, Some("Min"), None).unwrap();
            assert_eq!(person.email.as_ref().map(Email::as_given), expected, "{email:?}");
        }
    }

    #[test]
    fn names_and_pictures_are_made_fit() {
        let long = "가".repeat(101);
        for (name, expected) in [
            (Some(" Kim Min "), "Kim Min"),
            (Some("two\nlines\u{0}"), "two lines"),
            (Some(long.as_str()), &long[..300]),
            (Some(" \t"), "min"),
            (None, "min"),
        ] {
            let person = GooglePerson::new("1", Some(("min@example.com", true)), name, None).unwrap();
            assert_eq!(person.name, expected);
        }
        assert_eq!(GooglePerson::new("1", None, None, None).unwrap().name, "?");
        for (picture, kept) in [
            ("https://lh3.googleusercontent.com/a/1=s96-c", true),
            ("http://lh3.googleusercontent.com/a/1", false),
            ("javascript:alert(1)", false),
            ("https://a b", false),
            (&format!("https://{}", "a".repeat(2_048)), false),
        ] {
            assert_eq!(GooglePerson::new("1", None, None, Some(picture)).unwrap().picture.is_some(), kept, "{picture}");
        }
    }

    #[test]
    fn a_subject_is_ascii_of_bounded_length() {
        for (subject, allowed) in
            [("", false), ("108", true), (&"s".repeat(255), true), (&"s".repeat(256), false), ("서", false)]
        {
            assert_eq!(GooglePerson::new(subject, None, None, None).is_some(), allowed, "{subject}");
        }
    }
}

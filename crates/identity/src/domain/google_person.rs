//! What Google says of somebody, made fit for an account.

use super::Email;
use super::account::NAME_LENGTH;

/// Google's own issuer. It calls an address verified whose owner once showed that mail to it arrives, which for an address
/// that somebody else hands out may be years ago.
const GOOGLE: &str = "https://accounts.google.com";

/// The domains whose addresses Google itself hands out, to one person each.
const GMAIL: [&str; 2] = ["gmail.com", "googlemail.com"];

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
    /// The domain of the Google Workspace that manages them there (the claim `hd`), if one does.
    pub workspace: Option<String>,
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
        let picture = picture.and_then(shown_safely);
        Some(Self { subject: subject.to_owned(), email, name, picture, workspace: None })
    }

    /// The same person, managed by the Workspace of this domain.
    #[must_use]
    pub fn managed_by(self, workspace: Option<String>) -> Self {
        Self { workspace, ..self }
    }

    /// Whether `issuer`, who verified their address, can know whose it is today: Google can for the addresses that it hands
    /// out and for those of the Workspace that manages this person. Another issuer was chosen because it is believed.
    #[must_use]
    pub fn has_address_for_sure(&self, issuer: &str) -> bool {
        let Some(domain) = self.email.as_ref().map(Email::domain) else { return false };
        let is_domain = |other: &str| domain.eq_ignore_ascii_case(other);
        issuer != GOOGLE || GMAIL.into_iter().any(is_domain) || self.workspace.as_deref().is_some_and(is_domain)
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
    fn google_speaks_for_its_own_addresses_and_those_of_a_workspace() {
        let own = "https://login.example.com";
        for (issuer, address, workspace, sure) in [
            (GOOGLE, "min@gmail.com", None, true),
            (GOOGLE, "Min@GMail.com", None, true),
            (GOOGLE, "min@googlemail.com", None, true),
            (GOOGLE, "min@gmail.com", Some("example.com"), true),
            (GOOGLE, "min@example.com", Some("example.com"), true),
            (GOOGLE, "min@Example.com", Some("eXample.com"), true),
            (GOOGLE, "min@example.com", None, false),
            (GOOGLE, "min@example.com", Some(""), false),
            (GOOGLE, "min@example.com", Some("example.org"), false),
            (GOOGLE, "min@sub.example.com", Some("example.com"), false),
            (GOOGLE, "min@notgmail.com", None, false),
            (GOOGLE, "min@gmail.com.example.com", None, false),
            (GOOGLE, "gmail.com@example.com", None, false),
            (own, "min@example.com", None, true),
            (own, "min@example.com", Some("example.org"), true),
        ] {
            let person = GooglePerson::new("1", Some((address, true)), None, None).unwrap();
            let person = person.managed_by(workspace.map(str::to_owned));
            assert_eq!(person.has_address_for_sure(issuer), sure, "{issuer} {address} {workspace:?}");
        }
        let unverified = GooglePerson::new("1", Some(("min@gmail.com", false)), None, None).unwrap();
        assert!(!unverified.has_address_for_sure(GOOGLE) && !unverified.has_address_for_sure(own));
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

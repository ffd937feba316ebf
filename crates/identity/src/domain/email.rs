//! E-mail addresses.
//!
//! The rule is narrower than RFC 5321 on purpose: what mail providers hand out and Amazon SES delivers to. Dot-separated
//! ASCII local part, a domain of two or more labels; no quoted local parts, comments, address literals or raw Unicode.

/// A sane address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    given: String,
}

/// The text is not an address that mail can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address such as name@example.com")]
pub struct InvalidEmail;

impl Email {
    /// The address in `text`, blanks at both ends aside.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let sane = text.len() <= 254
            && local.len() <= 64
            && local.split('.').all(is_atom)
            && domain.contains('.')
            && domain.split('.').all(is_label)
            && domain.rsplit('.').next().is_some_and(|top| top.bytes().any(|byte| byte.is_ascii_alphabetic()));
        if sane { Ok(Self { given: text.to_owned() }) } else { Err(InvalidEmail) }
    }

    /// As its owner wrote it.
    #[must_use]
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// The part after the `@`, as its owner wrote it.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.given.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What addresses of the same mailbox have in common: no provider in use tells upper from lower case.
    #[must_use]
    pub fn key(&self) -> String {
        self.given.to_ascii_lowercase()
    }
}

fn is_atom(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
}

fn is_label(part: &str) -> bool {
    (1..=63).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !part.starts_with('-')
        && !part.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_people_have() {
        for good in
            ["a@b.co", "first.last+tag@sub.example.co.kr", "o'neil@example.com", "admin@jari.local", "x@xn--9n2bp8q.kr"]
        {
            assert_eq!(Email::parse(good).unwrap().as_given(), good);
        }
        let email = Email::parse(" Min.Kim@Example.COM\n").unwrap();
        assert_eq!((email.as_given(), email.key().as_str()), ("Min.Kim@Example.COM", "min.kim@example.com"));
    }

    #[test]
    fn refuses_what_mail_cannot_reach() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b".repeat(64));
        let longest = format!("a@{}com", "bcd.".repeat(70));
        for bad in [
            "",
            "@",
            "a",
            "a@",
            "@b.co",
            "a@b",
            "a@@b.co",
            "a b@c.de",
            "a@b c.de",
            ".a@b.co",
            "a.@b.co",
            "a..b@c.de",
            "a@.co",
            "a@b.",
            "a@-b.co",
            "a@b-.co",
            "a@127.0.0.1",
            "a@[127.0.0.1]",
            "\"a b\"@c.de",
            "é@b.co",
            "a@é.co",
            "a@b.co\r\nBcc: c@d.ef",
            "Min <a@b.co>",
            "a@b.co,c@d.ef",
            &long,
            &longer,
            &longest,
        ] {
            assert_eq!(Email::parse(bad), Err(InvalidEmail), "{bad:?}");
        }
    }
}

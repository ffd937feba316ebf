//! Where push messages may be sent to.
//!
//! A browser names the address its messages are sent to, and so can anybody who writes a request by hand. Our function
//! then calls that address: it must be a push service's, not something inside somebody's network.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// The most bytes of an address; those of the known services have a few hundred.
pub const MOST_BYTES: usize = 2_048;

/// A list of push services cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the host or origin of a push service")]
pub struct InvalidPushService(String);

/// An address is not one of a push service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// It is too long.
    #[error("must have at most {MOST_BYTES} bytes")]
    TooLong,
    /// It is no address.
    #[error("must be an https address")]
    NotAnAddress,
    /// It says who calls, or names a place on the page.
    #[error("must not have a user name, password or fragment")]
    Ornaments,
    /// It belongs to nobody who is known to deliver push messages.
    #[error("is not the address of a push service that we know")]
    Unknown,
}

/// The push services that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushServices {
    hosts: Vec<HostPattern>,
    origins: Vec<String>,
}

/// One host, or all hosts below a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HostPattern {
    Exactly(String),
    /// With the dot: `.push.apple.com`.
    Below(String),
}

impl HostPattern {
    fn parse(text: &str) -> Result<Self, InvalidPushService> {
        let invalid = || InvalidPushService(text.to_owned());
        let (name, below) = text.strip_prefix("*.").map_or((text, false), |rest| (rest, true));
        // As the parser of addresses writes hosts, and never one that is a number or has no domain, as localhost.
        match Host::parse(name) {
            Ok(Host::Domain(parsed)) if parsed == name && name.contains('.') => {}
            _ => return Err(invalid()),
        }
        Ok(if below { Self::Below(format!(".{name}")) } else { Self::Exactly(name.to_owned()) })
    }

    fn matches(&self, host: &str) -> bool {
        match self {
            Self::Exactly(name) => host == name,
            Self::Below(suffix) => host.strip_suffix(suffix.as_str()).is_some_and(|rest| !rest.is_empty()),
        }
    }
}

impl PushServices {
    /// From two lists with commas: `hosts` are reached by https at its own port (`*.` in front: all below it), `origins`
    /// are tests' stand-ins, with scheme and port.
    ///
    /// # Errors
    /// When an entry is not one: a typing error must not open a door or close one.
    pub fn parse(hosts: &str, origins: &str) -> Result<Self, InvalidPushService> {
        let hosts = entries(hosts).map(HostPattern::parse).collect::<Result<_, _>>()?;
        let origin = |text: &str| match Url::parse(text) {
            Ok(url) if url.origin().is_tuple() && url.origin().ascii_serialization() == text => Ok(text.to_owned()),
            _ => Err(InvalidPushService(text.to_owned())),
        };
        Ok(Self { hosts, origins: entries(origins).map(origin).collect::<Result<_, _>>()? })
    }

    /// The address, if it is one of a known service.
    ///
    /// # Errors
    /// When it is not.
    pub fn endpoint(&self, text: &str) -> Result<Endpoint, EndpointError> {
        if text.len() > MOST_BYTES {
            return Err(EndpointError::TooLong);
        }
        let url = Url::parse(text).map_err(|_| EndpointError::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(EndpointError::Ornaments);
        }
        if self.origins.contains(&url.origin().ascii_serialization()) {
            return Ok(Endpoint(url));
        }
        if url.scheme() != "https" {
            return Err(EndpointError::NotAnAddress);
        }
        match url.host() {
            // The parser leaves the port out when it is the scheme's own.
            Some(Host::Domain(host)) if url.port().is_none() && self.hosts.iter().any(|known| known.matches(host)) => {
                Ok(Endpoint(url))
            }
            _ => Err(EndpointError::Unknown),
        }
    }

    /// Whether messages may still be sent there: the list may have become shorter.
    #[must_use]
    pub fn serve(&self, endpoint: &Endpoint) -> bool {
        self.endpoint(endpoint.expose()).is_ok()
    }
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|entry| !entry.is_empty())
}

/// Where messages for one browser are sent. Whoever knows it can send to it: it shows itself without its path.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Endpoint(Url);

impl Endpoint {
    /// All of it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// The service: scheme, host, and port if it is not the scheme's own.
    #[must_use]
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/***", self.origin())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTS: &str = "fcm.googleapis.com, updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com";

    fn services() -> PushServices {
        PushServices::parse(HOSTS, "http://127.0.0.1:4574").unwrap()
    }

    #[test]
    fn takes_what_browsers_send() {
        for (address, origin) in [
            ("https://fcm.googleapis.com/fcm/send/dGVzdA:APA91b", "https://fcm.googleapis.com"),
            ("https://FCM.googleapis.com:443/wp/x", "https://fcm.googleapis.com"),
            ("https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://updates.push.services.mozilla.com"),
            ("https://web.push.apple.com/QGuQ", "https://web.push.apple.com"),
            ("https://wns2-by3p.notify.windows.com/w/?token=BQYAAA%3d%3d", "https://wns2-by3p.notify.windows.com"),
            ("http://127.0.0.1:4574/push/a", "http://127.0.0.1:4574"),
        ] {
            let endpoint = services().endpoint(address).unwrap();
            assert_eq!(endpoint.origin(), origin);
            assert!(services().serve(&endpoint));
            assert_eq!(format!("{endpoint} {endpoint:?}"), format!("{origin}/*** {origin}/***"));
        }
    }

    #[test]
    fn refuses_everything_else() {
        let long = format!("https://fcm.googleapis.com/{}", "x".repeat(MOST_BYTES));
        for (address, error) in [
            (long.as_str(), EndpointError::TooLong),
            ("", EndpointError::NotAnAddress),
            ("fcm.googleapis.com/x", EndpointError::NotAnAddress),
            ("http://fcm.googleapis.com/x", EndpointError::NotAnAddress),
            ("ftp://fcm.googleapis.com/x", EndpointError::NotAnAddress),
            ("file:///etc/passwd", EndpointError::NotAnAddress),
            ("https://fcm.googleapis.com:8443/x", EndpointError::Unknown),
            ("https://user@fcm.googleapis.com/x", EndpointError::Ornaments),
            ("https://:secret@fcm.googleapis.com/x", EndpointError::Ornaments),
            ("https://fcm.googleapis.com/x#y", EndpointError::Ornaments),
            ("https://fcm.googleapis.com@169.254.169.254/x", EndpointError::Ornaments),
            ("https://fcm.googleapis.com.evil.example/x", EndpointError::Unknown),
            ("https://fcm.googleapis.com./x", EndpointError::Unknown),
            ("https://push.apple.com/x", EndpointError::Unknown),
            ("https://.push.apple.com/x", EndpointError::Unknown),
            ("https://evilpush.apple.com/x", EndpointError::Unknown),
            ("https://localhost/x", EndpointError::Unknown),
            ("https://127.0.0.1/x", EndpointError::Unknown),
            ("https://0x7f.1/x", EndpointError::Unknown),
            ("https://[::1]/x", EndpointError::Unknown),
            ("http://127.0.0.1/x", EndpointError::NotAnAddress),
            ("https://127.0.0.1:4574/x", EndpointError::Unknown),
            ("http://localhost:4574/x", EndpointError::NotAnAddress),
        ] {
            assert_eq!(services().endpoint(address), Err(error), "{address}");
        }
    }

    #[test]
    fn one_that_was_taken_off_the_list_is_no_longer_served() {
        let endpoint = services().endpoint("https://web.push.apple.com/x").unwrap();
        assert!(!PushServices::parse("fcm.googleapis.com", "").unwrap().serve(&endpoint));
        assert!(!PushServices::parse("", "").unwrap().serve(&endpoint));
    }

    #[test]
    fn a_list_with_a_mistake_is_no_list() {
        for hosts in
            ["*", "*.", "com", "localhost", "127.0.0.1", "https://a.example", "a.example/x", "A.example", "a b.c"]
        {
            assert!(PushServices::parse(hosts, "").is_err(), "{hosts}");
        }
        for origins in ["127.0.0.1:4574", "http://127.0.0.1:4574/", "http://127.0.0.1:80", "file:///", "http://"] {
            assert!(PushServices::parse(HOSTS, origins).is_err(), "{origins}");
        }
    }
}

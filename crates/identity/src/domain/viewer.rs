//! The address of a viewer, as a distribution of CloudFront tells it to the origin behind it.

use std::net::IpAddr;

/// The address in a `CloudFront-Viewer-Address` header: an address and a port, with a colon between them and, around one of
/// IPv6, brackets or none. `None` for anything else.
#[must_use]
pub fn viewer_address(text: &str) -> Option<IpAddr> {
    let (address, port) = text.rsplit_once(':')?;
    port.parse::<u16>().ok()?;
    let bracketed = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match bracketed {
        Some(address) => address.parse().ok().map(IpAddr::V6),
        None => address.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn addresses_come_back_without_their_port(short: u32, long: u128, port: u16) {
            let (short, long) = (Ipv4Addr::from(short), Ipv6Addr::from(long));
            prop_assert_eq!(viewer_address(&format!("{short}:{port}")), Some(short.into()));
            prop_assert_eq!(viewer_address(&format!("{long}:{port}")), Some(long.into()));
            prop_assert_eq!(viewer_address(&format!("[{long}]:{port}")), Some(long.into()));
        }
    }

    #[test]
    fn forms_seen_in_the_wild() {
        for (text, address) in [
            ("198.51.100.10:46532", Some("198.51.100.10")),
            ("2001:0db8:85a3:0000:0000:8a2e:0370:7334:46532", Some("2001:db8:85a3::8a2e:370:7334")),
            ("2001:db8::1:443", Some("2001:db8::1")),
            ("", None),
            (":", None),
            ("198.51.100.10", None),
            ("198.51.100.10:", None),
            ("198.51.100.10:65536", None),
            ("198.51.100.10:+1 ", None),
            ("[198.51.100.10]:80", None),
            ("198.51.100.10:80, 203.0.113.7:80", None),
            ("localhost:80", None),
        ] {
            assert_eq!(viewer_address(text), address.map(|address| address.parse().unwrap()), "{text}");
        }
    }
}

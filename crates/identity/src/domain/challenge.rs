//! What ties the two halves of a log-in at another provider together, without anything being stored in between.
//!
//! The client gets a code verifier (RFC 7636) and a `state`; it keeps the verifier and sends the state round through the
//! provider. The state is an expiry and a MAC over the expiry, the verifier and the address that the provider sends the
//! browser back to. Only the client that began can therefore finish, in time and at the same address: somebody else's
//! code and state, slipped to a victim, do not fit the victim's verifier. The nonce inside the ID token is derived from
//! the verifier, so an ID token of another log-in does not fit either.

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;

/// How long somebody may take at the provider, in seconds.
pub const LIFETIME_SECONDS: i64 = 10 * 60;

/// The longest address to come back to, in bytes.
const MOST_REDIRECT_BYTES: usize = 1_000;

/// What the MACs are made with.
#[derive(Debug, Clone)]
pub struct ChallengeKey(Key);

impl ChallengeKey {
    /// The key that belongs to a client secret: whoever knows the secret can finish log-ins anyway.
    #[must_use]
    pub fn of(client_secret: &str) -> Self {
        let secret = Key::new(HMAC_SHA256, client_secret.as_bytes());
        let derived = hmac::sign(&secret, b"jari log-in challenge v1");
        Self(Key::new(HMAC_SHA256, derived.as_ref()))
    }

    /// The state of a log-in that begins at `now`.
    #[must_use]
    pub fn state(&self, verifier: &str, redirect_uri: &str, now: Timestamp) -> String {
        let expires_at = now.as_second() + LIFETIME_SECONDS;
        let mac = hmac::sign(&self.0, &message(expires_at, verifier, redirect_uri));
        format!("{expires_at}.{}", BASE64.encode(mac))
    }

    /// Whether `state` is what [`ChallengeKey::state`] gave for these two, not too long ago.
    #[must_use]
    pub fn vouches_for(&self, state: &str, verifier: &str, redirect_uri: &str, now: Timestamp) -> bool {
        let Some((expires_at, mac)) = state.split_once('.') else { return false };
        let (Ok(expires_at), Ok(mac)) = (expires_at.parse(), BASE64.decode(mac)) else { return false };
        now.as_second() < expires_at
            && hmac::verify(&self.0, &message(expires_at, verifier, redirect_uri), &mac).is_ok()
    }

    /// What the ID token of a log-in with this verifier must carry.
    #[must_use]
    pub fn nonce(&self, verifier: &str) -> String {
        BASE64.encode(hmac::sign(&self.0, format!("nonce:{verifier}").as_bytes()))
    }
}

/// The code verifier with this much randomness.
#[must_use]
pub fn code_verifier(random: [u8; 32]) -> String {
    BASE64.encode(random)
}

/// Whether the provider may send people, and the code that logs them in, to `redirect_uri`: a page of the site whose
/// origin is `public_url`.
#[must_use]
pub fn is_our_page(redirect_uri: &str, public_url: &str) -> bool {
    // After `<origin>/` no character can change the origin any more.
    let path = redirect_uri.strip_prefix(public_url).and_then(|rest| rest.strip_prefix('/'));
    redirect_uri.len() <= MOST_REDIRECT_BYTES
        && path.is_some_and(|path| path.bytes().all(|byte| byte.is_ascii_graphic() && !b"#\\\"<>^`{|}".contains(&byte)))
}

/// Unambiguous: each text comes with its length, and no nonce starts like this.
fn message(expires_at: i64, verifier: &str, redirect_uri: &str) -> Vec<u8> {
    format!("state:{expires_at}:{}:{verifier}:{}:{redirect_uri}", verifier.len(), redirect_uri.len()).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://jari.example/login/google";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_state_fits_its_own_log_in_in_time_and_nothing_else() {
        let key = ChallengeKey::of("secret");
        let verifier = code_verifier([7; 32]);
        let state = key.state(&verifier, PAGE, at(0));
        for second in [0, LIFETIME_SECONDS - 1] {
            assert!(key.vouches_for(&state, &verifier, PAGE, at(second)));
        }
        assert!(!key.vouches_for(&state, &verifier, PAGE, at(LIFETIME_SECONDS)));
        assert!(!key.vouches_for(&state, &code_verifier([8; 32]), PAGE, at(0)));
        assert!(!key.vouches_for(&state, &verifier, "https://jari.example/login", at(0)));
        assert!(!ChallengeKey::of("other").vouches_for(&state, &verifier, PAGE, at(0)));
        // A later expiry with the old MAC.
        let (expires_at, mac) = state.split_once('.').unwrap();
        let later = expires_at.parse::<i64>().unwrap() + 1;
        for forged in
            [format!("{later}.{mac}"), format!("{expires_at}."), format!("{state}A"), mac.into(), "".into(), ".".into()]
        {
            assert!(!key.vouches_for(&forged, &verifier, PAGE, at(0)), "{forged}");
        }
    }

    #[test]
    fn texts_cannot_be_shifted_into_one_another() {
        let key = ChallengeKey::of("secret");
        let state = key.state("ab", "c", at(0));
        assert!(!key.vouches_for(&state, "a", "bc", at(0)));
        assert!(!key.vouches_for(&state, "ab:1:c", "", at(0)));
    }

    #[test]
    fn nonces_and_verifiers_are_their_own() {
        let key = ChallengeKey::of("secret");
        let verifier = code_verifier([7; 32]);
        // RFC 7636 wants 43 to 128 of its unreserved characters.
        assert_eq!(verifier.len(), 43);
        assert_eq!(key.nonce(&verifier), key.nonce(&verifier));
        assert_ne!(key.nonce(&verifier), key.nonce(&code_verifier([8; 32])));
        assert_ne!(key.nonce(&verifier), ChallengeKey::of("other").nonce(&verifier));
    }

    #[test]
    fn people_come_back_to_our_pages_only() {
        for (redirect_uri, ours) in [
            ("https://jari.example/", true),
            (PAGE, true),
            ("https://jari.example/login?next=%2Fevents&x=a@b", true),
            ("https://jari.example", false),
            ("http://jari.example/login", false),
            ("https://jari.example:8443/login", false),
            ("https://jari.example.evil.example/login", false),
            ("https://jari.example@evil.example/login", false),
            ("https://evil.example/https://jari.example/", false),
            ("//jari.example/login", false),
            ("/login", false),
            ("", false),
            ("https://jari.example/login#token", false),
            ("https://jari.example/a b", false),
            ("https://jari.example/\r\nSet-Cookie:a=b", false),
            ("https://jari.example/\\evil.example", false),
            ("https://jari.example/로그인", false),
            (&format!("{PAGE}?{}", "a".repeat(1_000)), false),
        ] {
            assert_eq!(is_our_page(redirect_uri, "https://jari.example"), ours, "{redirect_uri}");
        }
    }
}

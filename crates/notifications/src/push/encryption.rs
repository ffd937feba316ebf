//! Encryption of push messages for one browser (RFC 8291, on the content coding `aes128gcm` of RFC 8188), so that the
//! push service between us learns nothing but when and for whom.
//!
//! Key agreement, key derivation and encryption are the cryptographic library's; here is only what goes into each.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::rand;

use crate::domain::BrowserKeys;

/// The most bytes of a message: push services take 4,096 in all, of which header, delimiter and tag take 103.
pub const MOST_BYTES: usize = 3_993;

/// The size that records are said to have. A message is one record, which may be shorter.
const RECORD_SIZE: u32 = 4_096;

/// Ends the plain text of the last record.
const LAST_RECORD: u8 = 2;

/// A message could not be encrypted.
#[derive(Debug, thiserror::Error)]
pub enum EncryptionError {
    /// It is longer than push services take.
    #[error("a push message has at most {MOST_BYTES} bytes")]
    TooLong,
    /// The browser's keys are none, or the system has no randomness.
    #[error("the cryptographic library refused")]
    Crypto,
}

impl From<Unspecified> for EncryptionError {
    fn from(_: Unspecified) -> Self {
        Self::Crypto
    }
}

/// The body of a push message that only this browser can read.
///
/// # Errors
/// When the message is too long or the browser's keys are unusable.
pub fn encrypt(message: &[u8], browser: &BrowserKeys) -> Result<Vec<u8>, EncryptionError> {
    let mut salt = [0; 16];
    rand::fill(&mut salt)?;
    // Keys of its own for every message: who learns one reads one.
    encrypt_with(message, browser, &PrivateKey::generate(&ECDH_P256)?, salt)
}

fn encrypt_with(
    message: &[u8],
    browser: &BrowserKeys,
    sender: &PrivateKey,
    salt: [u8; 16],
) -> Result<Vec<u8>, EncryptionError> {
    if message.len() > MOST_BYTES {
        return Err(EncryptionError::TooLong);
    }
    let theirs = browser.public_key().ok_or(EncryptionError::Crypto)?;
    let secret = browser.secret().ok_or(EncryptionError::Crypto)?;
    let ours = sender.compute_public_key()?;
    let ours = ours.as_ref();

    // RFC 8291, 3.4: what both sides can compute, bound to both public keys.
    let peer = UnparsedPublicKey::new(&ECDH_P256, theirs.as_slice());
    let shared: [u8; 32] = agreement::agree(sender, peer, Unspecified, |agreed| {
        let mut shared = [0; 32];
        let about = [b"WebPush: info\0".as_slice(), &theirs, ours];
        derive(&Salt::new(HKDF_SHA256, &secret).extract(agreed), &about, &mut shared)?;
        Ok(shared)
    })?;

    // RFC 8188, 2.2 and 2.3: key and nonce of this message.
    let pseudorandom = Salt::new(HKDF_SHA256, &salt).extract(&shared);
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    derive(&pseudorandom, &[b"Content-Encoding: aes128gcm\0"], &mut key)?;
    derive(&pseudorandom, &[b"Content-Encoding: nonce\0"], &mut nonce)?;

    let mut sealed = Vec::with_capacity(message.len() + 17);
    sealed.extend_from_slice(message);
    sealed.push(LAST_RECORD);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    // The key is used once, for this one record, whose number is zero.
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)?;

    let key_length = u8::try_from(ours.len()).map_err(|_| EncryptionError::Crypto)?;
    Ok([salt.as_slice(), &RECORD_SIZE.to_be_bytes(), &[key_length], ours, &sealed].concat())
}

/// As many bytes as fit into `bytes`.
fn derive(from: &Prk, about: &[&[u8]], bytes: &mut [u8]) -> Result<(), Unspecified> {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    from.expand(about, Length(bytes.len()))?.fill(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    use web_push_native::p256::SecretKey;
    use web_push_native::{Auth, decrypt};

    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    /// The browser of RFC 8291's example.
    const PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";

    fn bytes(text: &str) -> Vec<u8> {
        BASE64.decode(text).unwrap()
    }

    fn browser() -> BrowserKeys {
        BrowserKeys::parse(PUBLIC, AUTH).unwrap()
    }

    /// By another library.
    fn read(body: &[u8], private: &str) -> Option<Vec<u8>> {
        let private = SecretKey::from_slice(&bytes(private)).unwrap();
        decrypt(body.to_vec(), &private, &Auth::clone_from_slice(&bytes(AUTH))).ok()
    }

    #[test]
    fn the_example_of_the_standard() {
        // RFC 8291, appendix A.
        let sender =
            PrivateKey::from_private_key(&ECDH_P256, &bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let body = encrypt_with(b"When I grow up, I want to be a watermelon", &browser(), &sender, salt).unwrap();
        assert_eq!(
            BASE64.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl\
             7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn the_browser_reads_it_and_nobody_else() {
        for message in [vec![], "예매가 완료되었습니다".as_bytes().to_vec(), vec![7; MOST_BYTES]] {
            let body = encrypt(&message, &browser()).unwrap();
            assert!(body.len() <= 4_096);
            assert_eq!(read(&body, PRIVATE), Some(message));
            let mut broken = body.clone();
            *broken.last_mut().unwrap() ^= 1;
            assert_eq!(read(&broken, PRIVATE), None);
            assert_eq!(read(&body, "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), None);
        }
        assert_ne!(encrypt(b"x", &browser()).unwrap()[21..86], encrypt(b"x", &browser()).unwrap()[21..86]);
    }

    #[test]
    fn a_message_that_no_service_takes_is_refused_here() {
        assert!(matches!(encrypt(&[0; MOST_BYTES + 1], &browser()), Err(EncryptionError::TooLong)));
    }
}

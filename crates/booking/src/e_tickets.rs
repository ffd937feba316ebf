//! E-tickets as texts for QR codes: JWTs signed with Ed25519, which whoever has the public key can check without us.
//!
//! The private key is made from a secret text: that can be generated when a stack is created, and needs no function to do so.

use std::fmt;

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::SdkError;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use contracts::ids::{ETicketId, PerformanceId, ReservationId};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::e_ticket::ETicket;

/// For whom tickets are.
pub const AUDIENCE: &str = "jari-check-in";

/// The shortest secret in bytes: as many as the private key has.
const SHORTEST: usize = 32;

/// What a private key is made from the secret for.
const PURPOSE: &[u8] = b"jari e-tickets v1";

/// What the text of a ticket says. There is no end in it: a performance may be put off, and an entrance knows which one it
/// is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ETicketClaims {
    /// [`AUDIENCE`].
    pub aud: String,
    /// Which ticket.
    pub sub: ETicketId,
    /// Of which reservation.
    pub rsv: ReservationId,
    /// At which version of it.
    pub ver: u64,
    /// For which performance.
    pub prf: PerformanceId,
    /// For which seat or admission of it.
    pub seat: String,
}

/// Tickets cannot be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignerError {
    /// Secrets Manager did not give the secret.
    #[error("the secret of e-tickets could not be read")]
    Unavailable(#[source] Box<SdkError<GetSecretValueError>>),
    /// It could be guessed.
    #[error("the secret of e-tickets must have at least {SHORTEST} bytes")]
    TooShort,
    /// The key or the claims are not taken: a mistake of ours.
    #[error("e-tickets cannot be signed")]
    Unusable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Signs tickets.
pub struct Signer {
    header: Header,
    key: EncodingKey,
    public_key: Vec<u8>,
}

impl Signer {
    /// With the key that this secret stands for.
    ///
    /// # Errors
    /// When it is shorter than 32 bytes.
    pub fn new(secret: &[u8]) -> Result<Self, SignerError> {
        if secret.len() < SHORTEST {
            return Err(SignerError::TooShort);
        }
        let seed = hmac::sign(&hmac::Key::new(HMAC_SHA256, secret), PURPOSE);
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref()).map_err(unusable)?;
        let document = pair.to_pkcs8().map_err(unusable)?;
        let public_key = pair.public_key().as_ref().to_vec();
        let kid = BASE64.encode(&Sha256::digest(&public_key)[..6]);
        let header = Header { kid: Some(kid), typ: None, ..Header::new(Algorithm::EdDSA) };
        Ok(Self { header, key: EncodingKey::from_ed_der(document.as_ref()), public_key })
    }

    /// With the key that a secret in Secrets Manager stands for.
    ///
    /// # Errors
    /// When it cannot be read, or is too short.
    pub async fn read(client: &Client, arn: &str) -> Result<Self, SignerError> {
        let answer = client.get_secret_value().secret_id(arn).send().await;
        let answer = answer.map_err(|error| SignerError::Unavailable(Box::new(error)))?;
        Self::new(answer.secret_string.unwrap_or_default().as_bytes())
    }

    /// The text of a ticket: for the same ticket always the same.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub fn sign(&self, ticket: &ETicket<'_>) -> Result<String, SignerError> {
        let claims = ETicketClaims {
            aud: AUDIENCE.to_owned(),
            sub: ticket.id,
            rsv: ticket.reservation,
            ver: ticket.version,
            prf: ticket.performance,
            seat: ticket.seat.id.clone(),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.key).map_err(unusable)
    }

    /// What tickets are checked with, 32 bytes.
    #[must_use]
    pub fn public_key(&self) -> &[u8] {
        &self.public_key
    }
}

fn unusable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> SignerError {
    SignerError::Unusable(error.into())
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("kid", &self.header.kid).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use contracts::booking::{ReservationLine, ReservedSeat};
    use contracts::ids::TicketTypeId;
    use jsonwebtoken::{DecodingKey, Validation};

    use super::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn line() -> ReservationLine {
        ReservationLine {
            block: "A1".into(),
            section: "A".into(),
            ticket_type_id: TicketTypeId::generate(),
            price: 10,
            seats: vec![ReservedSeat { slot: 0, id: "A1-1".into(), label: "1".into(), row: "A".into() }],
        }
    }

    fn ticket(line: &ReservationLine) -> ETicket<'_> {
        ETicket {
            id: ETicketId::generate(),
            reservation: ReservationId::generate(),
            version: 3,
            performance: PerformanceId::generate(),
            line,
            seat: &line.seats[0],
        }
    }

    /// As an entrance without a network checks it.
    fn check(text: &str, public_key: &[u8]) -> Result<ETicketClaims, jsonwebtoken::errors::Error> {
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["aud", "sub"]);
        let key = DecodingKey::from_ed_components(&BASE64.encode(public_key))?;
        jsonwebtoken::decode(text, &key, &rules).map(|token| token.claims)
    }

    #[test]
    fn whoever_has_the_public_key_can_check_a_ticket() {
        let (signer, line) = (Signer::new(SECRET).unwrap(), line());
        let ticket = ticket(&line);
        let text = signer.sign(&ticket).unwrap();
        assert_eq!(text, Signer::new(SECRET).unwrap().sign(&ticket).unwrap(), "the same whenever it is shown");
        let claims = check(&text, signer.public_key()).unwrap();
        assert_eq!((claims.sub, claims.rsv, claims.ver), (ticket.id, ticket.reservation, 3));
        assert_eq!((claims.prf, claims.seat.as_str()), (ticket.performance, "A1-1"));
        // A version 16 QR code of medium correction holds 450 bytes: 81 by 81 modules, which phones read off a phone.
        assert!(text.len() <= 450, "{}", text.len());
    }

    #[test]
    fn forgeries_are_found() {
        let (signer, line) = (Signer::new(SECRET).unwrap(), line());
        let (ours, other) = (signer.sign(&ticket(&line)).unwrap(), signer.sign(&ticket(&line)).unwrap());
        let strange = Signer::new(b"fedcba9876543210fedcba9876543210").unwrap().sign(&ticket(&line)).unwrap();
        assert!(check(&strange, signer.public_key()).is_err());
        let part = |text: &str, index: usize| text.split('.').nth(index).unwrap().to_owned();
        let mixed = format!("{}.{}.{}", part(&ours, 0), part(&other, 1), part(&ours, 2));
        assert!(check(&mixed, signer.public_key()).is_err());
        let unsigned = format!("{}.{}.", BASE64.encode(r#"{"alg":"none"}"#), part(&ours, 1));
        assert!(check(&unsigned, signer.public_key()).is_err());
    }

    #[test]
    fn short_secrets_are_refused_and_none_is_shown() {
        assert!(matches!(Signer::new(&SECRET[1..]), Err(SignerError::TooShort)));
        assert!(!format!("{:?}", Signer::new(SECRET).unwrap()).contains("0123"));
    }
}

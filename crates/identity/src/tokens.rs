//! Access tokens: JSON Web Tokens that API Gateway's own authorizer verifies, so no function has to.

use contracts::identity::{Role, UserState};
use jiff::Timestamp;
use jsonwebtoken::{EncodingKey, Header};
use serde::Serialize;
use uuid::Uuid;

use crate::keys::{ALGORITHM, KeyError, KeyRing};

/// How long an access token is good for, in seconds. A role taken away or a session ended lives on for so long at most.
pub const LIFETIME_SECONDS: i64 = 15 * 60;

/// Signs access tokens.
#[derive(Debug, Clone)]
pub struct AccessTokens {
    key: EncodingKey,
    header: Header,
    issuer: String,
    audience: String,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: String,
    iat: i64,
    exp: i64,
    jti: Uuid,
    scope: String,
    role: Role,
}

impl AccessTokens {
    /// Signed by the ring's current key, in the name of `issuer`, for `audience`.
    ///
    /// # Errors
    /// When the ring has no usable current key.
    pub fn new(ring: &KeyRing, issuer: String, audience: String) -> Result<Self, KeyError> {
        let (kid, key) = ring.signer()?;
        Ok(Self { key, header: Header { kid: Some(kid), ..Header::new(ALGORITHM) }, issuer, audience })
    }

    /// A token by which its holder is `user` from `now` on, named `id`.
    ///
    /// # Errors
    /// When signing fails: the key is broken.
    pub fn issue(&self, user: &UserState, id: Uuid, now: Timestamp) -> Result<String, KeyError> {
        let claims = Claims {
            iss: &self.issuer,
            aud: &self.audience,
            sub: user.id.to_string(),
            iat: now.as_second(),
            exp: now.as_second() + LIFETIME_SECONDS,
            jti: id,
            scope: user.role.scopes().join(" "),
            role: user.role,
        };
        Ok(jsonwebtoken::encode(&self.header, &claims, &self.key)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Email, account};
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    use contracts::identity::Locale;
    use contracts::ids::UserId;
    use serde_json::Value;

    fn part(text: &str) -> Value {
        serde_json::from_slice(&BASE64.decode(text).unwrap()).unwrap()
    }

    /// By hand and with another library than the one that signed.
    #[test]
    fn a_token_is_what_the_published_keys_vouch_for() {
        let ring = KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap();
        let tokens = AccessTokens::new(&ring, "https://issuer.example".into(), "jari".into()).unwrap();
        let email = Email::parse("min@example.com").unwrap();
        let user =
            account::change_role(&account::open(UserId::generate(), &email, "Min", Locale::Ko), Role::Staff).unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let token = tokens.issue(&user, Uuid::nil(), now).unwrap();

        let jwks = serde_json::to_value(ring.public().unwrap()).unwrap();
        let [header, claims, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("not three parts") };
        let component = |name: &str| BASE64.decode(jwks["keys"][0][name].as_str().unwrap()).unwrap();
        let public = ring::signature::RsaPublicKeyComponents { n: component("n"), e: component("e") };
        let check = |message: &str| {
            let signature = BASE64.decode(signature).unwrap();
            public.verify(&ring::signature::RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &signature)
        };
        assert!(check(&format!("{header}.{claims}")).is_ok());
        assert!(check(&format!("{header}.{claims}A")).is_err());

        assert_eq!(part(header), serde_json::json!({"typ": "JWT", "alg": "RS256", "kid": jwks["keys"][0]["kid"]}));
        assert_eq!(
            part(claims),
            serde_json::json!({
                "iss": "https://issuer.example", "aud": "jari", "sub": user.id.to_string(), "iat": 1_800_000_000_i64,
                "exp": 1_800_000_900_i64, "jti": Uuid::nil(), "scope": "buyer staff", "role": "staff",
            })
        );
    }
}

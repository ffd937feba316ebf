//! Tokens of any kind. The stack's own signing key is read where only operators can, so that a token with one thing
//! wrong has nothing else wrong.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::stack::Stack;

/// The stack's signing key.
#[derive(Debug)]
pub struct Forge {
    key: EncodingKey,
    kid: String,
    issuer: String,
}

impl Forge {
    /// Fetches the key.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn open() -> Self {
        let (stack, aws) = (Stack::get(), Stack::get().operator().await);
        let register_user = aws_sdk_lambda::Client::new(&aws)
            .get_function_configuration()
            .function_name(format!("{}-register-user", stack.name()))
            .send()
            .await
            .expect("register-user is there");
        let variables = register_user.environment().and_then(|environment| environment.variables());
        let secret_id =
            variables.and_then(|variables| variables.get("SIGNING_KEY_SECRET_ARN")).expect("the secret's name");
        let secrets = aws_sdk_secretsmanager::Client::new(&aws);
        let secret = secrets.get_secret_value().secret_id(secret_id).send().await.expect("the secret is there");
        let ring: Value = serde_json::from_str(secret.secret_string().expect("a text")).expect("JSON");
        let kid = ring["current"].as_str().expect("a current key").to_owned();
        let keys = ring["keys"].as_array().expect("keys");
        let pem = keys.iter().find(|key| key["kid"] == kid.as_str()).and_then(|key| key["privateKeyPem"].as_str());
        let key = EncodingKey::from_rsa_pem(pem.expect("the current key").as_bytes()).expect("an RSA key");
        Self { key, kid, issuer: stack.output("TokenIssuer").to_owned() }
    }

    /// The claims of a good buyer's token.
    #[must_use]
    pub fn claims(&self, user_id: &str) -> Value {
        let now = Timestamp::now().as_second();
        json!({
            "iss": self.issuer, "aud": "jari", "sub": user_id, "iat": now, "exp": now + 900, "jti": Uuid::now_v7(),
            "scope": "buyer", "role": "buyer",
        })
    }

    /// A token that says this, signed like a good one.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn token(&self, claims: &Value) -> String {
        self.signed(Algorithm::RS256, claims, &self.key)
    }

    /// A token that says this, signed in another way or with another key.
    ///
    /// # Panics
    /// When it cannot be signed.
    #[must_use]
    pub fn signed(&self, algorithm: Algorithm, claims: &Value, key: &EncodingKey) -> String {
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, claims, key).expect("it can be signed")
    }

    /// A new key that nobody honours.
    ///
    /// # Panics
    /// When there is no randomness.
    #[must_use]
    pub fn strange_key() -> EncodingKey {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("randomness");
        let der: Pkcs8V1Der<'_> = pair.as_der().expect("a key has a form");
        let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref()));
        EncodingKey::from_rsa_pem(pem.as_bytes()).expect("an RSA key")
    }
}

//! Tokens of any kind. The stack's own signing keys are read where only operators can, so that a token with one thing
//! wrong has nothing else wrong.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::stack::{Stack, client};

/// The stack's signing keys.
#[derive(Debug)]
pub struct Forge {
    /// The name of the key that signs.
    pub current: String,
    keys: Vec<Key>,
    issuer: String,
}

#[derive(Debug)]
struct Key {
    kid: String,
    private_pem: String,
}

impl Forge {
    /// Fetches the keys.
    ///
    /// # Panics
    /// When they cannot be read.
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
        let text = |value: &Value| value.as_str().expect("a text in the ring").to_owned();
        let keys = ring["keys"].as_array().expect("keys").iter();
        Self {
            current: text(&ring["current"]),
            keys: keys.map(|key| Key { kid: text(&key["kid"]), private_pem: text(&key["privateKeyPem"]) }).collect(),
            issuer: stack.output("TokenIssuer").to_owned(),
        }
    }

    /// The names of all keys.
    #[must_use]
    pub fn kids(&self) -> Vec<&str> {
        self.keys.iter().map(|key| key.kid.as_str()).collect()
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
    #[must_use]
    pub fn token(&self, claims: &Value) -> String {
        self.token_of(&self.current, claims)
    }

    /// A token that says this, signed with the key of this name.
    ///
    /// # Panics
    /// When there is no such key.
    #[must_use]
    pub fn token_of(&self, kid: &str, claims: &Value) -> String {
        signed(&header(Algorithm::RS256, kid), claims, &self.key(kid).private())
    }

    /// A token that says this, signed in another way or with another key, under the name of the key that signs.
    #[must_use]
    pub fn signed(&self, algorithm: Algorithm, claims: &Value, key: &EncodingKey) -> String {
        signed(&header(algorithm, &self.current), claims, key)
    }

    /// A token that says this, signed like a good one, under the name of another key.
    #[must_use]
    pub fn token_named(&self, kid: &str, claims: &Value) -> String {
        signed(&header(Algorithm::RS256, kid), claims, &self.signing_key())
    }

    /// The key that signs.
    #[must_use]
    pub fn signing_key(&self) -> EncodingKey {
        self.key(&self.current).private()
    }

    /// What everybody knows of the key that signs, in the forms that somebody might try as a shared secret.
    ///
    /// # Panics
    /// When the key is none.
    #[must_use]
    pub fn public_forms(&self) -> Vec<Vec<u8>> {
        let private = pem::parse(&self.key(&self.current).private_pem).expect("PEM");
        let pair = KeyPair::from_pkcs8(private.contents()).expect("an RSA key");
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der().expect("a key has a form");
        let text = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
        vec![der.as_ref().to_vec(), text.trim().as_bytes().to_vec(), text.into_bytes()]
    }

    fn key(&self, kid: &str) -> &Key {
        self.keys.iter().find(|key| key.kid == kid).unwrap_or_else(|| panic!("no key {kid}"))
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

impl Key {
    fn private(&self) -> EncodingKey {
        EncodingKey::from_rsa_pem(self.private_pem.as_bytes()).expect("an RSA key")
    }
}

/// The names of the published keys. Private parts must not be among what is published.
///
/// # Panics
/// When the document cannot be read, or tells too much.
pub async fn published_kids() -> Vec<String> {
    let client = client().build().expect("a client can be built");
    let url = format!("{}/.well-known/jwks.json", Stack::get().output("TokenIssuer"));
    let set: Value = client.get(url).send().await.expect("the key set answers").json().await.expect("in JSON");
    let keys = set["keys"].as_array().expect("keys").iter();
    keys.map(|key| {
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(key.get(private).is_none(), "{private} is published");
        }
        key["kid"].as_str().expect("a name").to_owned()
    })
    .collect()
}

fn header(algorithm: Algorithm, kid: &str) -> Header {
    Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) }
}

fn signed(header: &Header, claims: &Value, key: &EncodingKey) -> String {
    jsonwebtoken::encode(header, claims, key).expect("it can be signed")
}

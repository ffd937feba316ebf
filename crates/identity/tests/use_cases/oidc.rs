//! An OpenID Connect provider that does wrong what it is told to: what a real one cannot be made to do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use identity::google::{Arrival, Departure, Google};
use identity::keys::KeyRing;
use identity::provider::Provider;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub const CLIENT: &str = "jari-test";
pub const SECRET: &str = "s3cret with:odd/characters";
pub const SITE: &str = "https://jari.example";

/// How a call is answered instead of properly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    ServerError,
    TooBusy,
    Silence,
    Nonsense,
    Elsewhere,
    Endless,
}

/// Changes the claims of an ID token.
pub type Twist = fn(&mut Value);

pub struct Behaviour {
    pub documents: Option<Trouble>,
    pub token: Option<Trouble>,
    /// The OAuth error that refuses a code.
    pub refusal: Option<&'static str>,
    pub twist: Twist,
    pub algorithm: Algorithm,
    pub without_id_token: bool,
    /// The key that signs, and those that are published.
    pub signing: KeyRing,
    pub published: KeyRing,
    /// The times the documents were read.
    pub reads: u32,
    /// Codes that were given out, with the challenge and the nonce they came with.
    codes: HashMap<String, (String, String)>,
}

pub struct Oidc {
    pub url: String,
    pub behaviour: Arc<Mutex<Behaviour>>,
}

#[derive(Clone)]
struct Shared {
    url: String,
    behaviour: Arc<Mutex<Behaviour>>,
}

impl Oidc {
    pub async fn start(ring: &KeyRing) -> Self {
        let behaviour = Behaviour {
            documents: None,
            token: None,
            refusal: None,
            twist: |_| {},
            algorithm: Algorithm::RS256,
            without_id_token: false,
            signing: ring.clone(),
            published: ring.clone(),
            reads: 0,
            codes: HashMap::new(),
        };
        let behaviour = Arc::new(Mutex::new(behaviour));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Shared { url: url.clone(), behaviour: Arc::clone(&behaviour) };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .with_state(shared);
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, behaviour }
    }

    pub fn set(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.behaviour.lock().unwrap());
    }

    /// Our end of it, fresh: nothing read yet.
    pub fn google(&self) -> Google {
        let provider = Provider::new(self.url.clone(), CLIENT.into(), SECRET.into()).unwrap();
        Google::new(provider, SECRET, SITE.into())
    }

    /// What a browser does: follows the link, logs in, comes back.
    pub async fn visit(&self, departure: &Departure) -> Arrival {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let answer = client.get(&departure.authorization_url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FOUND);
        let back = reqwest::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        let brought: HashMap<_, _> = back.query_pairs().into_owned().collect();
        assert!(back.as_str().starts_with(&departure.redirect_uri));
        Arrival {
            code: brought["code"].clone(),
            state: brought["state"].clone(),
            code_verifier: departure.code_verifier.clone(),
            redirect_uri: departure.redirect_uri.clone(),
        }
    }
}

async fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::ServerError => StatusCode::BAD_GATEWAY.into_response(),
        Trouble::TooBusy => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Trouble::Silence => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::OK.into_response()
        }
        Trouble::Nonsense => Json(json!(["what?"])).into_response(),
        Trouble::Elsewhere => (StatusCode::FOUND, [(header::LOCATION, "http://127.0.0.1:1/")]).into_response(),
        Trouble::Endless => Json(json!({"padding": "x".repeat(1_000_000)})).into_response(),
    }
}

async fn configuration(State(Shared { url, behaviour }): State<Shared>) -> Response {
    let wrong = {
        let mut behaviour = behaviour.lock().unwrap();
        behaviour.reads += 1;
        behaviour.documents
    };
    if let Some(wrong) = wrong {
        return trouble(wrong).await;
    }
    let document = json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        // It would also sign with the client's secret; that nobody should believe.
        "id_token_signing_alg_values_supported": ["RS256", "HS256"],
    });
    Json(document).into_response()
}

async fn jwks(State(Shared { behaviour, .. }): State<Shared>) -> Json<Value> {
    let published = behaviour.lock().unwrap().published.public().unwrap();
    Json(serde_json::to_value(published).unwrap())
}

/// Everybody is logged in at once.
async fn authorize(
    State(Shared { behaviour, .. }): State<Shared>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT));
    assert_eq!((asked["code_challenge_method"].as_str(), asked["scope"].as_str()), ("S256", "openid email profile"));
    let mut behaviour = behaviour.lock().unwrap();
    let code = format!("code-{}", behaviour.codes.len());
    behaviour.codes.insert(code.clone(), (asked["code_challenge"].clone(), asked["nonce"].clone()));
    let mut back = reqwest::Url::parse(&asked["redirect_uri"]).unwrap();
    back.query_pairs_mut().append_pair("code", &code).append_pair("state", &asked["state"]);
    (StatusCode::FOUND, [(header::LOCATION, back.to_string())]).into_response()
}

async fn token(State(Shared { url, behaviour }): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let wrong = behaviour.lock().unwrap().token;
    if let Some(wrong) = wrong {
        return trouble(wrong).await;
    }
    let mut behaviour = behaviour.lock().unwrap();
    let refuse = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response();
    // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
    let basic = STANDARD.encode(format!("{CLIENT}:s3cret+with%3Aodd%2Fcharacters"));
    assert_eq!(headers["authorization"].to_str().unwrap(), format!("Basic {basic}"));
    let form = format!("http://form/?{}", std::str::from_utf8(&body).unwrap());
    let sent: HashMap<_, _> = reqwest::Url::parse(&form).unwrap().query_pairs().into_owned().collect();
    assert_eq!(sent["grant_type"], "authorization_code");
    assert!(sent["redirect_uri"].starts_with(SITE));
    if let Some(refusal) = behaviour.refusal {
        return refuse(refusal);
    }
    let Some((challenge, nonce)) = behaviour.codes.remove(&sent["code"]) else { return refuse("invalid_grant") };
    if BASE64.encode(Sha256::digest(&sent["code_verifier"])) != challenge {
        return refuse("invalid_grant");
    }
    let mut claims = json!({
        "iss": url, "aud": CLIENT, "sub": "108", "nonce": nonce, "iat": 1_800_000_000_i64, "exp": 1_800_003_600_i64,
        "email": "min@example.com", "email_verified": true, "name": "Kim Min",
        "picture": "https://lh3.googleusercontent.com/a/1",
    });
    (behaviour.twist)(&mut claims);
    let mut answer = json!({"access_token": "a", "token_type": "Bearer", "expires_in": 3_600});
    if !behaviour.without_id_token {
        answer["id_token"] = sign(&behaviour, &claims).into();
    }
    Json(answer).into_response()
}

fn sign(behaviour: &Behaviour, claims: &Value) -> String {
    let (kid, key) = behaviour.signing.signer().unwrap();
    let key = match behaviour.algorithm {
        Algorithm::HS256 => EncodingKey::from_secret(SECRET.as_bytes()),
        _ => key,
    };
    let header = Header { kid: Some(kid), ..Header::new(behaviour.algorithm) };
    jsonwebtoken::encode(&header, claims, &key).unwrap()
}

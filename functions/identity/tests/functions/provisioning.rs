//! The custom resource against stand-ins for Secrets Manager, S3 and CloudFormation that speak their protocols.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_config::{BehaviorVersion, Region, retry::RetryConfig};
use aws_credential_types::Credentials;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{post, put};
use identity::keys::KeyRing;
use identity_functions::provision_signing_key::{Provisioner, Settings};
use serde_json::{Value, json};

#[derive(Default)]
struct World {
    secret: Option<String>,
    tokens: Vec<String>,
    objects: BTreeMap<String, (String, String)>,
    answers: Vec<Value>,
    bucket_is_gone: bool,
    s3_is_down: bool,
    answers_to_refuse: u32,
}

type Shared = Arc<Mutex<World>>;

async fn secrets_manager(State(world): State<Shared>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let mut world = world.lock().unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["SecretId"], "arn:secret");
    let refusal = |code: &str| (StatusCode::BAD_REQUEST, json!({"__type": code, "message": code}).to_string());
    match headers["x-amz-target"].to_str().unwrap() {
        "secretsmanager.GetSecretValue" => match &world.secret {
            Some(secret) => (StatusCode::OK, json!({"SecretString": secret}).to_string()),
            None => refusal("ResourceNotFoundException"),
        },
        "secretsmanager.PutSecretValue" => {
            let token = body["ClientRequestToken"].as_str().unwrap().to_owned();
            if world.tokens.contains(&token) {
                return refusal("ResourceExistsException");
            }
            world.tokens.push(token);
            world.secret = Some(body["SecretString"].as_str().unwrap().to_owned());
            (StatusCode::OK, "{}".to_owned())
        }
        other => panic!("unexpected {other}"),
    }
}

async fn put_object(
    State(world): State<Shared>,
    Path(path): Path<(String, String)>,
    headers: HeaderMap,
    body: String,
) -> StatusCode {
    let mut world = world.lock().unwrap();
    if world.s3_is_down {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let content_type = headers["content-type"].to_str().unwrap().to_owned();
    world.objects.insert(format!("{}/{}", path.0, path.1), (content_type, body));
    StatusCode::OK
}

async fn delete_object(State(world): State<Shared>, Path(path): Path<(String, String)>) -> (StatusCode, &'static str) {
    let mut world = world.lock().unwrap();
    if world.bucket_is_gone {
        return (StatusCode::NOT_FOUND, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>");
    }
    world.objects.remove(&format!("{}/{}", path.0, path.1));
    (StatusCode::NO_CONTENT, "")
}

async fn answer(State(world): State<Shared>, headers: HeaderMap, body: String) -> StatusCode {
    let mut world = world.lock().unwrap();
    assert_eq!(headers.get("content-type").map(|value| value.as_bytes()), Some(b"".as_slice()));
    if world.answers_to_refuse > 0 {
        world.answers_to_refuse -= 1;
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    world.answers.push(serde_json::from_str(&body).unwrap());
    StatusCode::OK
}

struct Cloud {
    endpoint: String,
    world: Shared,
}

impl Cloud {
    async fn new(world: World) -> Self {
        let world = Arc::new(Mutex::new(world));
        let routes = Router::new()
            .route("/", post(secrets_manager))
            .route("/cloudformation", put(answer))
            .route("/{bucket}/{*key}", put(put_object).delete(delete_object))
            .with_state(world.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { endpoint, world }
    }

    async fn provisioner(&self, settings: Settings) -> Provisioner {
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .retry_config(RetryConfig::disabled())
            .credentials_provider(Credentials::new("test", "test", None, None, "test"));
        Provisioner::new(&config.load().await, settings)
    }

    /// One request; what CloudFormation heard.
    async fn request(&self, settings: Settings, id: &str, change: Value) -> Value {
        let mut request = json!({
            "ServiceToken": "arn:function", "ResponseURL": format!("{}/cloudformation", self.endpoint),
            "StackId": "arn:stack", "RequestId": id, "ResourceType": "Custom::SigningKey", "LogicalResourceId": "SigningKey",
            "ResourceProperties": {"ServiceToken": "arn:function"},
        });
        request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let deadline = SystemTime::now() + Duration::from_secs(30);
        self.provisioner(settings).await.handle(serde_json::from_value(request).unwrap(), deadline).await.unwrap();
        let answer = self.world.lock().unwrap().answers.pop().unwrap();
        assert_eq!((&answer["StackId"], &answer["RequestId"]), (&json!("arn:stack"), &json!(id)));
        assert_eq!(answer["LogicalResourceId"], "SigningKey");
        answer
    }

    fn object(&self, path: &str) -> Value {
        let world = self.world.lock().unwrap();
        let (content_type, body) = &world.objects[path];
        assert_eq!(content_type, "application/json");
        serde_json::from_str(body).unwrap()
    }
}

fn settings() -> Settings {
    let text = |text: &str| Some(text.to_owned());
    Settings { secret: text("arn:secret"), issuer: text("https://issuer.example"), bucket: text("bucket") }
}

const FIRST: &str = "11111111-1111-1111-1111-111111111111";
const SECOND: &str = "22222222-2222-2222-2222-222222222222";

#[tokio::test]
async fn the_first_key_is_made_once_and_published() {
    let cloud = Cloud::new(World { answers_to_refuse: 2, ..World::default() }).await;
    let created = cloud.request(settings(), FIRST, json!({"RequestType": "Create"})).await;
    assert_eq!((&created["Status"], &created["PhysicalResourceId"]), (&json!("SUCCESS"), &json!("bucket")));
    assert!(created.get("Reason").is_none());

    let stored = cloud.world.lock().unwrap().secret.clone().unwrap();
    let ring = KeyRing::read(&stored).unwrap().unwrap();
    let configuration = cloud.object("bucket/.well-known/openid-configuration");
    assert_eq!(configuration["issuer"], "https://issuer.example");
    assert_eq!(configuration["jwks_uri"], "https://issuer.example/.well-known/jwks.json");
    let keys = cloud.object("bucket/.well-known/jwks.json");
    assert_eq!(keys, serde_json::to_value(ring.public().unwrap()).unwrap());
    assert!(!keys.to_string().contains("PRIVATE") && keys["keys"][0].get("d").is_none());

    // The same request again, another one, a move to another issuer and bucket: the key stays.
    for (id, change) in [
        (FIRST, json!({"RequestType": "Create"})),
        (SECOND, json!({"RequestType": "Update", "PhysicalResourceId": "bucket"})),
        (
            SECOND,
            json!({
                "RequestType": "Update", "PhysicalResourceId": "bucket",
                "ResourceProperties": {"Issuer": "https://new.example/", "Bucket": "new"},
            }),
        ),
    ] {
        assert_eq!(cloud.request(settings(), id, change).await["Status"], "SUCCESS");
        assert_eq!(cloud.world.lock().unwrap().secret.as_deref(), Some(stored.as_str()));
    }
    assert_eq!(
        cloud.object("new/.well-known/openid-configuration")["jwks_uri"],
        "https://new.example/.well-known/jwks.json"
    );
    assert_eq!(cloud.object("new/.well-known/jwks.json"), keys);

    // CloudFormation then deletes what it calls the old resource, with its old properties.
    let old =
        json!({"RequestType": "Delete", "PhysicalResourceId": "bucket", "ResourceProperties": {"Bucket": "bucket"}});
    assert_eq!(cloud.request(settings(), SECOND, old).await["Status"], "SUCCESS");
    let left: Vec<_> = cloud.world.lock().unwrap().objects.keys().cloned().collect();
    assert_eq!(left, ["new/.well-known/jwks.json", "new/.well-known/openid-configuration"]);
    assert!(cloud.world.lock().unwrap().secret.is_some());
}

#[tokio::test]
async fn a_request_delivered_twice_at_once_publishes_the_key_that_was_stored() {
    let stored = KeyRing::generate(jiff::Timestamp::UNIX_EPOCH).unwrap();
    // The secret looks empty, yet this very request has stored a key in the meantime.
    let cloud = Cloud::new(World { secret: Some(String::new()), tokens: vec![FIRST.into()], ..World::default() }).await;
    let answer = cloud.request(settings(), FIRST, json!({"RequestType": "Create"})).await;
    assert_eq!(answer["Status"], "FAILED", "nothing is stored, so nothing is published");
    assert!(cloud.world.lock().unwrap().objects.is_empty());
    cloud.world.lock().unwrap().secret = Some(stored.write().unwrap());
    assert_eq!(cloud.request(settings(), FIRST, json!({"RequestType": "Create"})).await["Status"], "SUCCESS");
    assert_eq!(cloud.object("bucket/.well-known/jwks.json"), serde_json::to_value(stored.public().unwrap()).unwrap());
}

#[tokio::test]
async fn whatever_goes_wrong_is_answered() {
    let create = || json!({"RequestType": "Create"});
    for (missing, word) in [
        (Settings { secret: None, ..settings() }, "secret"),
        (Settings { issuer: None, ..settings() }, "issuer"),
        (Settings { bucket: None, ..settings() }, "bucket"),
    ] {
        let cloud = Cloud::new(World::default()).await;
        let answer = cloud.request(missing, FIRST, create()).await;
        assert_eq!(answer["Status"], "FAILED");
        assert!(answer["Reason"].as_str().unwrap().contains(word), "{answer}");
        assert!(!answer["PhysicalResourceId"].as_str().unwrap().is_empty());
    }

    let cloud = Cloud::new(World { s3_is_down: true, ..World::default() }).await;
    let answer = cloud.request(settings(), FIRST, create()).await;
    assert_eq!((&answer["Status"], &answer["PhysicalResourceId"]), (&json!("FAILED"), &json!("bucket")));
    let update = json!({
        "RequestType": "Update", "PhysicalResourceId": "bucket", "ResourceProperties": {"Bucket": "new"},
    });
    let answer = cloud.request(settings(), FIRST, update).await;
    assert_eq!((&answer["Status"], &answer["PhysicalResourceId"]), (&json!("FAILED"), &json!("bucket")));
    // Once S3 is back, the key that was stored by then is used.
    cloud.world.lock().unwrap().s3_is_down = false;
    assert_eq!(cloud.request(settings(), SECOND, create()).await["Status"], "SUCCESS");
    assert_eq!(cloud.world.lock().unwrap().tokens, [FIRST]);

    let cloud = Cloud::new(World { secret: Some("somebody's password".into()), ..World::default() }).await;
    let answer = cloud.request(settings(), FIRST, create()).await;
    assert_eq!(answer["Status"], "FAILED");
    assert!(!answer.to_string().contains("somebody"));
    assert_eq!(cloud.world.lock().unwrap().secret.as_deref(), Some("somebody's password"));
}

#[tokio::test]
async fn deleting_what_is_gone_or_never_was_succeeds() {
    let delete = || json!({"RequestType": "Delete", "PhysicalResourceId": "bucket"});
    for (world, settings) in [
        (World::default(), settings()),
        (World { bucket_is_gone: true, ..World::default() }, settings()),
        (World::default(), Settings::default()),
    ] {
        let answer = Cloud::new(world).await.request(settings, FIRST, delete()).await;
        assert_eq!(answer["Status"], "SUCCESS");
    }
}

#[tokio::test]
async fn running_out_of_time_is_answered_too() {
    let cloud = Cloud::new(World::default()).await;
    let request = json!({
        "RequestType": "Create", "ResponseURL": format!("{}/cloudformation", cloud.endpoint),
        "StackId": "s", "RequestId": FIRST, "LogicalResourceId": "SigningKey",
    });
    let provisioner = cloud.provisioner(settings()).await;
    provisioner.handle(serde_json::from_value(request).unwrap(), SystemTime::now()).await.unwrap();
    let answers = cloud.world.lock().unwrap().answers.clone();
    assert_eq!(
        (&answers[0]["Status"], &answers[0]["Reason"]),
        (&json!("FAILED"), &json!("the function's time ran out"))
    );
}

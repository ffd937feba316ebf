//! The custom resource, asked by CloudFormation, before a stand-in for Secrets Manager.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{post, put};
use notifications::push::key::PushKey;
use notifications_functions::provision_push_key::Provisioner;
use serde_json::{Value, json};

/// What the stand-ins hold.
#[derive(Default)]
struct World {
    /// The current version of the secret, by name.
    current: Option<String>,
    /// Every version, with its text.
    versions: BTreeMap<String, String>,
    /// What CloudFormation heard.
    answers: Vec<Value>,
    is_down: bool,
}

type Shared = Arc<Mutex<World>>;

async fn secrets_manager(State(world): State<Shared>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let mut world = world.lock().unwrap();
    if world.is_down {
        return (StatusCode::SERVICE_UNAVAILABLE, String::new());
    }
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["SecretId"], "arn:secret");
    let refusal = |code: &str| (StatusCode::BAD_REQUEST, json!({"__type": code, "message": code}).to_string());
    match headers["x-amz-target"].to_str().unwrap() {
        "secretsmanager.GetSecretValue" => match &world.current {
            Some(name) => {
                (StatusCode::OK, json!({"VersionId": name, "SecretString": world.versions[name]}).to_string())
            }
            None => refusal("ResourceNotFoundException"),
        },
        "secretsmanager.PutSecretValue" => {
            let [name, text] =
                ["ClientRequestToken", "SecretString"].map(|part| body[part].as_str().unwrap().to_owned());
            assert!((32..=64).contains(&name.len()));
            // As documented: the same again is ignored, something else by the same name refused.
            if world.versions.get(&name).is_some_and(|stored| *stored != text) {
                return refusal("ResourceExistsException");
            }
            world.versions.insert(name.clone(), text);
            world.current = Some(name);
            (StatusCode::OK, "{}".to_owned())
        }
        other => panic!("unexpected {other}"),
    }
}

async fn cloudformation(State(world): State<Shared>, body: String) -> StatusCode {
    world.lock().unwrap().answers.push(serde_json::from_str(&body).unwrap());
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
            .route("/cloudformation", put(cloudformation))
            .with_state(world.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { endpoint, world }
    }

    /// With this in the secret.
    async fn holding(text: &str) -> Self {
        let versions = BTreeMap::from([("first".to_owned(), text.to_owned())]);
        Self::new(World { current: Some("first".into()), versions, ..World::default() }).await
    }

    async fn config(&self) -> SdkConfig {
        let config = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .retry_config(RetryConfig::disabled())
            .credentials_provider(Credentials::new("test", "test", None, None, "test"));
        config.load().await
    }

    /// One request; what CloudFormation heard.
    async fn request(&self, secret: Option<&str>, kind: &str, id: &str, generation: Value) -> Value {
        let request = json!({
            "RequestType": kind, "ServiceToken": "arn:function", "ResponseURL": format!("{}/cloudformation", self.endpoint),
            "StackId": "arn:stack", "RequestId": id, "ResourceType": "Custom::PushKey", "LogicalResourceId": "PushKey",
            "ResourceProperties": {"ServiceToken": "arn:function", "Generation": generation},
        });
        let provisioner = Provisioner::new(&self.config().await, secret.map(str::to_owned));
        let deadline = SystemTime::now() + Duration::from_secs(30);
        provisioner.handle(serde_json::from_value(request).unwrap(), deadline).await.unwrap();
        let answer = self.world.lock().unwrap().answers.pop().unwrap();
        assert_eq!((&answer["StackId"], &answer["RequestId"]), (&json!("arn:stack"), &json!(id)));
        assert_eq!(
            (&answer["LogicalResourceId"], &answer["PhysicalResourceId"]),
            (&json!("PushKey"), &json!("push-key"))
        );
        answer
    }

    /// The same, which must succeed; the public key.
    async fn key(&self, kind: &str, id: &str, generation: &str) -> String {
        let answer = self.request(Some("arn:secret"), kind, id, json!(generation)).await;
        assert_eq!(answer["Status"], "SUCCESS", "{answer}");
        let public = answer["Data"]["PublicKey"].as_str().unwrap().to_owned();
        let stored = self.stored().unwrap();
        assert_eq!(PushKey::read(&stored).unwrap().unwrap().public(), public);
        assert_eq!(answer["Data"].as_object().unwrap().len(), 1, "nothing else leaves the function: {answer}");
        public
    }

    fn stored(&self) -> Option<String> {
        let world = self.world.lock().unwrap();
        world.current.as_ref().map(|name| world.versions[name].clone())
    }
}

const FIRST: &str = "11111111-1111-1111-1111-111111111111";
const SECOND: &str = "22222222-2222-2222-2222-222222222222";
const THIRD: &str = "33333333-3333-3333-3333-333333333333";

#[tokio::test]
async fn a_key_is_made_once_and_replaced_by_a_higher_generation_only() {
    let cloud = Cloud::new(World::default()).await;
    let first = cloud.key("Create", FIRST, "1").await;
    assert_eq!(cloud.key("Create", FIRST, "1").await, first, "delivered twice");
    assert_eq!(cloud.key("Update", SECOND, "1").await, first);
    let second = cloud.key("Update", THIRD, "2").await;
    assert_ne!(second, first);
    assert_eq!(cloud.key("Update", THIRD, "2").await, second, "delivered twice");
    assert_eq!(cloud.key("Update", SECOND, "1").await, second, "never back");
    assert_eq!(cloud.world.lock().unwrap().versions.len(), 2);
}

#[tokio::test]
async fn deleting_keeps_the_key() {
    let cloud = Cloud::new(World::default()).await;
    let key = cloud.key("Create", FIRST, "1").await;
    let answer = cloud.request(None, "Delete", SECOND, json!("1")).await;
    assert_eq!(answer["Status"], "SUCCESS");
    assert_eq!(cloud.key("Update", THIRD, "1").await, key);
}

#[tokio::test]
async fn whatever_goes_wrong_is_answered() {
    let failed = async |cloud: &Cloud, secret: Option<&str>, generation: Value, word: &str| {
        let answer = cloud.request(secret, "Create", FIRST, generation).await;
        assert_eq!(answer["Status"], "FAILED");
        assert!(answer["Reason"].as_str().unwrap().contains(word), "{answer}");
        assert!(answer.get("Data").is_none());
    };
    let cloud = Cloud::new(World::default()).await;
    failed(&cloud, None, json!("1"), "secret").await;
    for generation in [json!("0"), json!("-1"), json!("x"), json!("1.5"), Value::Null] {
        failed(&cloud, Some("arn:secret"), generation, "generation").await;
    }
    cloud.world.lock().unwrap().is_down = true;
    failed(&cloud, Some("arn:secret"), json!("1"), "GetSecretValue").await;
    assert!(cloud.stored().is_none());

    let cloud = Cloud::holding("somebody's password").await;
    let answer = cloud.request(Some("arn:secret"), "Create", FIRST, json!("1")).await;
    assert_eq!(answer["Status"], "FAILED");
    assert!(!answer.to_string().contains("somebody"));
    assert_eq!(cloud.stored().unwrap(), "somebody's password");
}

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_lambda_events::sqs::SqsEvent;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use catalog::images::bucket::Bucket;
use catalog::images::form::UploadForms;
use contracts::ids::{EventId, ImageId, UserId};
use kit::http::respond;
use serde_json::{Value, json};

use super::driver::{Answer, Driver, Sent};
use crate::get_image::Images;
use crate::process_image::Worker;
use crate::sign_image_upload::Uploads;
use crate::{get_image, process_image, sign_image_upload};

const BASE_URL: &str = "https://pictures.example";

/// A one-pixel PNG.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1,
    0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

struct World {
    driver: Driver,
    uploads: Uploads,
    images: Images,
    worker: Worker,
    objects: Objects,
}

impl World {
    async fn start() -> Self {
        let driver = Driver::start().await;
        let objects = Objects::default();
        let endpoint = s3(objects.clone()).await;
        let credentials = Credentials::new("AKID", "secret", Some("token".into()), None, "test");
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(endpoint)
            .retry_config(RetryConfig::disabled())
            .credentials_provider(credentials.clone());
        let bucket = Bucket::new(aws_sdk_s3::Client::from_conf(config.build()), "pictures");
        let forms = UploadForms {
            bucket: "pictures".into(),
            url: BASE_URL.into(),
            region: "us-east-1".into(),
            credentials: SharedCredentialsProvider::new(credentials),
        };
        Self {
            uploads: Uploads { app: driver.app.clone(), forms },
            images: Images { app: driver.app.clone(), base_url: BASE_URL.into() },
            worker: Worker { catalog: driver.app.catalog.clone(), bucket },
            driver,
            objects,
        }
    }

    async fn sign(&self, sent: Sent) -> Answer {
        let handle = |call| sign_image_upload::handle(&self.uploads, call);
        Answer::of(respond("sign-image-upload", sent.into_call(), &handle).await)
    }

    async fn get(&self, sent: Sent, id: &Value) -> Answer {
        let call = sent.at("imageId", id).into_call();
        Answer::of(respond("get-image", call, &|call| get_image::handle(&self.images, call)).await)
    }

    /// Ids of the messages that are delivered again.
    async fn deliver(&self, bodies: &[String]) -> Vec<String> {
        let message = |(index, body): (usize, &String)| json!({"messageId": index.to_string(), "body": body});
        let records: Vec<_> = bodies.iter().enumerate().map(message).collect();
        let batch: SqsEvent = serde_json::from_value(json!({"Records": records})).unwrap();
        let response = process_image::handle(&self.worker, batch).await;
        response.batch_item_failures.into_iter().map(|failure| failure.item_identifier).collect()
    }
}

async fn s3(objects: Objects) -> String {
    let (read, deleted) = (objects.clone(), objects.clone());
    let route = get(move |Path(key): Path<String>| async move {
        let found = read.lock().unwrap().get(&key).cloned();
        let missing = Bytes::from_static(b"<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>");
        if key.contains("unwell") {
            return (StatusCode::INTERNAL_SERVER_ERROR, Bytes::new());
        }
        found.map_or((StatusCode::NOT_FOUND, missing), |bytes| (StatusCode::OK, bytes))
    })
    .put(move |Path(key): Path<String>, bytes: Bytes| async move {
        objects.lock().unwrap().insert(key, bytes);
    })
    .delete(move |Path(key): Path<String>| async move {
        deleted.lock().unwrap().remove(&key);
        if key.contains("unwell") { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::NO_CONTENT }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let app = axum::Router::new().route("/pictures/{*key}", route);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    endpoint
}

fn notification(key: &str) -> String {
    json!({"Records": [{"eventName": "ObjectCreated:Post", "s3": {"object": {"key": key}}}]}).to_string()
}

#[tokio::test]
async fn from_the_form_to_the_picture() {
    let world = World::start().await;
    let by = || world.driver.by_organizer();
    let signed = world.sign(by().with(&json!({"contentType": "image/png", "size": PNG.len()}))).await;
    assert_eq!(signed.status, 201, "{}", signed.body);
    assert_eq!(signed.headers["cache-control"], "no-store");
    let (id, upload) = (&signed.body["id"], &signed.body["upload"]);
    assert_eq!((&upload["url"], &signed.body["maxBytes"]), (&json!(BASE_URL), &json!(10_485_760)));
    let fields = upload["fields"].as_object().unwrap();
    let mut names: Vec<_> = fields.keys().map(String::as_str).collect();
    names.sort_unstable();
    let expected = [
        "Content-Type",
        "key",
        "policy",
        "x-amz-algorithm",
        "x-amz-credential",
        "x-amz-date",
        "x-amz-security-token",
        "x-amz-signature",
    ];
    assert_eq!(names, expected);
    let waiting = world.get(by(), id).await.body;
    assert_eq!(waiting, json!({"id": id, "status": "PENDING", "reason": null, "urls": null, "version": 1}));

    let key = fields["key"].as_str().unwrap();
    world.objects.lock().unwrap().insert(key.into(), Bytes::from_static(PNG));
    assert!(world.deliver(&[notification(key), notification(key)]).await.is_empty());
    let image = id.as_str().unwrap();
    let urls = json!({
        "list": format!("{BASE_URL}/images/{image}/list.jpg"),
        "detail": format!("{BASE_URL}/images/{image}/detail.jpg"),
    });
    let ready = world.get(by(), id).await.body;
    assert_eq!(ready, json!({"id": id, "status": "READY", "reason": null, "urls": urls, "version": 2}));
    let keys: Vec<_> = world.objects.lock().unwrap().keys().cloned().collect();
    assert_eq!(keys, [format!("images/{image}/detail.jpg"), format!("images/{image}/list.jpg")]);
}

#[tokio::test]
async fn a_rejected_upload_says_why() {
    let world = World::start().await;
    let signed = world.sign(world.driver.by_organizer().with(&json!({"contentType": "image/jpeg"}))).await.body;
    let key = signed["upload"]["fields"]["key"].as_str().unwrap();
    world.objects.lock().unwrap().insert(key.into(), Bytes::from_static(PNG));
    assert!(world.deliver(&[notification(key)]).await.is_empty());
    let rejected = world.get(world.driver.by_organizer(), &signed["id"]).await.body;
    assert_eq!(
        rejected,
        json!({"id": signed["id"], "status": "REJECTED", "reason": "wrong_type", "urls": null, "version": 2})
    );
}

#[tokio::test]
async fn only_failed_messages_are_delivered_again() {
    let world = World::start().await;
    let signed = world.sign(world.driver.by_organizer().with(&json!({"contentType": "image/png"}))).await.body;
    let key = signed["upload"]["fields"]["key"].as_str().unwrap();
    world.objects.lock().unwrap().insert(key.into(), Bytes::from_static(PNG));
    let test_event = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"pictures"}"#;
    let failed = world
        .deliver(&[
            "{".into(),
            test_event.into(),
            notification("uploads/unwell"),
            notification("uploads%2Fnobody+waits"),
            "{}".into(),
            notification(&key.replace('/', "%2F")),
        ])
        .await;
    assert_eq!(failed, ["0", "2", "4"]);
    assert_eq!(world.get(world.driver.by_organizer(), &signed["id"]).await.body["status"], "READY");
}

#[tokio::test]
async fn bodies_that_are_refused() {
    let world = World::start().await;
    let by = || world.driver.by_organizer();
    for (body, pointer) in [
        (json!({"contentType": "image/gif"}), "/contentType"),
        (json!({"contentType": "image/png", "size": 0}), "/size"),
        (json!({"contentType": "image/png", "size": 10_485_761}), "/size"),
        (json!({"contentType": "image/png", "size": 1.5}), "/size"),
        (json!({"contentType": "image/png", "size": u64::MAX}), "/size"),
        (json!({"contentType": ["image/png"]}), "/contentType"),
        (json!({"size": 5}), ""),
    ] {
        let refused = world.sign(by().with(&body)).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{body}");
    }
    assert_eq!(world.sign(by().raw("{".into())).await.body["code"], "malformed_request");
    assert_eq!(world.sign(by()).await.body["code"], "malformed_request");
}

#[tokio::test]
async fn who_may_ask() {
    let world = World::start().await;
    let body = json!({"contentType": "image/png"});
    let caller = |scope| Sent { caller: Some((UserId::generate(), scope)), ..Sent::default() };
    assert_eq!(world.sign(Sent::default().with(&body)).await.status, 401);
    assert_eq!(world.sign(caller("buyer").with(&body)).await.status, 403);
    let id = world.sign(world.driver.by_organizer().with(&body)).await.body["id"].clone();
    for (sent, status) in [
        (Sent::default(), 401),
        (caller("buyer"), 403),
        (caller("organizer"), 404),
        (caller("admin"), 200),
        (world.driver.by_organizer(), 200),
    ] {
        assert_eq!(world.get(sent, &id).await.status, status);
    }
    for bad in [json!(ImageId::generate()), json!(EventId::generate()), json!("img_1"), json!("../x")] {
        assert_eq!(world.get(caller("admin"), &bad).await.status, 404, "{bad}");
    }
}

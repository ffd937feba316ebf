use std::collections::BTreeSet;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use contracts::catalog::ImageStatus;
use contracts::ids::{ImageId, UserId};
use serde_json::Value;

use super::*;

/// The example of the S3 API reference, "Browser-Based Upload using HTTP POST (Using AWS Signature Version 4)": its
/// policy, line by line, and the signature it comes to.
const PUBLISHED_POLICY: [&str; 16] = [
    r#"{ "expiration": "2015-12-30T12:00:00.000Z","#,
    r#"  "conditions": ["#,
    r#"    {"bucket": "sigv4examplebucket"},"#,
    r#"    ["starts-with", "$key", "user/user1/"],"#,
    r#"    {"acl": "public-read"},"#,
    r#"    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},"#,
    r#"    ["starts-with", "$Content-Type", "image/"],"#,
    r#"    {"x-amz-meta-uuid": "14365123651274"},"#,
    r#"    {"x-amz-server-side-encryption": "AES256"},"#,
    r#"    ["starts-with", "$x-amz-meta-tag", ""],"#,
    "",
    r#"    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},"#,
    r#"    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},"#,
    r#"    {"x-amz-date": "20151229T000000Z" }"#,
    r#"  ]"#,
    r#"}"#,
];
const PUBLISHED_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const PUBLISHED_SIGNATURE: &str = "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e";

fn forms() -> UploadForms {
    let credentials = Credentials::new("AKID", "secret", Some("session/token+=".into()), None, "test");
    UploadForms {
        bucket: "pictures".into(),
        url: "https://pictures.example".into(),
        region: "ap-northeast-2".into(),
        credentials: SharedCredentialsProvider::new(credentials),
    }
}

fn image() -> ImageState {
    ImageState {
        id: ImageId::generate(),
        version: 1,
        owner_id: UserId::generate(),
        content_type: "image/webp".into(),
        status: ImageStatus::Pending,
        reason: None,
    }
}

fn policy(form: &UploadForm) -> Value {
    serde_json::from_slice(&STANDARD.decode(&form.fields["policy"]).unwrap()).unwrap()
}

#[test]
fn the_published_example_comes_to_its_signature() {
    let policy = STANDARD.encode(PUBLISHED_POLICY.join("\r\n"));
    let day = "2015-12-29T00:00:00Z".parse().unwrap();
    assert_eq!(signature(PUBLISHED_SECRET, day, "us-east-1", &policy), PUBLISHED_SIGNATURE);
}

#[tokio::test]
async fn s3_takes_one_file_of_one_kind_and_size_under_one_key_for_ten_minutes() {
    let (image, now) = (image(), "2026-03-01T23:55:00.9Z".parse().unwrap());
    let form = forms().form(&image, now).await.unwrap();
    assert_eq!(form.url, "https://pictures.example");
    assert_eq!(form.expires_at, "2026-03-02T00:05:00.9Z".parse::<Timestamp>().unwrap());
    let expected = json!({
        "expiration": "2026-03-02T00:05:00.000Z",
        "conditions": [
            {"bucket": "pictures"},
            ["content-length-range", 1, 10_485_760],
            {"Content-Type": "image/webp"},
            {"key": format!("uploads/{}", image.id)},
            {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
            {"x-amz-credential": "AKID/20260301/ap-northeast-2/s3/aws4_request"},
            {"x-amz-date": "20260301T235500Z"},
            {"x-amz-security-token": "session/token+="},
        ],
    });
    assert_eq!(policy(&form), expected);
}

#[tokio::test]
async fn every_field_is_covered_by_a_condition_with_its_value() {
    let form = forms().form(&image(), Timestamp::now()).await.unwrap();
    let policy = policy(&form);
    let conditions = policy["conditions"].as_array().unwrap();
    let exact: BTreeSet<(&str, &str)> = conditions
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|condition| condition.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())))
        .collect();
    for (name, value) in &form.fields {
        // The two that a policy cannot speak of.
        if !["policy", "x-amz-signature"].contains(name) {
            assert!(exact.contains(&(*name, value.as_str())), "{name}");
        }
    }
}

#[tokio::test]
async fn the_signature_is_the_one_s3_computes() {
    let now = "2026-03-01T23:55:00Z".parse().unwrap();
    let form = forms().form(&image(), now).await.unwrap();
    let mac = |key: &[u8], text: &str| sign(&Key::new(HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec();
    let scope = ["20260301", "ap-northeast-2", "s3", "aws4_request"];
    let key = scope.iter().fold(b"AWS4secret".to_vec(), |key, part| mac(&key, part));
    let expected: String = mac(&key, &form.fields["policy"]).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(form.fields["x-amz-signature"], expected);
}

#[tokio::test]
async fn long_lived_credentials_have_no_session() {
    let credentials = SharedCredentialsProvider::new(Credentials::new("AKID", "secret", None, None, "test"));
    let form = UploadForms { credentials, ..forms() }.form(&image(), Timestamp::now()).await.unwrap();
    assert!(!form.fields.contains_key("x-amz-security-token"));
    assert!(!policy(&form).to_string().contains("security-token"));
}

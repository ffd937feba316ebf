//! The form that a browser sends a picture to S3 with (a presigned POST, Signature Version 4).
//!
//! The policy inside says what S3 takes: one key, one media type, a range of sizes, until when. It is signed with the
//! function's own credentials, so that it allows what the function's role allows and nothing more.

use std::collections::BTreeMap;
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use contracts::catalog::ImageState;
use jiff::Timestamp;
use serde_json::json;

use crate::domain::image::{MAX_BYTES, TIME_TO_UPLOAD, upload_key};

/// What forms are signed with, and where they are sent.
#[derive(Debug, Clone)]
pub struct UploadForms {
    /// The bucket's name.
    pub bucket: String,
    /// The bucket's address.
    pub url: String,
    /// The bucket's region.
    pub region: String,
    /// Who signs.
    pub credentials: SharedCredentialsProvider,
}

/// A form: its fields and then the file, in a field named `file`, are posted as `multipart/form-data`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadForm {
    /// Where to.
    pub url: String,
    /// Names and values, all of them needed.
    pub fields: BTreeMap<&'static str, String>,
    /// Refused from then on. An upload that has begun goes on.
    pub expires_at: Timestamp,
}

impl UploadForms {
    /// The form for this picture.
    ///
    /// # Errors
    /// When there are no credentials to sign with.
    pub async fn form(&self, image: &ImageState, now: Timestamp) -> Result<UploadForm, CredentialsError> {
        let credentials = self.credentials.provide_credentials().await?;
        Ok(self.signed(&credentials, image, now))
    }

    fn signed(&self, credentials: &Credentials, image: &ImageState, now: Timestamp) -> UploadForm {
        let expires_at = now.saturating_add(TIME_TO_UPLOAD).unwrap_or(Timestamp::MAX);
        let day = now.strftime("%Y%m%d");
        let mut fields = BTreeMap::from([
            ("key", upload_key(image.id)),
            ("Content-Type", image.content_type.clone()),
            ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
            ("x-amz-credential", format!("{}/{day}/{}/s3/aws4_request", credentials.access_key_id(), self.region)),
            ("x-amz-date", now.strftime("%Y%m%dT%H%M%SZ").to_string()),
        ]);
        fields.extend(credentials.session_token().map(|token| ("x-amz-security-token", token.to_owned())));

        // Every field must be named by a condition, or S3 refuses the form.
        let mut conditions = vec![json!({"bucket": self.bucket}), json!(["content-length-range", 1, MAX_BYTES])];
        conditions.extend(fields.iter().map(|(name, value)| json!({*name: value})));
        let expiration = expires_at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
        let policy = STANDARD.encode(json!({"expiration": expiration, "conditions": conditions}).to_string());

        fields.insert("x-amz-signature", signature(credentials.secret_access_key(), now, &self.region, &policy));
        fields.insert("policy", policy);
        UploadForm { url: self.url.clone(), fields, expires_at }
    }
}

/// The signature of an encoded policy.
fn signature(secret_key: &str, day: Timestamp, region: &str, policy: &str) -> String {
    let key = generate_signing_key(secret_key, SystemTime::from(day), region, "s3");
    calculate_signature(key, policy.as_bytes())
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;

//! Browsers that take push messages: with keys of their own, at the push service of the stack.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};
use uuid::Uuid;
use web_push_native::Auth;
use web_push_native::p256::SecretKey;

use crate::api::{Api, Call};
use crate::person::id_of;
use crate::stack::{Stack, client};
use crate::wait::{LATER, eventually, when};

/// A browser.
#[derive(Debug)]
pub struct Browser {
    name: String,
    private: SecretKey,
    auth: [u8; 16],
}

impl Browser {
    /// A new one, whose push service behaves like this: `gone`, `busy`, `busy_once`; as it should for any other word.
    ///
    /// # Panics
    /// When the system has no randomness.
    #[must_use]
    pub fn new(behaviour: &str) -> Self {
        let (mut private, mut auth) = ([0; 32], [0; 16]);
        aws_lc_rs::rand::fill(&mut private).expect("randomness");
        aws_lc_rs::rand::fill(&mut auth).expect("randomness");
        let private = SecretKey::from_slice(&private).expect("almost every number is a key");
        Self { name: format!("{behaviour}_{}", Uuid::now_v7().simple()), private, auth }
    }

    /// What `PushSubscription.toJSON()` gives.
    #[must_use]
    pub fn subscription(&self) -> Value {
        json!({
            "endpoint": format!("{}/push/{}", Stack::get().push_url(), self.name),
            "expirationTime": null,
            "keys": {
                "p256dh": BASE64.encode(self.private.public_key().to_sec1_bytes()),
                "auth": BASE64.encode(self.auth),
            },
        })
    }

    /// Asks to be told of what comes into the inbox of whoever that is.
    #[must_use]
    pub fn ask(&self, api: &Api) -> Call {
        api.post("/notifications/push-subscriptions", &self.subscription())
    }

    /// The same; answers with the subscription's id.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn subscribe(&self, api: &Api) -> String {
        id_of(&self.ask(api).await.expect(201))
    }

    /// The messages it got so far, as the push service keeps them.
    ///
    /// # Panics
    /// When the push service does not answer.
    pub async fn sealed(&self) -> Vec<Value> {
        let all = overview().await;
        let messages = all["messages"].as_array().expect("messages");
        messages.iter().filter(|message| message["browser"] == self.name).cloned().collect()
    }

    /// How often the push service was called for it.
    ///
    /// # Panics
    /// When the push service does not answer.
    pub async fn calls(&self) -> u64 {
        overview().await["requests"][&self.name].as_u64().unwrap_or_default()
    }

    /// What it shows of its messages, once there are so many of them.
    ///
    /// # Panics
    /// When they do not come, or it cannot read them.
    pub async fn shows(&self, count: usize) -> Vec<Value> {
        let messages = eventually(&format!("{count} push messages"), LATER, async || {
            let messages = self.sealed().await;
            when(messages.len() >= count, messages)
        })
        .await;
        messages.iter().map(|message| self.read(message)).collect()
    }

    fn read(&self, message: &Value) -> Value {
        let body = BASE64.decode(message["body"].as_str().expect("a body")).expect("base64url");
        let auth = Auth::clone_from_slice(&self.auth);
        let plain = web_push_native::decrypt(body, &self.private, &auth).expect("a message for this browser");
        serde_json::from_slice(&plain).expect("JSON")
    }
}

async fn overview() -> Value {
    let client = client().build().expect("a client can be built");
    let url = format!("{}/_push-service/messages", Stack::get().push_url());
    client.get(url).send().await.expect("the push service answers").json().await.expect("in JSON")
}

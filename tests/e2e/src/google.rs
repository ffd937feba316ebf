//! The provider that stands in for Google, driven as a browser drives it: its form is fetched, sent, and where it then
//! sends the browser is read.

use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::{Api, Call, query_of};
use crate::person::address;
use crate::stack::{Stack, client};

/// Somebody at the provider.
#[derive(Debug, Clone)]
pub struct Account {
    /// The provider's name of them.
    pub subject: String,
    /// Their address.
    pub email: String,
}

impl Account {
    /// Somebody new whose address is verified.
    pub async fn verified() -> Self {
        Self::with_email(&address()).await
    }

    /// Somebody new whose address is this one, and verified.
    pub async fn with_email(email: &str) -> Self {
        let account = Self { subject: Uuid::now_v7().simple().to_string(), email: email.to_owned() };
        account.claims(&account.good_claims()).await;
        account
    }

    /// What the provider says of somebody with a verified address.
    #[must_use]
    pub fn good_claims(&self) -> Value {
        json!({
            "email": self.email, "email_verified": true, "name": "이두리", "picture": "https://example.com/me.png",
        })
    }

    /// Lets the provider say this of them from now on.
    ///
    /// # Panics
    /// When the provider refuses.
    pub async fn claims(&self, claims: &Value) {
        let url = format!("{}/users/{}", Stack::get().google_url(), self.subject);
        let answer = browser().put(url).json(claims).send().await.expect("the provider answers");
        assert_eq!(answer.status(), 204, "the provider takes {claims}");
    }

    /// Opens the provider's page, logs in there, and reads the code and the state that the browser is sent back with.
    ///
    /// # Panics
    /// When the page is none, or leads anywhere but back to the redirect address in `page`.
    pub async fn consent(&self, page: &str) -> (String, String) {
        assert!(page.starts_with(Stack::get().google_url()), "{page} is not the provider's");
        let browser = browser();
        let form = browser.get(page).send().await.expect("the provider answers");
        assert_eq!(form.status(), 200, "{page}");
        let form = form.text().await.expect("a page");
        assert!(form.contains("<form method=\"post\"") && form.contains("name=\"sub\""), "no form to log in: {form}");
        // Its form is sent to the address it came from.
        let sent = browser
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("sub={}", self.subject))
            .send()
            .await
            .expect("the provider answers");
        assert!(sent.status().is_redirection(), "{}", sent.status());
        let back = sent.headers()["location"].to_str().expect("an address").to_owned();
        let expected = parameter(page, "redirect_uri").expect("a redirect address");
        assert_eq!(back.split('?').next(), Some(expected.as_str()));
        let read = |name| parameter(&back, name).unwrap_or_else(|| panic!("no {name} in {back}"));
        (read("code"), read("state"))
    }

    /// Logs in at the provider and then here.
    pub async fn log_in(&self) -> Call {
        let attempt = Attempt::start().await;
        let (code, _) = self.consent(&attempt.page).await;
        attempt.finish(&code)
    }
}

/// A log-in that was begun.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The provider's page to go to.
    pub page: String,
    /// What `GET /auth/google` answered.
    pub start: Value,
}

impl Attempt {
    /// Begins one.
    pub async fn start() -> Self {
        Self::of(Api::anonymous().get("/auth/google").await.expect(200))
    }

    /// Begins one that comes back to this address.
    pub async fn returning_to(redirect: &str) -> Self {
        let query = query_of(&[("redirectUri", redirect)]);
        Self::of(Api::anonymous().get(format!("/auth/google?{query}")).await.expect(200))
    }

    fn of(start: Value) -> Self {
        Self { page: start["authorizationUrl"].as_str().expect("a page").to_owned(), start }
    }

    /// What is sent to finish it with this code.
    #[must_use]
    pub fn body(&self, code: &str) -> Value {
        let part = |name: &str| self.start[name].clone();
        json!({
            "code": code, "state": part("state"), "codeVerifier": part("codeVerifier"),
            "redirectUri": part("redirectUri"),
        })
    }

    /// Finishes it.
    #[must_use]
    pub fn finish(&self, code: &str) -> Call {
        Api::anonymous().post("/auth/google", &self.body(code))
    }
}

/// A query parameter of an address.
#[must_use]
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// The same address with another value for a query parameter.
///
/// # Panics
/// When it is no address.
#[must_use]
pub fn with_parameter(url: &str, name: &str, value: &str) -> String {
    let old = Url::parse(url).expect("an address");
    let mut new = old.clone();
    let kept = old.query_pairs().filter(|(known, _)| known != name);
    new.query_pairs_mut().clear().extend_pairs(kept).append_pair(name, value);
    new.into()
}

fn browser() -> Client {
    client().redirect(Policy::none()).build().expect("a client can be built")
}

//! Waiting rooms, and those who wait in them.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::api::{Api, Call};
use crate::hall::Hall;
use crate::person::{Person, id_of};
use crate::wait::{SOON, eventually, when};

/// Nobody polls less often here, whatever they are told: a test has less patience.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// For how long an environment of booking may not know yet that a sale is guarded.
const GUARD_IS_STALE: Duration = Duration::from_secs(3);

/// For how long an environment of the waiting room may answer from what it has read before: a second, and a clock's tick.
const ROOM_IS_STALE: Duration = Duration::from_millis(1_100);

/// How to guard a sale.
#[derive(Debug, Clone)]
pub struct Rules(Value);

impl Rules {
    /// Open for a minute now; so many may be in, each as long as the tests run. No pre-queue.
    #[must_use]
    pub fn open(capacity: usize) -> Self {
        Self::opening_in(-60, capacity)
    }

    /// Opening in so many seconds, with a pre-queue that has begun.
    #[must_use]
    pub fn opening_in(seconds: i64, capacity: usize) -> Self {
        let opens_at = Timestamp::now() + SignedDuration::from_secs(seconds);
        Self(json!({
            "opensAt": opens_at.to_string(), "capacity": capacity, "sessionSeconds": 3_600, "preQueueMinutes": 30,
        }))
    }

    /// With places that are lost after so many idle seconds.
    #[must_use]
    pub fn idle_after(mut self, seconds: u32) -> Self {
        self.0["sessionSeconds"] = seconds.into();
        self
    }

    /// Guards this sale, and waits until booking asks for admissions.
    ///
    /// # Panics
    /// When anything is refused or takes too long.
    pub async fn guard(self, hall: &Hall) -> Queue {
        let queue = self.configure(hall).await;
        let buyer = Person::crowd(1).await.remove(0);
        eventually("the sale is guarded", SOON, async || denied(&buyer, buyer.reserve(hall, &["R1-1"])).await).await;
        sleep(GUARD_IS_STALE).await;
        queue
    }

    /// Guards this sale, and waits until every environment of the waiting room knows. Booking may take a moment longer.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn configure(self, hall: &Hall) -> Queue {
        let admin = Person::admin().await;
        let queue = Queue { admin, hall: hall.clone() };
        known(hall).await;
        queue.put(&self.0).await.expect(200);
        // Asking proves what one environment knows. All of them have forgotten what they read once this time is over.
        sleep(ROOM_IS_STALE).await;
        queue
    }
}

/// The waiting room of a sale.
#[derive(Debug, Clone)]
pub struct Queue {
    /// Who looks after it.
    pub admin: Person,
    hall: Hall,
}

impl Queue {
    /// Asks to change its rules.
    #[must_use]
    pub fn put(&self, rules: &Value) -> Call {
        self.admin.api.call(Method::PUT, &format!("/queue/admin/{}", self.hall.event)).json(rules)
    }

    /// Empties it.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn clear(&self) {
        let answer = self.admin.api.post(format!("/queue/admin/clear/{}", self.hall.event), &json!({})).await;
        assert!((200..300).contains(&answer.status), "{answer}");
    }

    /// What everybody may know of it.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn status(&self) -> Value {
        status(&self.hall).await
    }

    /// Its rules and numbers, as admins see them.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn numbers(&self) -> Value {
        self.admin.api.get(format!("/queue/admin/{}", self.hall.event)).await.expect(200)
    }

    /// Somebody who wants to enter.
    #[must_use]
    pub fn entrant(&self, person: &Person) -> Entrant {
        Entrant { person: person.clone(), hall: self.hall.clone(), ticket: None }
    }

    /// So many people without accounts who want to enter.
    pub async fn crowd(&self, size: usize) -> Vec<Entrant> {
        Person::crowd(size).await.iter().map(|person| self.entrant(person)).collect()
    }
}

/// Waits until the waiting room has heard of an event, and answers what everybody may know of it.
///
/// # Panics
/// When that takes too long.
pub async fn known(hall: &Hall) -> Value {
    let answer = eventually("the waiting room knows the event", SOON, async || {
        let answer = Api::anonymous().get(format!("/queue/status/{}", hall.event)).await;
        when(answer.status != 404, answer)
    })
    .await;
    answer.expect(200)
}

/// What everybody may know of the waiting room of a sale.
///
/// # Panics
/// When it is refused.
pub async fn status(hall: &Hall) -> Value {
    Api::anonymous().get(format!("/queue/status/{}", hall.event)).await.expect(200)
}

/// Whether a hold is refused for want of an admission, and why; one that is not is given back.
///
/// # Errors
/// What was answered instead.
///
/// # Panics
/// When a hold cannot be given back.
pub async fn denied(buyer: &Person, hold: Call) -> Result<String, String> {
    let answer = hold.await;
    if answer.status == 201 {
        buyer.api.delete(format!("/seats/reservation/{}", id_of(&answer.body))).await.expect(204);
    }
    match answer.body["reason"].as_str() {
        Some(reason) if answer.code() == "admission_required" => Ok(reason.to_owned()),
        _ => Err(answer.to_string()),
    }
}

/// Asks to enter the sale of an event, with a ticket if there is one.
#[must_use]
pub fn check(person: &Person, event: &str, ticket: Option<&str>) -> Call {
    let call = person.api.call(Method::POST, &format!("/queue/check/{event}"));
    match ticket {
        Some(ticket) => call.header("x-queue-ticket", ticket),
        None => call,
    }
}

/// Somebody who wants to enter a sale.
#[derive(Debug, Clone)]
pub struct Entrant {
    /// Who.
    pub person: Person,
    /// Their place in the line.
    pub ticket: Option<String>,
    hall: Hall,
}

impl Entrant {
    /// Asks once, and keeps the ticket.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn check(&mut self) -> Value {
        let answer = check(&self.person, &self.hall.event, self.ticket.as_deref()).await;
        if answer.body["status"] != "ADMITTED" {
            assert_eq!(answer.header("retry-after"), answer.body["pollAfterSeconds"].to_string(), "{answer}");
        }
        let answer = answer.expect(200);
        if let Some(ticket) = answer["ticket"].as_str() {
            self.ticket = Some(ticket.to_owned());
        }
        answer
    }

    /// Asks once, when it is not their turn, and answers how they stand.
    ///
    /// # Panics
    /// When they are admitted, or it is refused.
    pub async fn waits(&mut self) -> Value {
        let answer = self.check().await;
        assert_eq!(answer["status"], "WAITING", "{answer}");
        answer
    }

    /// Asks again and again, as often as one is told to, until admitted; answers with the admission's token.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn enters(&mut self, within: Duration) -> String {
        let deadline = Instant::now() + within;
        loop {
            let answer = self.check().await;
            if answer["status"] == "ADMITTED" {
                return answer["admissionToken"].as_str().expect("a token").to_owned();
            }
            assert!(Instant::now() < deadline, "not admitted within {within:?}: {answer}");
            let told = Duration::from_secs(answer["pollAfterSeconds"].as_u64().expect("when to ask again"));
            sleep(told.min(LONGEST_PAUSE)).await;
        }
    }

    /// Goes away.
    ///
    /// # Panics
    /// When that is refused.
    pub async fn leave(&self) {
        self.person.api.call(Method::POST, &format!("/queue/leave/{}", self.hall.event)).await.expect(204);
    }

    /// Asks for seats with this admission.
    #[must_use]
    pub fn reserve(&self, token: &str, seats: &[&str]) -> Call {
        self.person.reserve(&self.hall, seats).header("x-admission-token", token)
    }

    /// What decides the place in the draw: the ticket's id.
    ///
    /// # Panics
    /// When there is no ticket.
    #[must_use]
    pub fn chance(&self) -> String {
        self.claims()["jti"].as_str().expect("an id").to_owned()
    }

    /// The place in the line that the ticket says, from 0.
    ///
    /// # Panics
    /// When there is no ticket, or it says none.
    #[must_use]
    pub fn place(&self) -> u64 {
        self.claims()["place"].as_u64().unwrap_or_else(|| panic!("no place in {}", self.claims()))
    }

    /// What the ticket says. It is signed, not secret.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn claims(&self) -> Value {
        claims(self.ticket.as_deref().expect("a ticket"))
    }
}

/// What a token says, whether or not it is to be believed.
///
/// # Panics
/// When it is no token.
#[must_use]
pub fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("a token has three parts");
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64");
    serde_json::from_slice(&bytes).expect("JSON")
}

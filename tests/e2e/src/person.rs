//! People who use the API.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::{Api, Call};
use crate::forge::Forge;
use crate::function::invoke;
use crate::hall::Hall;
use crate::pg::payment_key;
use crate::stack::Stack;
use crate::wait::{LATER, SOON, eventually, when};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who is logged in.
#[derive(Debug, Clone)]
pub struct Person {
    /// The API as this person.
    pub api: Api,
    /// Their id.
    pub id: String,
    /// Their address; empty for somebody without an account.
    pub email: String,
    /// The latest session; `null` for somebody without an account.
    pub session: Value,
}

impl Person {
    /// Opens an account, in a browser that says nothing about languages.
    pub async fn register() -> Self {
        Self::register_speaking(None).await
    }

    /// Opens an account, in a browser that prefers this language.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn register_speaking(language: Option<&str>) -> Self {
        let email = address();
        let api = Api::anonymous();
        let mut call = api.post("/auth/register", &json!({"email": email, "password": PASSWORD, "name": "김하나"}));
        if let Some(language) = language {
            call = call.header("accept-language", language);
        }
        Self::of_session(&api, call.await.expect(201))
    }

    /// Opens an account, has an operator give it a role, and logs in anew.
    ///
    /// # Panics
    /// When any of it fails.
    pub async fn with_role(role: &str) -> Self {
        let person = Self::register().await;
        give_role(&person.email, role).await;
        person.log_in().await
    }

    /// An administrator.
    pub async fn admin() -> Self {
        Self::with_role("admin").await
    }

    /// Somebody with a buyer's token and no account: what a rush needs hundreds of, and hashing hundreds of passwords
    /// would take longer than the rush.
    pub async fn crowd(size: usize) -> Vec<Self> {
        let (forge, api) = (Forge::open().await, Api::anonymous());
        (0..size)
            .map(|_| {
                let id = format!("usr_{}", Uuid::now_v7());
                let token = forge.token(&forge.claims(&id));
                Self { api: api.bearing(&token), id, email: String::new(), session: Value::Null }
            })
            .collect()
    }

    /// Logs in anew.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn log_in(&self) -> Self {
        let session = self.api.without_token().post("/auth/login", &json!({"email": self.email, "password": PASSWORD}));
        Self::of_session(&self.api, session.await.expect(200))
    }

    /// Whoever this session is of.
    ///
    /// # Panics
    /// When it is no session.
    #[must_use]
    pub fn of_session(api: &Api, session: Value) -> Self {
        let text = |place: &str| session.pointer(place).and_then(Value::as_str).expect("part of a session").to_owned();
        Self { api: api.bearing(&text("/accessToken")), id: text("/user/id"), email: text("/user/email"), session }
    }

    /// Trades the session's refresh token for the next session.
    #[must_use]
    pub fn refresh(&self) -> Call {
        let body = json!({"refreshToken": self.session["refreshToken"]});
        self.api.without_token().post("/auth/refresh", &body)
    }

    /// The access token.
    ///
    /// # Panics
    /// For somebody without an account.
    #[must_use]
    pub fn access_token(&self) -> &str {
        self.session["accessToken"].as_str().expect("an access token")
    }

    /// Asks for seats.
    #[must_use]
    pub fn reserve(&self, hall: &Hall, seats: &[&str]) -> Call {
        self.api.post("/seats/reserve", &json!({"performanceId": hall.performance, "seatIds": seats}))
    }

    /// Asks for the best seats, or for general admission.
    #[must_use]
    pub fn reserve_any(&self, hall: &Hall, quantity: usize) -> Call {
        let items = json!([{"ticketTypeId": hall.ticket_type, "quantity": quantity}]);
        self.api.post("/reservations", &json!({"performanceId": hall.performance, "items": items}))
    }

    /// Holds seats and answers with the reservation's id.
    ///
    /// # Panics
    /// When they are refused.
    pub async fn hold(&self, hall: &Hall, seats: &[&str]) -> String {
        id_of(&self.reserve(hall, seats).await.expect(201))
    }

    /// Asks to pay by card, with a new key that makes the gateway behave like this.
    #[must_use]
    pub fn pay_by_card(&self, reservation: &str, behaviour: &str) -> Call {
        let body = json!({"reservationId": reservation, "method": "CARD", "paymentKey": payment_key(behaviour)});
        self.api.post("/payments", &body)
    }

    /// Asks to pay in points.
    #[must_use]
    pub fn pay_in_points(&self, reservation: &str) -> Call {
        self.api.post("/payments", &json!({"reservationId": reservation, "method": "POINT"}))
    }

    /// Asks to pay so many points and the rest by card.
    #[must_use]
    pub fn pay_mixed(&self, reservation: &str, points: i64, behaviour: &str) -> Call {
        let key = payment_key(behaviour);
        let body = json!({"reservationId": reservation, "method": "MIXED", "pointAmount": points, "paymentKey": key});
        self.api.post("/payments", &body)
    }

    /// A payment once it is no longer being charged.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn settled(&self, payment: &str) -> Value {
        eventually("the payment is settled", LATER, async || {
            let payment = self.payment(payment).await;
            when(payment["status"] != "PROCESSING", payment)
        })
        .await
    }

    /// A payment, which must have come to this status.
    ///
    /// # Panics
    /// When it comes to another one.
    pub async fn settled_as(&self, payment: &str, status: &str) -> Value {
        let payment = self.settled(payment).await;
        assert_eq!(payment["status"], status, "{payment}");
        payment
    }

    /// A payment as it is.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn payment(&self, payment: &str) -> Value {
        self.api.get(format!("/payments/{payment}")).await.expect(200)
    }

    /// A reservation as it is.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn reservation(&self, reservation: &str) -> Value {
        self.api.get(format!("/reservations/{reservation}")).await.expect(200)
    }

    /// A reservation once it has this status and payment status.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn reservation_as(&self, reservation: &str, status: &str, payment_status: &str) -> Value {
        self.reservation_within(SOON, reservation, status, payment_status).await
    }

    /// As [`Person::reservation_as`], waiting so long.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn reservation_within(&self, time: Duration, reservation: &str, status: &str, payment: &str) -> Value {
        eventually(&format!("the reservation is {status}, {payment}"), time, async || {
            let seen = self.reservation(reservation).await;
            when(seen["status"] == status && seen["paymentStatus"] == payment, seen)
        })
        .await
    }

    /// Holds seats and pays for them by card; answers with the confirmed reservation.
    ///
    /// # Panics
    /// When anything is refused or takes too long.
    pub async fn buy(&self, hall: &Hall, seats: &[&str]) -> Value {
        let reservation = self.hold(hall, seats).await;
        let payment = id_of(&self.pay_by_card(&reservation, "ok").await.expect(202));
        self.settled_as(&payment, "SUCCESS").await;
        self.reservation_as(&reservation, "CONFIRMED", "SUCCESS").await
    }

    /// Asks to cancel a reservation, as it was seen.
    #[must_use]
    pub fn cancel(&self, seen: &Value) -> Call {
        let body = json!({"version": seen["version"]});
        self.api.post(format!("/reservations/{}/cancel", id_of(seen)), &body)
    }

    /// Buys points and waits until they are there.
    ///
    /// # Panics
    /// When that is refused or takes too long.
    pub async fn buy_points(&self, amount: i64) -> String {
        let body = json!({"amount": amount, "paymentKey": payment_key("ok")});
        let payment = id_of(&self.api.post("/points/charge", &body).await.expect(202));
        self.settled_as(&payment, "SUCCESS").await;
        payment
    }

    /// How many points there are.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn points(&self) -> i64 {
        self.api.get("/points").await.expect(200)["balance"].as_i64().expect("a balance")
    }

    /// The history of the points as `(type, amount, balanceAfter, reference)`, oldest first.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn points_history(&self) -> Vec<(String, i64, i64, String)> {
        let mut entries = self.api.all("/points/history", 2).await;
        entries.reverse();
        let text = |entry: &Value, name: &str| entry[name].as_str().expect("a text").to_owned();
        let number = |entry: &Value, name: &str| entry[name].as_i64().expect("a number");
        let row = |entry| {
            (text(entry, "type"), number(entry, "amount"), number(entry, "balanceAfter"), text(entry, "reference"))
        };
        entries.iter().map(row).collect()
    }
}

/// An address that nobody has.
#[must_use]
pub fn address() -> String {
    format!("{}@example.com", Uuid::now_v7().simple())
}

/// The `id` of a body.
///
/// # Panics
/// When it has none.
#[must_use]
pub fn id_of(body: &Value) -> String {
    body["id"].as_str().unwrap_or_else(|| panic!("no id in {body}")).to_owned()
}

/// Gives somebody a role, as operators do.
///
/// # Panics
/// When the function fails.
pub async fn give_role(email: &str, role: &str) {
    invoke(Stack::get().output("SetUserRoleFunction"), &json!({"email": email, "role": role})).await;
}

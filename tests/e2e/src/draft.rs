//! Events as their managers make them, step by step. [`crate::hall`] makes whole ones.

use serde_json::{Value, json};

use crate::api::{Api, Call};
use crate::hall::{in_days, layout};
use crate::person::{Person, id_of};

/// An event in the hands of its manager.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The API as its manager.
    pub api: Api,
    /// The event.
    pub id: String,
}

impl Draft {
    /// A draft of this title, with these particulars instead of the usual ones.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn new(manager: &Person, title: &str, particulars: &Value) -> Self {
        let mut body = json!({"title": title, "category": "other", "venue": "자리 홀", "timeZone": "Asia/Seoul"});
        body.as_object_mut().expect("an object").extend(particulars.as_object().cloned().unwrap_or_default());
        let id = id_of(&manager.api.post("/admin/events", &body).await.expect(201));
        Self { api: manager.api.clone(), id }
    }

    /// Its path in the back office, with `rest` after it.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        format!("/admin/events/{}{rest}", self.id)
    }

    /// Asks to add a performance.
    #[must_use]
    pub fn add_performance(&self, body: &Value) -> Call {
        self.api.post(self.path("/performances"), body)
    }

    /// Adds general admission to a performance at this time.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn performance(&self, starts_at: &str) -> String {
        id_of(&self.add_performance(&json!({"startsAt": starts_at})).await.expect(201))
    }

    /// Adds a performance in the hall of [`crate::hall::layout`], in 30 days.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn seated_performance(&self, rows: usize, seats: usize) -> String {
        let layout = self.api.post("/admin/layouts", &layout(rows, seats)).await.expect(201);
        let body = json!({"startsAt": in_days(30), "layoutId": layout["id"]});
        id_of(&self.add_performance(&body).await.expect(201))
    }

    /// Asks to add a ticket type.
    #[must_use]
    pub fn add_ticket_type(&self, mut body: Value) -> Call {
        body["eventId"] = json!(self.id);
        self.api.post("/admin/ticket-types", &body)
    }

    /// Adds a ticket type for general admission.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn standing(&self, name: &str, price: i64, quota: usize) -> String {
        id_of(&self.add_ticket_type(json!({"name": name, "price": price, "quota": quota})).await.expect(201))
    }

    /// Asks to do something with it: `publish`, `unpublish`, `cancel`.
    #[must_use]
    pub fn ask_to(&self, action: &str) -> Call {
        self.api.call(reqwest::Method::POST, &self.path(&format!("/{action}")))
    }

    /// Puts it on sale.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn publish(&self) -> Value {
        self.ask_to("publish").await.expect(200)
    }

    /// Asks to change it.
    #[must_use]
    pub fn patch(&self, body: &Value) -> Call {
        self.api.patch(self.path(""), body)
    }

    /// As its manager sees it.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn managed(&self) -> Value {
        self.api.get(self.path("")).await.expect(200)
    }
}

/// The entry of a list that has this id.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn entry<'a>(list: &'a Value, id: &str) -> &'a Value {
    let entries = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    entries.iter().find(|entry| entry["id"] == id).unwrap_or_else(|| panic!("no {id} in {list}"))
}

//! Things of several people, for trying whether others can reach them.

use e2e::api::{Answer, Api};
use e2e::browser::Browser;
use e2e::contract::Operation;
use e2e::draft::Draft;
use e2e::hall::{Plan, in_days};
use e2e::person::{Person, id_of};
use e2e::picture::Upload;
use e2e::queue::known;
use e2e::wait::{SOON, eventually, when};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Things of a buyer, of an organizer and of the platform.
pub struct World {
    pub buyer: Person,
    pub organizer: Person,
    pub admin: Person,
    pub event: String,
    pub performance: String,
    pub ticket_type: String,
    pub layout: Value,
    pub image: String,
    pub held: Value,
    pub bought: Value,
    pub announcement: Value,
    pub keyword: Value,
    pub notification: String,
    pub push_subscription: String,
}

impl World {
    pub async fn make() -> Self {
        let (organizer, admin) = (Person::with_role("organizer").await, Person::admin().await);
        let hall = Plan::seated(1, 8).open_as(&organizer).await;
        let buyer = Person::register().await;
        let bought = buyer.buy(&hall, &["R1-1"]).await;
        let subscription = Browser::new("world").subscribe(&buyer.api).await;
        let notification = eventually("the purchase is in the inbox", SOON, async || {
            let inbox = buyer.api.get("/notifications").await.expect(200);
            when(inbox["items"][0]["id"].is_string(), inbox)
        })
        .await;
        let held = buyer.reserve(&hall, &["R1-2"]).await.expect(201);
        let event = Draft { api: organizer.api.clone(), id: hall.event.clone() };
        // One that guards nothing, so that holds need no admission.
        let rules = json!({"opensAt": in_days(1), "capacity": 5, "enabled": false});
        known(&hall).await;
        admin.api.call(Method::PUT, &format!("/queue/admin/{}", hall.event)).json(&rules).await.expect(200);
        let word = Uuid::now_v7().simple();
        let keyword = json!({"term": format!("t{word}"), "aliases": [format!("a{word}")]});
        Self {
            layout: event.managed().await["performances"][0]["layoutId"].clone(),
            image: Upload::sign(&organizer, "image/png").await.id,
            announcement: admin
                .api
                .post("/admin/announcements", &json!({"title": "알림", "body": "내용"}))
                .await
                .expect(201),
            keyword: admin.api.post("/admin/keywords", &keyword).await.expect(201),
            notification: id_of(&notification["items"][0]),
            push_subscription: subscription,
            buyer,
            organizer,
            admin,
            event: hall.event,
            performance: hall.performance,
            ticket_type: hall.ticket_type,
            held,
            bought,
        }
    }

    /// The id that a path names. Of the reservations that one which could still be lost.
    fn id(&self, operation: &Operation, parameter: &str) -> String {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match parameter {
            "userId" => self.buyer.id.clone(),
            "eventId" => self.event.clone(),
            "performanceId" => self.performance.clone(),
            "ticketTypeId" => self.ticket_type.clone(),
            "layoutId" => text(&self.layout),
            "imageId" => self.image.clone(),
            "reservationId" if operation.id == "getReservation" => id_of(&self.bought),
            "reservationId" => id_of(&self.held),
            "paymentId" => text(&self.bought["paymentId"]),
            "announcementId" => id_of(&self.announcement),
            "keywordId" => id_of(&self.keyword),
            "notificationId" => self.notification.clone(),
            "subscriptionId" => self.push_subscription.clone(),
            other => panic!("whose is {other}?"),
        }
    }

    pub async fn call(&self, operation: &Operation, api: &Api, body: Option<&Value>) -> Answer {
        let path = operation.path_with(&|parameter| self.id(operation, parameter));
        let call = api.call(operation.method.clone(), &path);
        match body {
            Some(body) => call.json(body).await,
            None => call.await,
        }
    }

    /// All of it, as those see it whose it is.
    pub async fn seen(&self) -> Vec<Value> {
        let of = async |person: &Person, path: String| person.api.get(path).await.expect(200);
        let payment = self.bought["paymentId"].as_str().unwrap();
        vec![
            of(&self.buyer, "/users/me".into()).await,
            of(&self.buyer, format!("/reservations/{}", id_of(&self.held))).await,
            of(&self.buyer, format!("/reservations/{}", id_of(&self.bought))).await,
            of(&self.buyer, format!("/payments/{payment}")).await,
            of(&self.buyer, "/points".into()).await,
            of(&self.buyer, "/notifications".into()).await,
            of(&self.organizer, format!("/admin/events/{}", self.event)).await,
            of(&self.organizer, format!("/admin/images/{}", self.image)).await,
            of(&self.admin, format!("/admin/announcements/{}", id_of(&self.announcement))).await,
            of(&self.admin, format!("/admin/users/{}", self.buyer.id)).await,
            self.rules().await,
            json!(
                self.admin.api.all("/admin/keywords", 100).await.iter().find(|each| each["id"] == self.keyword["id"])
            ),
        ]
    }

    /// The rules of the event's waiting room, without the numbers, which change by themselves.
    async fn rules(&self) -> Value {
        let seen = self.admin.api.get(format!("/queue/admin/{}", self.event)).await.expect(200);
        seen["queue"].clone()
    }

    /// What must not be in an answer to anybody else.
    pub fn secrets(&self) -> Vec<String> {
        let ids = [&self.held, &self.bought].map(id_of);
        let mut secrets = vec![self.buyer.id.clone(), self.buyer.email.clone(), self.organizer.email.clone()];
        secrets.extend(ids);
        secrets.extend([self.notification.clone(), self.push_subscription.clone()]);
        secrets.push(self.bought["paymentId"].as_str().unwrap().to_owned());
        secrets
    }
}

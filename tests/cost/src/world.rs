//! The functions of the stack, over one AWS.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use aws_config::SdkConfig;
use booking_functions::App as Booking;
use catalog_functions::App as Catalog;
use catalog_functions::list_events::Finder;
use contracts::live::RoomChange;
use contracts::waiting_room::AdmitBuyer;
use identity::keys::KeyRing;
use identity::provisioning::KeyStore;
use identity::{Origin, Sessions, Signer};
use insights::append::AppendEvents;
use insights::domain::Queue;
use insights::queues::{QueueUrls, SqsQueue, SqsQueues};
use insights::sales::project::ProjectSales;
use insights::sales::store::SalesStore;
use insights::store::EventStore;
use jari_local_servers::virtual_pg;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kit::http::{Call, Reply, respond};
use kit::problem::Problem;
use kit::signed::Secret;
use lambda_http::Body;
use measure::deployment::Deployment;
use notifications::domain::PushServices;
use notifications::mailer::SesMailer;
use notifications::notify::Notify;
use notifications::push::key_store::KeyStore as PushKeys;
use notifications::push::web_push::WebPush;
use payments::request::RequestPayment;
use payments::reservations::InvokedReservations;
use payments::settle::Settlement;
use payments::toss::Toss;
use realtime::poster::ApiGateway;
use serde_json::Value;
use waiting_room::Rooms;
use waiting_room::check::Desk;
use waiting_room::outbox::{Live, Round, SendError, SqsLive, SqsSteering, Steering};
use waiting_room::runs::Runs;
use waiting_room_functions::Watch;

use crate::Failure;
use crate::cloud::Cloud;
use crate::meter::Call as AwsCall;
use crate::request::Request;
use crate::streams::Streams;

/// What starts a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A request of the HTTP API.
    Request,
    /// So many messages of a queue.
    Queue(usize),
    /// Records of a table's stream.
    Stream,
    /// Another function, which waits for it.
    Function,
}

/// A function that ran.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which one.
    pub function: String,
    /// What started it.
    pub trigger: Trigger,
    /// The step that wrote or sent what started it, by its place.
    pub after: Option<usize>,
    /// What it asked of AWS.
    pub calls: Vec<AwsCall>,
    /// The bytes it answered, before compression.
    pub answered: usize,
}

/// An answer of a handler.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body; null without one.
    pub body: Value,
}

impl Answer {
    /// A text of the body.
    ///
    /// # Errors
    /// When the body has none by this name.
    pub fn text(&self, name: &str) -> Result<String, Failure> {
        let text = self.body[name].as_str().map(str::to_owned);
        text.ok_or_else(|| format!("{} without {name}: {}", self.status, self.body).into())
    }
}

/// Both queues that a round of a waiting room speaks to.
#[derive(Debug, Clone)]
pub struct Outbox {
    steering: SqsSteering,
    live: SqsLive,
}

impl Steering for Outbox {
    async fn ask(&self, round: Round, delay_seconds: u16) -> Result<(), SendError> {
        self.steering.ask(round, delay_seconds).await
    }
}

impl Live for Outbox {
    async fn tell(&self, change: &RoomChange, name: &str) -> Result<(), SendError> {
        self.live.tell(change, name).await
    }
}

/// The functions, each with one execution environment that has started already.
#[allow(missing_docs, missing_debug_implementations, reason = "one field a context; they are what the functions hold")]
pub struct World {
    pub cloud: Cloud,
    pub config: SdkConfig,
    pub streams: Streams,
    pub pg: virtual_pg::Handle,
    pub booking: Arc<Booking>,
    pub catalog: Catalog,
    pub finder: Finder,
    pub sessions: Sessions,
    /// What tells requests that came through the distribution from others.
    pub origin: Origin,
    pub payment: RequestPayment<InvokedReservations>,
    pub settlement: Settlement<Toss>,
    pub append: AppendEvents<SqsQueues>,
    pub sales: ProjectSales<SqsQueue>,
    pub notify: Notify<SesMailer, WebPush>,
    pub desk: Arc<Desk<SqsSteering>>,
    pub watch: Watch,
    pub outbox: Outbox,
    pub connections: ApiGateway,
    /// Messages that are kept back, by queue.
    pub delayed: HashMap<String, Vec<String>>,
}

/// What everything is signed with.
const SECRET: &str = "0123456789abcdef0123456789abcdef";

impl World {
    /// With empty tables.
    ///
    /// # Errors
    /// When a part of it does not start.
    pub async fn start() -> Result<Self, Failure> {
        let database = testkit::Database::start().await;
        let ring = KeyRing::generate(Timestamp::now())?.write()?;
        let secrets = [("signing-key", ring.as_str()), ("ticket", SECRET), ("admission", SECRET)];
        let secrets = secrets.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let cloud = Cloud::new(database.endpoint.clone(), secrets);
        let config = cloud.config().await;
        let tables = aws_sdk_dynamodb::Client::new(&config);
        for table in &Deployment::read()?.tables {
            database.create(&tables, table).await;
        }
        let table = |name: &str| (tables.clone(), name.to_owned());
        let queue = |name: &str| format!("https://sqs.us-east-1.amazonaws.com/1/{name}");
        let sqs = aws_sdk_sqs::Client::new(&config);
        let secrets = aws_sdk_secretsmanager::Client::new(&config);

        let booking = Arc::new(booking_app(&config));
        let keys = KeyStore::new(secrets.clone(), "signing-key".to_owned());
        let (issuer, audience) = ("https://issuer.example".to_owned(), "jari".to_owned());
        let signer = Signer::start(keys, issuer, audience, SignedDuration::from_hours(1), Timestamp::now()).await?;
        let pg = virtual_pg::spawn(virtual_pg::Config::default()).await?;
        let gateway = Toss::new(&pg.url, &*pg.secret_key, Duration::from_secs(3))?;
        let payments = || payments::store::Store::new(tables.clone(), "PaymentsTable");
        let reservations = InvokedReservations::new(aws_sdk_lambda::Client::new(&config), "begin-payment");
        let (client, name) = table("EventsTable");
        let append = AppendEvents::new(EventStore::new(client, name), SqsQueues::new(sqs.clone(), urls(queue)));
        let (client, name) = table("InsightsTable");
        let popularity = SqsQueue::new(sqs.clone(), Queue::Popularity, queue("popularity"));
        let sales = ProjectSales::new(SalesStore::new(client, name), TimeZone::get("Asia/Seoul")?, popularity);
        let steering = SqsSteering::new(sqs.clone(), queue("steering"));
        let waiting = || waiting_room::dynamodb::Store::new(tables.clone(), "WaitingRoomTable");
        let desk = Arc::new(Desk {
            store: waiting(),
            rooms: Rooms::default(),
            runs: Runs::default(),
            tickets: Secret::new(SECRET.as_bytes(), None)?,
            admissions: Secret::new(SECRET.as_bytes(), None)?,
            steering: steering.clone(),
        });
        provide(&cloud, &booking, &desk);
        Ok(Self {
            payment: RequestPayment::new(payments(), reservations),
            settlement: Settlement::new(payments(), gateway),
            catalog: Catalog::new(catalog::store::Store::new(tables.clone(), "CatalogTable".to_owned())),
            finder: finder(&config),
            sessions: Sessions::new(identity::Store::new(tables.clone(), "IdentityTable".to_owned()), signer),
            notify: notify(&config, &secrets)?,
            origin: Origin::new(secrets, "origin".to_owned()),
            watch: Watch { store: waiting(), rooms: Rooms::default(), tickets: Secret::new(SECRET.as_bytes(), None)? },
            outbox: Outbox { steering, live: SqsLive::new(sqs, queue("live-changes")) },
            connections: ApiGateway::new(&config, "https://connections.example/prod"),
            streams: Streams::new(cloud.clone()).await?,
            delayed: HashMap::new(),
            booking,
            append,
            sales,
            desk,
            pg,
            cloud,
            config,
        })
    }

    /// A client of the tables.
    #[must_use]
    pub fn tables(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.config)
    }

    /// Where connections and rooms are kept.
    #[must_use]
    pub fn realtime(&self) -> realtime::store::Store {
        realtime::store::Store::new(self.tables(), "RealtimeTable")
    }

    /// A client of the queues.
    #[must_use]
    pub fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.config)
    }
}

/// Runs one request through a handler, as the function of this name; what it answered, and what that took.
///
/// # Errors
/// When the answer has another status than this one.
pub async fn ask<F, Fut>(
    cloud: &Cloud,
    function: &'static str,
    request: Request,
    status: u16,
    handle: F,
) -> Result<(Answer, Step), Failure>
where
    F: Fn(Call) -> Fut,
    Fut: Future<Output = Result<Reply, Problem>>,
{
    let call = request.call()?;
    drop(cloud.meter.take());
    cloud.meter.enter(function);
    let response = Box::pin(respond(function, call, &handle)).await;
    cloud.meter.leave();
    let (body, answered) = match response.body() {
        Body::Text(text) => (serde_json::from_str(text)?, text.len()),
        _ => (Value::Null, 0),
    };
    let answer = Answer { status: response.status().as_u16(), body };
    if answer.status != status {
        return Err(format!("{function} answered {} {}", answer.status, answer.body).into());
    }
    let (function, calls) = (function.to_owned(), cloud.meter.take());
    Ok((answer, Step { function, trigger: Trigger::Request, after: None, calls, answered }))
}

/// An execution environment of booking that remembers nothing yet.
#[must_use]
pub fn booking_app(config: &SdkConfig) -> Booking {
    Booking::new(booking::dynamodb::Store::new(aws_sdk_dynamodb::Client::new(config), "BookingTable"))
}

/// A list of events that knows none yet.
#[must_use]
pub fn finder(config: &SdkConfig) -> Finder {
    let store = catalog::store::Store::new(aws_sdk_dynamodb::Client::new(config), "CatalogTable".to_owned());
    let bucket = catalog::search::bucket::Bucket::new(aws_sdk_s3::Client::new(config), "search".to_owned());
    Finder { search: catalog::search::Search::new(store, Some(bucket)), images_base_url: String::new() }
}

fn notify(config: &SdkConfig, secrets: &aws_sdk_secretsmanager::Client) -> Result<Notify<SesMailer, WebPush>, Failure> {
    let tables = aws_sdk_dynamodb::Client::new(config);
    let store = notifications::store::Store::new(tables, "NotificationsTable".to_owned());
    let mailer = SesMailer::new(aws_sdk_ses::Client::new(config), "jari@example.com".to_owned());
    let keys = PushKeys::new(secrets.clone(), "push".to_owned());
    let services = PushServices::parse("fcm.googleapis.com", "")?;
    let push = WebPush::new(keys, String::new(), services, "mailto:jari@example.com".to_owned());
    Ok(Notify::new(store, mailer, push, "https://jari.example".to_owned()))
}

fn urls(queue: impl Fn(&str) -> String) -> QueueUrls {
    QueueUrls {
        payments: queue("payments"),
        reservations: queue("reservations"),
        refunds: queue("refunds"),
        expirations: queue("expirations"),
        catalog_changes: queue("catalog-changes"),
        notifications: queue("notifications"),
        sales: queue("sales"),
        cancellations: queue("cancellations"),
        admissions: queue("admissions"),
        sale_news: queue("sale-news"),
        live_news: queue("live-news"),
        stream_failures: queue("stream-failures"),
    }
}

/// The functions that others invoke.
fn provide(cloud: &Cloud, booking: &Arc<Booking>, desk: &Arc<Desk<SqsSteering>>) {
    let app = Arc::clone(booking);
    cloud.provide(
        "begin-payment",
        Arc::new(move |payload| {
            let app = Arc::clone(&app);
            Box::pin(async move {
                let call = serde_json::from_slice(&payload)?;
                Ok(serde_json::to_vec(&booking_functions::begin_payment::handle(&app, call).await?)?)
            })
        }),
    );
    let desk = Arc::clone(desk);
    cloud.provide(
        "admit-buyer",
        Arc::new(move |payload| {
            let desk = Arc::clone(&desk);
            Box::pin(async move {
                let call: AdmitBuyer = serde_json::from_slice(&payload)?;
                Ok(serde_json::to_vec(&waiting_room_functions::admit_buyer::handle(&desk, call).await?)?)
            })
        }),
    );
}

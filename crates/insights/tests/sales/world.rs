//! A table of read models, an event store, and those who work on them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use contracts::event::Envelope;
use contracts::insights::EventPopularity;
use insights::domain::{By, Entry, News, Period, Queue};
use insights::queues::SendError;
use insights::sales::project::{Popularity, ProjectError, ProjectSales};
use insights::sales::projector::Failed;
use insights::sales::ranking::Rankings;
use insights::sales::replay::{Phase, Progress, Replay};
use insights::sales::store::SalesStore;
use insights::store::EventStore;
use jiff::Timestamp;
use kit::dynamo::Item;
use testkit::TestTable;

use crate::history::{Places, zone};

/// Remembers what the catalogue was told, and fails so many times first.
#[derive(Clone, Default)]
pub struct Told {
    counts: Arc<Mutex<Vec<EventPopularity>>>,
    failures: Arc<Mutex<usize>>,
}

impl Told {
    pub fn failing(times: usize) -> Self {
        Self { failures: Arc::new(Mutex::new(times)), ..Self::default() }
    }

    /// The tickets of each event by its latest revision.
    pub fn latest(&self) -> BTreeMap<String, u64> {
        let counts = self.counts.lock().unwrap();
        let mut latest: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for count in counts.iter() {
            let known = latest.entry(count.event_id.to_string()).or_default();
            *known = (*known).max((count.revision, count.tickets));
        }
        latest.into_iter().map(|(event, (_, tickets))| (event, tickets)).collect()
    }

    pub fn forget(&self) {
        self.counts.lock().unwrap().clear();
    }
}

impl Popularity for Told {
    async fn tell(&self, counts: &[EventPopularity]) -> Result<(), SendError> {
        let mut failures = self.failures.lock().unwrap();
        if *failures > 0 {
            *failures -= 1;
            return Err(SendError::Unavailable { queue: Queue::Popularity, source: "on purpose".into() });
        }
        self.counts.lock().unwrap().extend(counts);
        Ok(())
    }
}

#[derive(Clone)]
pub struct World {
    pub table: TestTable,
    pub events: TestTable,
    pub told: Told,
}

impl World {
    pub async fn start() -> Self {
        let (table, events) = (TestTable::like("InsightsTable").await, TestTable::like("EventsTable").await);
        Self { table, events, told: Told::default() }
    }

    pub fn store(&self, client: Client) -> SalesStore {
        SalesStore::new(client, self.table.name.clone())
    }

    pub fn project_by(&self, client: Client) -> ProjectSales<Told> {
        ProjectSales::new(self.store(client), zone(), self.told.clone())
    }

    pub fn replay_by(&self, client: Client, events: Client) -> Replay<Told> {
        let events = EventStore::new(events, self.events.name.clone());
        Replay::new(events, self.store(client), zone(), self.told.clone())
    }

    pub fn replay(&self) -> Replay<Told> {
        self.replay_by(self.table.client(), self.events.client())
    }

    /// Brings these events, in this order, in one batch.
    pub async fn deliver(&self, history: &[Envelope]) {
        no_failure(&self.project_by(self.table.client()).project(&news(history)).await);
    }

    /// Keeps these events in the event store.
    pub async fn keep(&self, history: &[Envelope]) {
        let store = EventStore::new(self.events.client(), self.events.name.clone());
        for envelope in history {
            store.append(envelope).await.unwrap();
        }
    }

    pub async fn top(&self, by: By, period: Period, limit: usize, now: Timestamp) -> Vec<Entry> {
        let rankings = Rankings::new(self.store(self.table.client()), zone());
        rankings.top(by, period, limit, now).await.unwrap().into_iter().map(|(entry, _)| entry).collect()
    }

    pub async fn places(&self, by: By, period: Period, now: Timestamp) -> Places {
        self.top(by, period, 100, now).await.into_iter().map(|entry| (entry.event_id, entry.score)).collect()
    }

    /// Everything that a generation says, by key, but for how many changes led there.
    pub async fn model(&self, generation: u64) -> BTreeMap<(String, String), BTreeMap<String, String>> {
        let prefix = format!("{generation}#");
        let mut model = BTreeMap::new();
        for item in self.table.items().await {
            let text = |name: &str| item[name].as_s().unwrap().clone();
            let Some(pk) = text("pk").strip_prefix(&prefix).map(str::to_owned) else { continue };
            model.insert((pk, text("sk")), content(&item, &prefix));
        }
        model
    }

    /// Goes through with a rebuild.
    pub async fn rebuild(&self) -> Progress {
        finish(&self.replay()).await
    }
}

pub async fn finish(replay: &Replay<Told>) -> Progress {
    let mut progress = replay.begin().await.unwrap();
    while progress.phase != Phase::Done {
        // The progress travels between two calls as JSON.
        let text = serde_json::to_string(&progress).unwrap();
        progress = replay.step(serde_json::from_str(&text).unwrap()).await.unwrap();
    }
    progress
}

fn content(item: &Item, prefix: &str) -> BTreeMap<String, String> {
    let attributes = item.iter().filter(|(name, _)| !["pk", "sk", "revision"].contains(&name.as_str()));
    let content = attributes.map(|(name, value)| {
        let value: serde_json::Value = serde_dynamo::from_attribute_value(value.clone()).unwrap();
        let value = value.to_string();
        (name.clone(), if name == "rankingPk" { value.replace(prefix, "") } else { value })
    });
    content.collect()
}

pub fn news(history: &[Envelope]) -> Vec<News> {
    history.iter().filter_map(|envelope| News::of(envelope).unwrap()).collect()
}

pub fn no_failure(failed: &[Failed<ProjectError>]) {
    assert!(failed.is_empty(), "{failed:?}");
}

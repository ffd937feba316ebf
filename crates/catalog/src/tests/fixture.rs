//! A catalogue to try things on.

use contracts::catalog::{Block, Category, EventState, Geometry, LayoutState, Seat, Section};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId, UserId};
use jiff::{SignedDuration, Timestamp};
use testkit::{Faults, TestTable};

use crate::Catalog;
use crate::domain::event::NewEvent;
use crate::domain::offer::{NewPerformance, NewTicketType};
use crate::domain::programme::Manager;
use crate::search::Search;
use crate::store::Store;

pub struct Fixture {
    pub table: TestTable,
    pub catalog: Catalog,
    pub organizer: Manager,
}

/// The moment at which everything happens.
pub fn now() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

pub fn after_hours(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

pub fn new_event(title: &str) -> NewEvent {
    NewEvent {
        title: title.into(),
        description: String::new(),
        category: Category::Concert,
        venue: "Hall".into(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        buyer_limit: 8,
        image_id: None,
    }
}

pub fn performance(starts_at: Timestamp) -> NewPerformance {
    NewPerformance { starts_at, layout_id: None, sale_opens_at: None, sale_closes_at: None }
}

pub fn admission(event_id: EventId, price: i64) -> NewTicketType {
    NewTicketType { event_id, name: "Standing".into(), price, section_ids: None, quota: Some(100) }
}

pub fn seated(event_id: EventId, sections: &[&str]) -> NewTicketType {
    let section_ids = Some(sections.iter().map(|&section| section.to_owned()).collect());
    NewTicketType { section_ids, quota: None, ..admission(event_id, 100) }
}

pub fn geometry(sections: usize, blocks: usize, seats: usize) -> Geometry {
    let seat = |section: usize, block: usize, number: usize| Seat {
        id: format!("{section}-{block}-{number}"),
        label: number.to_string(),
        row: block.to_string(),
        x: (section * 60 + number) as f64,
        y: block as f64,
        accessible: number == 0,
    };
    let block = |section, block| Block {
        id: format!("{section}-{block}"),
        seats: (0..seats).map(|number| seat(section, block, number)).collect(),
    };
    let section = |section| Section {
        id: format!("S{section}"),
        name: format!("{section}구역"),
        blocks: (0..blocks).map(|each| block(section, each)).collect(),
    };
    Geometry { sections: (0..sections).map(section).collect() }
}

impl Fixture {
    pub async fn start() -> Self {
        let table = TestTable::like("CatalogTable").await;
        let catalog = Catalog::new(Store::new(table.client(), &table.name));
        Self { table, catalog, organizer: Manager::Organizer(UserId::generate()) }
    }

    /// Another catalogue with the same in it.
    pub async fn copy(&self) -> Self {
        let copy = Self { organizer: self.organizer, ..Self::start().await };
        let client = copy.table.client();
        for item in self.table.items().await {
            client.put_item().table_name(&copy.table.name).set_item(Some(item)).send().await.unwrap();
        }
        copy
    }

    pub fn failing(&self, faults: &Faults) -> Catalog {
        Catalog::new(Store::new(self.table.failing_client(faults), &self.table.name))
    }

    /// What an environment of list-events knows of this catalogue; nothing yet.
    pub fn search(&self) -> Search {
        Search::new(Store::new(self.table.client(), &self.table.name), None)
    }

    pub async fn draft(&self, title: &str) -> EventState {
        self.catalog.create_event(self.organizer, EventId::generate(), new_event(title), now()).await.unwrap()
    }

    pub async fn add(&self, event: EventId, new: NewPerformance) -> PerformanceId {
        let id = PerformanceId::generate();
        self.catalog.add_performance(self.organizer, event, id, new, now()).await.unwrap().id
    }

    pub async fn sell(&self, new: NewTicketType) -> TicketTypeId {
        let id = TicketTypeId::generate();
        self.catalog.create_ticket_type(self.organizer, id, new, now()).await.unwrap().0.id
    }

    pub async fn publish(&self, event: EventId) {
        self.catalog.publish_event(self.organizer, event, now()).await.unwrap();
    }

    pub async fn layout(&self, geometry: &Geometry) -> LayoutId {
        let id = LayoutId::generate();
        self.catalog.create_layout(id, "Hall", geometry, "", now()).await.unwrap().summary.id
    }

    /// A general admission event on sale, with performances so many hours from now.
    pub async fn on_sale(&self, title: &str, hours: &[i64]) -> EventId {
        let event = self.draft(title).await.id;
        for &hours in hours {
            self.add(event, performance(after_hours(hours))).await;
        }
        self.sell(admission(event, 100)).await;
        self.publish(event).await;
        event
    }

    /// What the stream would carry: type, id and version of every aggregate in the table.
    pub async fn announced(&self) -> Vec<(String, String, u64)> {
        let mut announced = Vec::new();
        for item in self.table.items().await {
            let Some(last) = kit::dynamo::read::<serde_json::Value>(&item, "lastEvent").unwrap() else {
                continue;
            };
            let state: serde_json::Value = kit::dynamo::read(&item, last["state"].as_str().unwrap()).unwrap().unwrap();
            announced.push((
                last["type"].as_str().unwrap().to_owned(),
                state["id"].as_str().unwrap().to_owned(),
                state["version"].as_u64().unwrap(),
            ));
        }
        announced.sort();
        announced
    }

    pub async fn stored_layout(&self, id: LayoutId) -> LayoutState {
        let items = self.table.items().await;
        let state = |item| kit::dynamo::read::<LayoutState>(item, "state").ok().flatten();
        items.iter().filter_map(state).find(|layout| layout.id == id).unwrap()
    }
}

//! Ten thousand events in a real table with its real index: whatever is asked for, the pages together are what a look at
//! every single event would list.

mod made_up;
mod naive;

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use contracts::catalog::EventStatus;
use contracts::ids::{EventId, KeywordId};
use contracts::insights::EventPopularity;
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use kit::dynamo::{Item, attribute, n, s};

use self::made_up::{MAPPINGS, now, one_of};
use self::naive::Known;
use super::fixture::Fixture;
use crate::domain::card::Card;
use crate::domain::keyword::NewKeyword;
use crate::domain::search::listing::{Filter, Sort};
use crate::search::Search;

const EVENTS: usize = 10_000;
const SEARCHES: usize = 200;

/// The catalogue and what is known to be in it.
struct Proof {
    fixture: Fixture,
    rng: Rng,
    /// A card's item as the store writes it.
    template: Item,
    events: BTreeMap<EventId, Known>,
    /// How often each card has been written.
    revision: u64,
}

impl Proof {
    async fn start() -> Self {
        let fixture = Fixture::start().await;
        let first = fixture.on_sale("Template", &[1]).await;
        let items = fixture.table.items().await;
        let template = items.into_iter().find(|item| item["sk"] == s("CARD")).unwrap();
        let template_card: Card = kit::dynamo::read(&template, "card").unwrap().unwrap();
        let events = BTreeMap::from([(first, Known::new(template_card, 0))]);
        Self { fixture, rng: Rng::with_seed(10_000), template, events, revision: 10 }
    }

    /// The item that the store would write for a card at this moment.
    fn item(&self, card: &Card, revision: u64, at: Timestamp) -> Item {
        let mut item = self.template.clone();
        item.insert("pk".into(), s(format!("EVT#{}", card.id)));
        item.insert("listingSk".into(), s(card.id.to_string()));
        item.insert("card".into(), attribute(card).unwrap());
        item.insert("revision".into(), n(revision));
        item.insert("changesSk".into(), s(format!("{:015}#{}", at.as_millisecond(), card.id)));
        item
    }

    async fn fill(&mut self) {
        // A second apart, so that what is read again and again is a small part of them.
        let mut at = now() - SignedDuration::from_secs(EVENTS as i64 + 60);
        let mut items = Vec::with_capacity(EVENTS);
        for _ in 0..EVENTS {
            let card = made_up::card(&mut self.rng);
            at += SignedDuration::from_secs(1);
            items.push(self.item(&card, 1, at));
            self.events.insert(card.id, Known::new(card, 0));
        }
        self.write(items).await;
        let ids: Vec<_> = self.events.keys().copied().collect();
        for _ in 0..EVENTS / 20 {
            let (id, tickets) = (one_of(&mut self.rng, &ids), self.rng.u64(..30));
            self.sell(id, tickets, at).await;
        }
        for mapping in MAPPINGS {
            let mut words = mapping.iter().map(|&word| word.to_owned());
            let new = NewKeyword { term: words.next().unwrap(), aliases: words.collect() };
            self.fixture.catalog.create_keyword(KeywordId::generate(), new, at).await.unwrap();
        }
    }

    async fn write(&self, items: Vec<Item>) {
        let (client, name) = (self.fixture.table.client(), &self.fixture.table.name);
        for items in items.chunks(25) {
            let put = |item: &Item| PutRequest::builder().set_item(Some(item.clone())).build().unwrap();
            let requests = items.iter().map(|item| WriteRequest::builder().put_request(put(item)).build()).collect();
            let answer = client.batch_write_item().request_items(name, requests).send().await.unwrap();
            assert!(answer.unprocessed_items.unwrap_or_default().is_empty());
        }
    }

    async fn put(&mut self, card: Card, at: Timestamp) {
        self.revision += 1;
        self.write(vec![self.item(&card, self.revision, at)]).await;
        let tickets = self.events.get(&card.id).map_or(0, |known| known.tickets);
        self.events.insert(card.id, Known::new(card, tickets));
    }

    async fn sell(&mut self, event_id: EventId, tickets: u64, at: Timestamp) {
        self.revision += 1;
        let popularity = EventPopularity { event_id, tickets, revision: self.revision };
        self.fixture.catalog.apply_popularity(&popularity, at).await.unwrap();
        self.events.get_mut(&event_id).unwrap().tickets = tickets;
    }

    /// What must be listed.
    fn expected(&self, filter: &Filter, sort: Sort) -> Vec<EventId> {
        let mappings: Vec<Vec<String>> =
            MAPPINGS.iter().map(|words| words.iter().map(|&word| word.to_owned()).collect()).collect();
        let listed = naive::list(self.events.values(), &mappings, filter, sort, now());
        listed.into_iter().map(|known| known.card.id).collect()
    }
}

async fn walk(search: &Search, filter: &Filter, sort: Sort, limit: usize) -> Vec<EventId> {
    let (mut listed, mut cursor) = (Vec::new(), None);
    loop {
        let (page, next) = search.list(filter, sort, limit, cursor.as_ref(), now()).await.unwrap();
        assert!(page.len() == limit || next.is_none(), "a page of {} of {limit} in {filter:?}", page.len());
        listed.extend(page.into_iter().map(|card| card.id));
        cursor = next;
        if cursor.is_none() {
            return listed;
        }
    }
}

#[tokio::test]
async fn ten_thousand_events_are_found_as_if_each_were_looked_at() {
    let mut proof = Proof::start().await;
    proof.fill().await;
    let search = proof.fixture.search();
    search.warm_up(now()).await;
    let cards: Vec<_> = proof.events.values().map(|known| known.card.clone()).collect();
    let (mut found, mut empty) = (0, 0);
    for _ in 0..SEARCHES {
        let wanted = cards[proof.rng.usize(..cards.len())].clone();
        let (filter, sort) = made_up::search(&mut proof.rng, &wanted);
        let expected = proof.expected(&filter, sort);
        let limit = if expected.len() > 200 { 100 } else { proof.rng.usize(1..20) };
        assert_eq!(walk(&search, &filter, sort, limit).await, expected, "{filter:?} {sort:?}");
        found += expected.len();
        empty += usize::from(expected.is_empty());
    }
    assert!(found > 20 * SEARCHES && empty < SEARCHES / 3, "the searches say little: {found} found, {empty} in vain");
    changes_while_paging(&mut proof, &search).await;
}

/// Whoever pages through a list while it changes misses nothing and sees nothing twice that stays where it is.
async fn changes_while_paging(proof: &mut Proof, search: &Search) {
    let mut at = now();
    for sort in [Sort::Date, Sort::Newest, Sort::Popular] {
        let filter = Filter { from: Some(now()), ..Filter::default() };
        let before = proof.expected(&filter, sort);
        let ids: Vec<_> = proof.events.keys().copied().collect();
        let (mut listed, mut cursor, mut touched) = (Vec::new(), None, BTreeSet::new());
        loop {
            at += SignedDuration::from_secs(1);
            let (page, next) = search.list(&filter, sort, 400, cursor.as_ref(), at).await.unwrap();
            listed.extend(page.into_iter().map(|card| card.id));
            cursor = next;
            if cursor.is_none() {
                break;
            }
            for _ in 0..4 {
                let mut card = proof.events[&one_of(&mut proof.rng, &ids)].card.clone();
                touched.insert(card.id);
                match proof.rng.usize(..4) {
                    0 => card.status = EventStatus::Draft,
                    1 => card.shows = made_up::card(&mut proof.rng).shows,
                    2 => card = made_up::card(&mut proof.rng),
                    _ => {
                        let tickets = proof.rng.u64(..40);
                        proof.sell(card.id, tickets, at).await;
                        continue;
                    }
                }
                touched.insert(card.id);
                proof.put(card, at).await;
            }
        }
        assert!(touched.len() > 20, "{sort:?}: hardly anything changed");
        let untouched = |ids: Vec<EventId>| ids.into_iter().filter(|id| !touched.contains(id)).collect::<Vec<_>>();
        assert_eq!(untouched(listed), untouched(before), "{sort:?}");
        // And from the beginning everything is as it is now.
        at += SignedDuration::from_secs(1);
        let (page, _) = search.list(&filter, sort, EVENTS * 2, None, at).await.unwrap();
        assert_eq!(page.into_iter().map(|card| card.id).collect::<Vec<_>>(), proof.expected(&filter, sort));
    }
}

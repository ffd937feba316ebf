//! What catalog has published, kept for booking's own use.

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use contracts::catalog::{LayoutState, PerformanceState};
use contracts::ids::{EventId, LayoutId, PerformanceId, TicketTypeId};
use kit::dynamo::{Conditional as _, Item, PK, SK, StoreError, attribute, key, n, read, s};

use super::Store;
use crate::domain::listing::{Listing, Standing};

const STATE: &str = "state";
const TERMS_VERSION: &str = "termsVersion";
const WITHDRAWN: &str = "withdrawn";
const GEOMETRY: &str = "geometry";
const EVENT: &str = "event";
/// The most items that one BatchWriteItem takes.
const BATCH: usize = 25;
/// How often news is learnt anew when other news came in between.
const TRIES: usize = 10;

impl Store {
    /// Keeps news of a performance, in whatever order it comes; old news changes nothing. Answers what is known then.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn learn(&self, news: &PerformanceState) -> Result<Listing, StoreError> {
        // The indexes first: once the performance is found, everything about it is.
        self.put_indexes(news).await?;
        for _ in 0..TRIES {
            let known = self.listing(news.id).await?;
            let next = match &known {
                None => Listing::new(news.clone()),
                Some(known) => match known.after(news) {
                    Some(next) => next,
                    None => return Ok(known.clone()),
                },
            };
            if self.put_listing(&next, known.as_ref()).await? {
                return Ok(next);
            }
        }
        Err(StoreError::Contended)
    }

    async fn put_indexes(&self, news: &PerformanceState) -> Result<(), StoreError> {
        let Some(terms) = &news.terms else { return Ok(()) };
        let mut partitions: Vec<_> =
            terms.ticket_types.iter().map(|ticket_type| format!("TKT#{}", ticket_type.id)).collect();
        partitions.push(format!("EVT#{}", news.event_id));
        for batch in partitions.chunks(BATCH) {
            let mut requests: Vec<_> = Vec::with_capacity(batch.len());
            for pk in batch {
                let mut item = key(pk, news.id.to_string());
                item.insert(EVENT.to_owned(), s(news.event_id.to_string()));
                let put = PutRequest::builder().set_item(Some(item)).build();
                let put = put.map_err(|error| StoreError::Unreadable(Box::new(error)))?;
                requests.push(WriteRequest::builder().put_request(put).build());
            }
            let answer = self.client.batch_write_item().request_items(&self.table, requests).send().await?;
            if answer.unprocessed_items.is_some_and(|left| !left.is_empty()) {
                return Err(StoreError::Contended);
            }
        }
        Ok(())
    }

    async fn put_listing(&self, listing: &Listing, before: Option<&Listing>) -> Result<bool, StoreError> {
        let mut item = key(format!("PRF#{}", listing.performance.id), "SALE");
        item.insert(STATE.to_owned(), attribute(&listing.performance)?);
        item.insert(TERMS_VERSION.to_owned(), n(listing.terms_version));
        if listing.standing == Standing::Withdrawn {
            item.insert(WITHDRAWN.to_owned(), attribute(&true)?);
        }
        let request = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let request = match before {
            None => request.condition_expression("attribute_not_exists(#pk)").expression_attribute_names("#pk", PK),
            Some(before) => request
                .condition_expression(
                    "#state.#version = :version AND (#terms = :terms OR attribute_not_exists(#terms))",
                )
                .expression_attribute_names("#state", STATE)
                .expression_attribute_names("#version", "version")
                .expression_attribute_names("#terms", TERMS_VERSION)
                .expression_attribute_values(":version", n(before.performance.version))
                .expression_attribute_values(":terms", n(before.terms_version)),
        };
        Ok(request.send().await.conditional()?.is_ok())
    }

    /// Keeps a layout. Layouts never change, so keeping one twice is harmless.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn put_layout(&self, layout: &LayoutState) -> Result<(), StoreError> {
        let mut item = key(format!("LAY#{}", layout.id), "LAY");
        item.insert(GEOMETRY.to_owned(), s(&layout.geometry));
        self.client.put_item().table_name(&self.table).set_item(Some(item)).send().await?;
        Ok(())
    }

    /// What is known of a performance now.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn listing(&self, id: PerformanceId) -> Result<Option<Listing>, StoreError> {
        let Some(item) = self.item(key(format!("PRF#{id}"), "SALE"), true).await? else { return Ok(None) };
        let state: Option<PerformanceState> = read(&item, STATE)?;
        let state = state.ok_or_else(|| StoreError::Unreadable("a sale of no performance".into()))?;
        let listing = Listing::new(state);
        // Items written before there was such a thing as withdrawing have neither attribute, and need none.
        let terms_version = read(&item, TERMS_VERSION)?.unwrap_or(listing.terms_version);
        let withdrawn = read(&item, WITHDRAWN)?.unwrap_or(false);
        let standing = if withdrawn { Standing::Withdrawn } else { listing.standing };
        Ok(Some(Listing { terms_version, standing, ..listing }))
    }

    /// A layout's packed geometry.
    ///
    /// # Errors
    /// When the table does not answer or the item cannot be read.
    pub async fn geometry(&self, id: LayoutId) -> Result<Option<String>, StoreError> {
        self.item(key(format!("LAY#{id}"), "LAY"), false).await?.map_or(Ok(None), |item| read(&item, GEOMETRY))
    }

    /// The performances that a ticket type was ever sold for, and their event.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn performances_of_ticket_type(
        &self,
        id: TicketTypeId,
    ) -> Result<(Option<EventId>, Vec<PerformanceId>), StoreError> {
        let (mut event, mut performances) = (None, Vec::new());
        for item in self.query(format!("TKT#{id}")).await? {
            let id = item.get(SK).and_then(|value| value.as_s().ok()).and_then(|id| id.parse().ok());
            performances.push(id.ok_or_else(|| StoreError::Unreadable("an index entry of no performance".into()))?);
            event = read(&item, EVENT)?.or(event);
        }
        Ok((event, performances))
    }

    /// An item, as of a moment ago or as it is `now`.
    pub(super) async fn item(&self, key: Item, now: bool) -> Result<Option<Item>, StoreError> {
        let request = self.client.get_item().table_name(&self.table).set_key(Some(key)).consistent_read(now);
        Ok(request.send().await?.item)
    }
}

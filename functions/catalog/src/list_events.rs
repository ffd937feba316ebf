//! Finding events.

use aws_sdk_dynamodb::Client;
use catalog::domain::card::Card;
use catalog::domain::search::listing::{Filter, Sort};
use catalog::search::Search;
use catalog::search::bucket::Bucket;
use catalog::store::Store;
use contracts::catalog::EventStatus;
use jiff::Timestamp;
use kit::env::{ConfigError, required};
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use serde::{Deserialize, Serialize};

use crate::dto::CardBody;

/// For so many seconds caches may answer instead.
const CACHE_SECONDS: u32 = 1;

/// What the function keeps from request to request.
#[derive(Debug)]
pub struct Finder {
    /// All events.
    pub search: Search,
    /// Address of the bucket that shows pictures.
    pub images_base_url: String,
}

impl Finder {
    /// On the table named by `CATALOG_TABLE`, beginning with the snapshot in the bucket named by `SEARCH_BUCKET`; pictures
    /// are at `IMAGES_BASE_URL`.
    ///
    /// # Errors
    /// When one of them is not set.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let config = kit::aws::config().await;
        let store = Store::new(Client::new(&config), required("CATALOG_TABLE")?);
        let bucket = Bucket::new(aws_sdk_s3::Client::new(&config), required("SEARCH_BUCKET")?);
        Ok(Self { search: Search::new(store, Some(bucket)), images_base_url: required("IMAGES_BASE_URL")? })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(flatten)]
    card: CardBody,
    /// The poster, as small as lists need it; `null` without one.
    image_url: Option<String>,
}

#[derive(Deserialize)]
struct Query {
    q: Option<String>,
    category: Option<String>,
    status: Option<String>,
    from: Option<String>,
    to: Option<String>,
    sort: Option<String>,
    #[serde(flatten)]
    page: PageQuery,
}

/// 200 with a page of published events: `?q=&category=&status=&from=&to=&sort=date|popular|newest&limit=&cursor=`. It is
/// full unless it is the last one.
///
/// # Errors
/// 422 for a parameter that is not understood, and for a cursor of a list in another order or with other filters.
pub async fn handle(finder: &Finder, call: Call) -> Result<Reply, Problem> {
    let query: Query = call.query()?;
    let now = Timestamp::now();
    let (filter, sort) = check(&query)?;
    let (limit, position) = (query.page.limit()?, query.page.position()?);
    let (cards, next) = finder.search.list(&filter, sort, limit as usize, position.as_ref(), now).await?;
    let item = |card: Card| Item {
        // The size of lists; see the picture's own addresses.
        image_url: card.image_id.map(|id| format!("{}/images/{id}/list.jpg", finder.images_base_url)),
        card: CardBody::new(card, now),
    };
    let page = Page {
        items: cards.into_iter().map(item).collect(),
        next_cursor: next.map(|position| cursor(&position)).transpose()?,
    };
    Ok(Reply::ok(&page)?.cached(CACHE_SECONDS))
}

fn check(query: &Query) -> Result<(Filter, Sort), Problem> {
    let mut checks = Checks::new();
    let sort = match query.sort.as_deref() {
        None | Some("date") => Sort::Date,
        Some("popular") => Sort::Popular,
        Some("newest") => Sort::Newest,
        Some(_) => {
            checks.ensure(false, "/sort", "must be date, popular or newest");
            Sort::Date
        }
    };
    if let Some(text) = &query.q {
        checks.text("/q", text, 0..=100);
    }
    let filter = Filter {
        text: query.q.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
        category: parsed("/category", query.category.as_deref(), named, &mut checks),
        status: parsed("/status", query.status.as_deref(), named, &mut checks),
        from: parsed("/from", query.from.as_deref(), |text| text.parse().ok(), &mut checks),
        to: parsed("/to", query.to.as_deref(), |text| text.parse().ok(), &mut checks),
    };
    let in_order = filter.from.zip(filter.to).is_none_or(|(from, to): (Timestamp, Timestamp)| from <= to);
    checks
        .ensure(filter.status != Some(EventStatus::Draft), "/status", "must be a public one")
        .ensure(in_order, "/to", "must not be before from")
        .done()?;
    Ok((filter, sort))
}

fn parsed<T>(pointer: &str, text: Option<&str>, parse: impl Fn(&str) -> Option<T>, checks: &mut Checks) -> Option<T> {
    let text = text?;
    let value = parse(text);
    checks.ensure(value.is_some(), pointer, "is not understood");
    value
}

fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, ValueError> = name.into_deserializer();
    T::deserialize(name).ok()
}

//! Finding events.

use catalog::domain::card::Filter;
use catalog::listing::{Position, Sort};
use contracts::catalog::EventStatus;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::App;
use crate::dto::CardBody;

/// For so many seconds caches may answer instead.
const CACHE_SECONDS: u32 = 10;

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

/// 200 with a page of published events: `?q=&category=&status=&from=&to=&sort=date|popular|newest&limit=&cursor=`.
///
/// `popular` is the order by date until there are sales to count. A page may be shorter than `limit` while
/// `nextCursor` says that there is more.
///
/// # Errors
/// 422 for a parameter that is not understood.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let query: Query = call.query()?;
    let now = Timestamp::now();
    let (filter, sort) = check(&query)?;
    let (limit, position) = (query.page.limit()?, query.page.position::<Position>()?);
    let (cards, next) = app.catalog.list_events(&filter, sort, limit as usize, position, now).await?;
    let page = Page {
        items: cards.into_iter().map(|card| CardBody::new(card, now)).collect(),
        next_cursor: next.map(|position| cursor(&position)).transpose()?,
    };
    Ok(Reply::ok(&page)?.cached(CACHE_SECONDS))
}

fn check(query: &Query) -> Result<(Filter, Sort), Problem> {
    let mut checks = Checks::new();
    let sort = match query.sort.as_deref() {
        None | Some("date" | "popular") => Sort::Date,
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

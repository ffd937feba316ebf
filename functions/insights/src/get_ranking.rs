//! Which events sell best, or sold out fastest.

use contracts::catalog::{Category, EventStatus};
use contracts::ids::{EventId, PerformanceId};
use insights::domain::{By, Entry, EventFacts, Period};
use insights::sales::ranking::Rankings;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::page::PageQuery;
use kit::problem::Problem;
use kit::validate::Checks;
use serde::{Deserialize, Serialize};

/// For so many seconds caches may answer instead.
const CACHE_SECONDS: u32 = 10;

#[derive(Deserialize)]
struct Query {
    window: Option<String>,
    by: Option<String>,
    #[serde(flatten)]
    page: PageQuery,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RankingBody {
    window: Period,
    by: By,
    items: Vec<PlaceBody>,
    /// A ranking has one page.
    next_cursor: Option<String>,
}

#[derive(Serialize)]
struct PlaceBody {
    rank: usize,
    event: EventBody,
    #[serde(flatten)]
    reason: ReasonBody,
}

#[derive(Serialize)]
struct EventBody {
    id: EventId,
    title: String,
    venue: String,
    category: Category,
    status: EventStatus,
}

#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum ReasonBody {
    Sellout { performance_id: PerformanceId, sold_out_at: Timestamp, seconds_to_sell_out: u64 },
    Sales { tickets: u64 },
}

/// 200 with the first events of the current day, the current week or of all time:
/// `?window=day|week|all&by=sales|sellout&limit=`.
///
/// # Errors
/// 422 for a parameter that is not understood.
pub async fn handle(rankings: &Rankings, call: Call) -> Result<Reply, Problem> {
    let query: Query = call.query()?;
    let (window, by) = check(&query)?;
    let limit = query.page.limit()?;
    let top = rankings.top(by, window, limit as usize, Timestamp::now()).await?;
    let items = (1..).zip(top).map(|(rank, (entry, facts))| place(rank, entry, facts)).collect();
    Ok(Reply::ok(&RankingBody { window, by, items, next_cursor: None })?.cached(CACHE_SECONDS))
}

fn check(query: &Query) -> Result<(Period, By), Problem> {
    let window = match query.window.as_deref() {
        None | Some("week") => Some(Period::Week),
        Some("day") => Some(Period::Day),
        Some("all") => Some(Period::All),
        Some(_) => None,
    };
    let by = match query.by.as_deref() {
        None | Some("sales") => Some(By::Sales),
        Some("sellout") => Some(By::Sellout),
        Some(_) => None,
    };
    let mut checks = Checks::new();
    checks.ensure(window.is_some(), "/window", "must be day, week or all");
    checks.ensure(by.is_some(), "/by", "must be sales or sellout").done()?;
    Ok((window.unwrap_or(Period::Week), by.unwrap_or(By::Sales)))
}

fn place(rank: usize, entry: Entry, facts: EventFacts) -> PlaceBody {
    let EventFacts { title, venue, category, status, .. } = facts;
    let reason = match entry.sold_out {
        Some((performance_id, sold_out_at)) => {
            ReasonBody::Sellout { performance_id, sold_out_at, seconds_to_sell_out: entry.score }
        }
        None => ReasonBody::Sales { tickets: entry.score },
    };
    PlaceBody { rank, event: EventBody { id: entry.event_id, title, venue, category, status }, reason }
}

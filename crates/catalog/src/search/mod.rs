//! Finding events.
//!
//! Every environment of `list-events` has all events in memory. It begins with the snapshot in the bucket, goes on with
//! what has changed since, and looks for more at most once a second: one query, which costs half a read unit when
//! nothing has. What is right never depends on the snapshot, nor on the order in which changes are read: of two copies
//! of a thing the later revision counts.
//!
//! | module | what it does |
//! |---|---|
//! | [`index`] | all events in memory |
//! | [`bucket`], [`snapshot`] | the object that an index begins with |
//! | [`take`] | taking one |

pub mod bucket;
pub mod index;
mod postings;
pub mod snapshot;
pub mod take;

use jiff::{SignedDuration, Timestamp};
use kit::problem::{Problem, Violation};
use kit::worker::chain;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use self::bucket::Bucket;
use self::index::Index;
use crate::Error;
use crate::domain::card::Card;
use crate::domain::search::listing::{Filter, Position, Sort};
use crate::store::Store;

/// How old what is known may be when a request comes.
const MAX_AGE: SignedDuration = SignedDuration::from_secs(1);

/// How far behind the latest known change the next reading begins. A writer takes its stamp before it writes, at most
/// the 10 seconds before that its function may run, and the index `changes` follows within milliseconds.
const LOOK_BACK: SignedDuration = SignedDuration::from_secs(30);

/// The same now and then, for the day on which the index `changes` follows late.
const LONG_LOOK_BACK: SignedDuration = SignedDuration::from_mins(15);

/// How often that is.
const LONG_LOOK_BACK_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// All events, to be searched and listed.
#[derive(Debug)]
pub struct Search {
    store: Store,
    bucket: Option<Bucket>,
    loaded: Mutex<Option<Loaded>>,
}

/// Where a page starts, and of which list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cursor {
    list: String,
    #[serde(flatten)]
    position: Position,
}

#[derive(Debug)]
struct Loaded {
    index: Index,
    /// The time of the latest change that is known.
    latest: Timestamp,
    read_at: Timestamp,
    looked_back_at: Timestamp,
}

impl Search {
    /// The events of this table, read from the table alone unless there is a bucket to begin with.
    #[must_use]
    pub fn new(store: Store, bucket: Option<Bucket>) -> Self {
        Self { store, bucket, loaded: Mutex::new(None) }
    }

    /// Reads all events, so that the first request need not. Harmless when it fails: the request reads them then.
    pub async fn warm_up(&self, now: Timestamp) {
        if let Err(error) = self.up_to_date(&mut *self.loaded.lock().await, now).await {
            tracing::warn!(error = chain(&error), "the search starts empty");
        }
    }

    /// A page of published events.
    ///
    /// By date it holds events with a performance at or after `filter.from`, or this moment when absent. Every page is
    /// full unless it is the last one.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor of another list. When the table does not answer and has never done so; what is
    /// known already is answered without it.
    pub async fn list(
        &self,
        filter: &Filter,
        sort: Sort,
        limit: usize,
        cursor: Option<&Cursor>,
        now: Timestamp,
    ) -> Result<(Vec<Card>, Option<Cursor>), Error> {
        let list = name(filter, sort);
        if cursor.is_some_and(|cursor| cursor.list != list || !cursor.position.is_in(sort)) {
            let detail = "belongs to a list in another order or with other filters".into();
            return Err(Error::Invalid(Problem::invalid(vec![Violation { pointer: "/cursor".into(), detail }])));
        }
        let mut loaded = self.loaded.lock().await;
        let index = self.up_to_date(&mut loaded, now).await?;
        let (cards, next) = index.page(filter, sort, limit, cursor.map(|cursor| &cursor.position), now);
        Ok((cards.into_iter().cloned().collect(), next.map(|position| Cursor { list, position })))
    }

    async fn up_to_date<'a>(&self, loaded: &'a mut Option<Loaded>, now: Timestamp) -> Result<&'a Index, Error> {
        let loaded = match loaded {
            Some(loaded) => {
                if loaded.is_due(now)
                    && let Err(error) = self.catch_up(loaded, now).await
                {
                    tracing::warn!(error = chain(&error), "the search answers from what it knew before");
                }
                loaded
            }
            None => loaded.insert(self.load(now).await?),
        };
        Ok(&loaded.index)
    }

    async fn load(&self, now: Timestamp) -> Result<Loaded, Error> {
        let mut index = Index::default();
        let since = match &self.bucket {
            Some(bucket) => from_snapshot(bucket, &mut index, now).await,
            None => Timestamp::UNIX_EPOCH,
        };
        let mut loaded = Loaded { index, latest: since, read_at: now, looked_back_at: now };
        self.read(&mut loaded, since).await?;
        Ok(loaded)
    }

    async fn catch_up(&self, loaded: &mut Loaded, now: Timestamp) -> Result<(), Error> {
        // First of all: while the table does not answer, it is asked no more often than otherwise.
        loaded.read_at = now;
        let long = now.duration_since(loaded.looked_back_at).abs() >= LONG_LOOK_BACK_EVERY;
        // The stamp of a clock that is ahead must not hide the changes of those that are right.
        let since = loaded.latest.min(now) - if long { LONG_LOOK_BACK } else { LOOK_BACK };
        self.read(loaded, since).await?;
        if long {
            loaded.looked_back_at = now;
        }
        Ok(())
    }

    async fn read(&self, loaded: &mut Loaded, since: Timestamp) -> Result<(), Error> {
        let Loaded { index, latest, .. } = loaded;
        let take = |stamp: crate::store::Stamp, change| {
            *latest = stamp.time().max(*latest);
            index.apply(change);
        };
        Ok(self.store.changes(since, take).await?)
    }
}

impl Loaded {
    fn is_due(&self, now: Timestamp) -> bool {
        now.duration_since(self.read_at).abs() >= MAX_AGE
    }
}

/// Fills an index from the snapshot; says from when on changes have to be read besides.
async fn from_snapshot(bucket: &Bucket, index: &mut Index, now: Timestamp) -> Timestamp {
    let object = match bucket.snapshot().await {
        Ok(Some(object)) => object,
        Ok(None) => return Timestamp::UNIX_EPOCH,
        Err(error) => {
            tracing::warn!(error = chain(&error), "no snapshot to be had, the whole table is read");
            return Timestamp::UNIX_EPOCH;
        }
    };
    match snapshot::read(&object, |change| index.apply(change)) {
        Ok(latest) => latest.time().min(now) - LONG_LOOK_BACK,
        Err(error) => {
            tracing::warn!(error = chain(&error), "a useless snapshot, the whole table is read");
            Timestamp::UNIX_EPOCH
        }
    }
}

/// The same for all pages of a list, another one for every other list.
fn name(filter: &Filter, sort: Sort) -> String {
    let digest = Sha256::digest(format!("{sort:?} {filter:?}"));
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

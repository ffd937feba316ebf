//! Whether two generations say the same, item by item.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kit::dynamo::{Item, PK, SK, StoreError, key};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::items::{RANKING_PK, REVISION, parted};
use super::replay::Position;
use super::store::SalesStore;
use crate::domain::Generation;

/// How many items are read at once.
const PAGE: i32 = 100;

/// How often items are looked at that differ. Those of the generation that is read lag behind while messages about them
/// are still in the queue, and the two are never written in the same moment.
const LOOKS: u32 = 5;

/// How long to wait before looking again.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// An item that two generations do not agree about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Its key in the table, without the generation.
    pub item: String,
    /// What the generation that is read says; nothing when it has no such item.
    pub live: Option<Value>,
    /// What the new one says.
    pub built: Option<Value>,
}

impl SalesStore {
    /// Looks at a page of the table, and at the counterparts of its items in the other generation. Answers what differs
    /// and goes on differing, and where the next page begins.
    pub(super) async fn compare(
        &self,
        live: Generation,
        built: Generation,
        position: Position,
        patient: bool,
    ) -> Result<(Vec<Difference>, Position), StoreError> {
        let (items, next) = self.page(position, PAGE).await?;
        let of = |generation| items.iter().filter_map(move |item| name(item, generation));
        let in_live: BTreeSet<Name> = of(live).collect();
        let mut differing: BTreeSet<Name> = in_live.iter().cloned().chain(of(built)).collect();
        let mut look = 1;
        loop {
            let (ours, theirs) = (self.named(live, &differing).await?, self.named(built, &differing).await?);
            // What both have is met twice, and told of when it is met in the generation that is read.
            differing.retain(|name| {
                ours.get(name) != theirs.get(name) && (in_live.contains(name) || !ours.contains_key(name))
            });
            if differing.is_empty() || look == LOOKS || !patient {
                let said = |items: &BTreeMap<Name, Item>, name| items.get(name).cloned().map(serde_dynamo::from_item);
                let differences = differing.iter().map(|name| {
                    let (live, built) = (said(&ours, name).transpose()?, said(&theirs, name).transpose()?);
                    Ok(Difference { item: format!("{}/{}", name.pk, name.sk), live, built })
                });
                return Ok((differences.collect::<Result<_, StoreError>>()?, next));
            }
            tokio::time::sleep(LOOK_AGAIN).await;
            look += 1;
        }
    }

    /// These items of a generation, without what says which generation they are of.
    async fn named(&self, generation: Generation, names: &BTreeSet<Name>) -> Result<BTreeMap<Name, Item>, StoreError> {
        let keys = names.iter().map(|name| key(format!("{generation}#{}", name.pk), name.sk.clone())).collect();
        let items = self.get(keys, true).await?.into_iter();
        Ok(items.filter_map(|item| Some((name(&item, generation)?, content(generation, item)))).collect())
    }
}

/// The key of an item without its generation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    pk: String,
    sk: String,
}

fn name(item: &Item, of: Generation) -> Option<Name> {
    let (generation, pk, sk) = parted(item)?;
    (generation == of).then(|| Name { pk: pk.to_owned(), sk: sk.to_owned() })
}

/// What an item says. How many changes led there is its generation's own affair.
fn content(generation: Generation, mut item: Item) -> Item {
    for attribute in [PK, SK, REVISION] {
        item.remove(attribute);
    }
    if let Some(board) = item.get_mut(RANKING_PK)
        && let Ok(text) = board.as_s()
        && let Some(rest) = text.strip_prefix(&format!("{generation}#"))
    {
        *board = kit::dynamo::s(rest);
    }
    item
}

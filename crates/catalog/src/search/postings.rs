//! Which events have which pairs of neighbouring characters.
//!
//! Characters count by their [first keys](crate::domain::search::keys::first_key): a syllable stands here as its initial
//! consonant, so that whatever is typed for it, half typed or the consonant alone, leads to the same lists. Lists only
//! leave out what a word cannot be in; whether it is there is looked at afterwards.

use std::collections::BTreeMap;

use crate::domain::search::query::{Alternatives, Query};
use crate::domain::search::text::{Text, Word};

/// For every pair the slots of the events that have it, in ascending order.
#[derive(Debug, Default)]
pub(super) struct Postings(BTreeMap<(char, Option<char>), Vec<u32>>);

impl Postings {
    /// Notes the pairs of these texts for a slot.
    pub(super) fn insert(&mut self, slot: u32, texts: [&Text; 2]) {
        for pair in pairs(texts) {
            let slots = self.0.entry(pair).or_default();
            match slots.last() {
                Some(&last) if last >= slot => {
                    if let Err(place) = slots.binary_search(&slot) {
                        slots.insert(place, slot);
                    }
                }
                _ => slots.push(slot),
            }
        }
    }

    /// Takes back what was noted for a slot with these texts.
    pub(super) fn remove(&mut self, slot: u32, texts: [&Text; 2]) {
        for pair in pairs(texts) {
            let Some(slots) = self.0.get_mut(&pair) else { continue };
            if let Ok(place) = slots.binary_search(&slot) {
                slots.remove(place);
            }
            if slots.is_empty() {
                self.0.remove(&pair);
            }
        }
    }

    /// Slots among which are all that the query finds, in ascending order; `None` when more than `most` would have to
    /// be looked through for that.
    pub(super) fn candidates(&self, query: &Query, most: usize) -> Option<Vec<u32>> {
        let words = query.words.iter().min_by_key(|words| self.effort(words))?;
        if self.effort(words).saturating_add(self.effort(&query.whole)) > most {
            return None;
        }
        let mut slots: Vec<_> = words.iter().chain(&query.whole).flat_map(|word| self.slots(word)).collect();
        slots.sort_unstable();
        slots.dedup();
        Some(slots)
    }

    /// How many slots [`Postings::slots`] would look through for these words. Nothing here tells an event's category.
    fn effort(&self, words: &Alternatives) -> usize {
        words.iter().fold(0, |sum, word| {
            let effort = if word.categories().is_empty() { self.effort_of(word) } else { usize::MAX };
            sum.saturating_add(effort)
        })
    }

    fn effort_of(&self, word: &Word) -> usize {
        word.pairs()
            .map(|(first, second)| match second {
                Some(_) => self.0.get(&(first, second)).map_or(0, Vec::len),
                None => self.beginning_with(first).map(Vec::len).sum(),
            })
            .min()
            .unwrap_or(usize::MAX)
    }

    fn slots(&self, word: &Word) -> Vec<u32> {
        let mut lists = Vec::new();
        for (first, second) in word.pairs() {
            if second.is_none() {
                return self.beginning_with(first).flatten().copied().collect();
            }
            let Some(slots) = self.0.get(&(first, second)) else { return Vec::new() };
            lists.push(slots);
        }
        lists.sort_unstable_by_key(|slots| slots.len());
        let Some((shortest, others)) = lists.split_first() else { return Vec::new() };
        let in_all = |slot: &&u32| others.iter().all(|slots| slots.binary_search(slot).is_ok());
        shortest.iter().filter(in_all).copied().collect()
    }

    fn beginning_with(&self, first: char) -> impl Iterator<Item = &Vec<u32>> {
        self.0.range((first, None)..=(first, Some(char::MAX))).map(|(_, slots)| slots)
    }
}

fn pairs(texts: [&Text; 2]) -> Vec<(char, Option<char>)> {
    let mut pairs: Vec<_> = texts.into_iter().flat_map(Text::pairs).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

//! What people type, with all words that mean the same.

use std::collections::{BTreeMap, BTreeSet};

use contracts::catalog::{Category, KeywordState};
use contracts::ids::KeywordId;

use super::text::{Text, Word};

/// Words of which any may stand for the others.
pub type Alternatives = Vec<Word>;

/// A search in words: an event is found when all of them are found in it, each in title, venue or category. Of each
/// word any alternative will do; of the whole query, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Word by word.
    pub words: Vec<Alternatives>,
    /// What the query as a whole may be replaced by; nothing unless it is in a keyword mapping.
    pub whole: Alternatives,
}

/// What of an event is searched.
#[derive(Debug, Clone, Copy)]
pub struct Searched<'a> {
    /// Its name.
    pub title: &'a Text,
    /// Where it takes place.
    pub venue: &'a Text,
    /// What it is about.
    pub category: Category,
}

impl Query {
    /// What these words ask for; `None` when they ask for nothing.
    #[must_use]
    pub fn new(text: &str, synonyms: &Synonyms) -> Option<Self> {
        let words: Vec<_> = text.split_whitespace().filter_map(Word::new).collect();
        let whole = match words.as_slice() {
            [] => return None,
            [_] => Vec::new(),
            _ => Word::new(text).map(|whole| synonyms.of(&whole)).unwrap_or_default(),
        };
        let alternatives = |word: Word| {
            let others = synonyms.of(&word);
            if others.is_empty() { vec![word] } else { others }
        };
        Some(Self { words: words.into_iter().map(alternatives).collect(), whole })
    }

    /// Whether it finds an event.
    #[must_use]
    pub fn finds(&self, event: Searched<'_>) -> bool {
        let any = |words: &Alternatives| words.iter().any(|word| event.has(word));
        self.words.iter().all(any) || any(&self.whole)
    }
}

impl Searched<'_> {
    fn has(&self, word: &Word) -> bool {
        word.is_in(self.title) || word.is_in(self.venue) || word.categories().contains(&self.category)
    }
}

/// All keyword mappings. The later version of one wins, in whatever order they come.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    mappings: BTreeMap<KeywordId, (u64, Alternatives)>,
    by_word: BTreeMap<String, BTreeSet<KeywordId>>,
}

impl Synonyms {
    /// Takes a mapping as it is now, unless a later version of it is known.
    pub fn apply(&mut self, state: &KeywordState) {
        if self.mappings.get(&state.id).is_some_and(|(version, _)| *version >= state.version) {
            return;
        }
        let texts = [&state.term].into_iter().chain(&state.aliases).filter(|_| !state.removed);
        let words: Alternatives = texts.filter_map(|text| Word::new(text)).collect();
        for word in &words {
            self.by_word.entry(word.normalized()).or_default().insert(state.id);
        }
        let Some((_, before)) = self.mappings.insert(state.id, (state.version, words.clone())) else { return };
        for gone in before.iter().filter(|word| !words.contains(word)) {
            let word = gone.normalized();
            if let Some(ids) = self.by_word.get_mut(&word) {
                ids.remove(&state.id);
                if ids.is_empty() {
                    self.by_word.remove(&word);
                }
            }
        }
    }

    /// The words that mean the same as this one, itself among them; none when it is in no mapping.
    #[must_use]
    pub fn of(&self, word: &Word) -> Alternatives {
        // A word that moves from one mapping to another is in both for as long as one of the changes is not known yet.
        let ids = self.by_word.get(&word.normalized()).into_iter().flatten();
        ids.filter_map(|id| self.mappings.get(id)).flat_map(|(_, words)| words).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(id: KeywordId, version: u64, words: &[&str]) -> KeywordState {
        let mut words = words.iter().map(|&word| word.to_owned());
        let term = words.next().unwrap_or_default();
        KeywordState { id, version, removed: term.is_empty(), term, aliases: words.collect() }
    }

    fn finds(synonyms: &Synonyms, query: &str, title: &str, venue: &str) -> bool {
        let (title, venue) = (&Text::new(title), &Text::new(venue));
        Query::new(query, synonyms).unwrap().finds(Searched { title, venue, category: Category::Musical })
    }

    #[test]
    fn every_word_must_be_found_somewhere() {
        let none = Synonyms::default();
        for (query, expected) in [
            ("봄", true),
            ("봄 아레나", true),
            ("아레나 봄", true),
            ("봄 음악회 arena", false),
            ("음악회 자리", true),
            ("음악회자리", false),
            ("뮤지컬 봄", true),
            ("musi ㅇㄹㄴ", true),
            ("연극 봄", false),
        ] {
            assert_eq!(finds(&none, query, "봄 음악회", "자리 아레나"), expected, "{query}");
        }
        assert_eq!(Query::new(" \u{3000} ", &none), None);
    }

    #[test]
    fn mapped_words_stand_for_one_another() {
        let mut synonyms = Synonyms::default();
        synonyms.apply(&mapping(KeywordId::generate(), 1, &["아이유", "IU", "이지은"]));
        synonyms.apply(&mapping(KeywordId::generate(), 1, &["방탄소년단", "BTS", "Bangtan Boys"]));
        for (query, title, expected) in [
            ("iu", "아이유 콘서트", true),
            ("아이유", "IU live", true),
            ("이지은 콘서트", "아이유 콘서트", true),
            ("이지은 콘서트", "아이유 팬미팅", false),
            ("아이", "IU live", false),
            ("방탄 소년단", "BTS 월드투어", true),
            ("bangtan boys", "방탄소년단", true),
            ("bangtan boys seoul", "방탄소년단 seoul", false),
            ("bangtanboys seoul", "방탄소년단 seoul", true),
            ("bts 아이유", "bangtanboys × iu", true),
        ] {
            assert_eq!(finds(&synonyms, query, title, "Hall"), expected, "{query} in {title}");
        }
    }

    #[test]
    fn the_latest_version_of_a_mapping_counts() {
        let (one, other) = (KeywordId::generate(), KeywordId::generate());
        let changes = [
            mapping(one, 1, &["a", "b"]),
            mapping(one, 2, &["a", "c"]),
            mapping(other, 1, &["b", "d"]),
            mapping(other, 2, &[]),
        ];
        let words = |synonyms: &Synonyms, word| {
            let mut words: Vec<_> = synonyms.of(&Word::new(word).unwrap()).iter().map(Word::normalized).collect();
            words.sort();
            words.concat()
        };
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 3, 1], [0, 2, 1, 3]] {
            let mut synonyms = Synonyms::default();
            for change in order {
                synonyms.apply(&changes[change]);
            }
            let found = ["a", "b", "c", "d"].map(|word| words(&synonyms, word));
            assert_eq!(found, ["ac", "", "ac", ""], "{order:?}");
        }
        let mut synonyms = Synonyms::default();
        synonyms.apply(&changes[2]);
        synonyms.apply(&changes[0]);
        assert_eq!(words(&synonyms, "b"), "abbd");
    }
}

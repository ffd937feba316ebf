//! Which words may be declared to mean the same.

use std::collections::BTreeSet;

use contracts::catalog::KeywordState;
use contracts::event::EventType;
use contracts::ids::KeywordId;
use kit::validate::Checks;

use super::search::text::Word;

/// Most words of a mapping besides its term.
pub const MAX_ALIASES: usize = 20;

/// Most characters of a word: as many as a search may have.
pub const MAX_WORD_CHARACTERS: usize = 100;

/// What an admin says of a new mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKeyword {
    /// One of the words, by which admins know the mapping.
    pub term: String,
    /// The others.
    pub aliases: Vec<String>,
}

/// What an admin wants changed; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeywordPatch {
    /// The version that the admin looked at; refused when the mapping has moved on.
    pub version: Option<u64>,
    /// One of the words, by which admins know the mapping.
    pub term: Option<String>,
    /// All others.
    pub aliases: Option<Vec<String>>,
}

/// A change of a mapping, and what it means for its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordChange {
    /// The mapping after it.
    pub state: KeywordState,
    /// What happened.
    pub event_type: EventType,
    /// The words, in comparable form, that it has now and had not before.
    pub gained: BTreeSet<String>,
    /// Those that it had before and has no more.
    pub lost: BTreeSet<String>,
}

/// Why a mapping was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeywordError {
    /// Somebody else changed it first.
    #[error("the keyword mapping is at version {current}")]
    VersionConflict {
        /// The version it is at.
        current: u64,
    },
}

impl NewKeyword {
    /// Notes everything wrong with it.
    pub fn check(&self, checks: &mut Checks) {
        check(&self.term, &self.aliases, checks);
    }

    /// The change that makes it a mapping; the input must have passed its [check](Self::check).
    #[must_use]
    pub fn create(self, id: KeywordId) -> KeywordChange {
        let state = KeywordState { id, version: 1, term: self.term, aliases: self.aliases, removed: false };
        KeywordChange::of(None, trimmed(state), EventType::KeywordCreated)
    }
}

impl KeywordPatch {
    /// The mapping with these changes; `None` when it is so already.
    ///
    /// An old version is no conflict when nothing is left to change: the same request, sent twice, succeeds twice.
    ///
    /// # Errors
    /// When the mapping has moved on.
    pub fn apply(&self, before: &KeywordState, checks: &mut Checks) -> Result<Option<KeywordChange>, KeywordError> {
        let mut state = trimmed(KeywordState {
            term: self.term.clone().unwrap_or_else(|| before.term.clone()),
            aliases: self.aliases.clone().unwrap_or_else(|| before.aliases.clone()),
            ..before.clone()
        });
        // Words are checked as they will be: an alias may only clash with a term that stays.
        check(&state.term, &state.aliases, checks);
        let changed = state != *before;
        // A version that is yet to come was never seen, whatever is asked for.
        if self.version.is_some_and(|version| version > before.version || (changed && version < before.version)) {
            return Err(KeywordError::VersionConflict { current: before.version });
        }
        state.version += 1;
        Ok(changed.then(|| KeywordChange::of(Some(before), state, EventType::KeywordUpdated)))
    }
}

impl KeywordChange {
    /// Takes a mapping back.
    #[must_use]
    pub fn remove(before: &KeywordState) -> Self {
        let state = KeywordState { version: before.version + 1, removed: true, ..before.clone() };
        Self::of(Some(before), state, EventType::KeywordRemoved)
    }

    fn of(before: Option<&KeywordState>, state: KeywordState, event_type: EventType) -> Self {
        let (old, new) = (before.map(words).unwrap_or_default(), words(&state));
        Self { gained: &new - &old, lost: &old - &new, state, event_type }
    }
}

/// The words of a mapping in comparable form.
fn words(state: &KeywordState) -> BTreeSet<String> {
    let texts = [&state.term].into_iter().chain(&state.aliases).filter(|_| !state.removed);
    texts.filter_map(|text| Word::new(text)).map(|word| word.normalized()).collect()
}

fn trimmed(state: KeywordState) -> KeywordState {
    let trim = |text: String| text.trim().to_owned();
    KeywordState { term: trim(state.term), aliases: state.aliases.into_iter().map(trim).collect(), ..state }
}

fn check(term: &str, aliases: &[String], checks: &mut Checks) {
    let range = 1..=MAX_ALIASES;
    checks.ensure(range.contains(&aliases.len()), "/aliases", format!("must have 1 to {MAX_ALIASES} entries"));
    let mut known = BTreeSet::new();
    let aliases = aliases.iter().enumerate().map(|(index, alias)| (format!("/aliases/{index}"), alias.as_str()));
    for (pointer, text) in [("/term".to_owned(), term)].into_iter().chain(aliases) {
        checks.text(&pointer, text, 1..=MAX_WORD_CHARACTERS);
        let word = Word::new(text).map(|word| word.normalized());
        // One character may stand for many: the comparable form is a key, whose length is limited.
        let length = word.as_ref().map_or(0, |word| word.chars().count());
        checks.ensure(
            (1..=MAX_WORD_CHARACTERS).contains(&length),
            &pointer,
            format!("must have 1 to {MAX_WORD_CHARACTERS} visible characters"),
        );
        if let Some(word) = word {
            checks.ensure(known.insert(word), &pointer, "is a word of this mapping already");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(term: &str, aliases: &[&str]) -> NewKeyword {
        NewKeyword { term: term.into(), aliases: aliases.iter().map(|&alias| alias.to_owned()).collect() }
    }

    fn set(words: &[&str]) -> BTreeSet<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        let long = "가".repeat(MAX_WORD_CHARACTERS + 1);
        let many: Vec<_> = (0..=MAX_ALIASES).map(|number| number.to_string()).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        for (keyword, expected) in [
            (new("아이유", &["IU", "이 지은"]), vec![]),
            (new("아이유", &[]), vec!["/aliases"]),
            (new("x", &many), vec!["/aliases"]),
            (new(" ", &["IU"]), vec!["/term", "/term"]),
            (new("아이유", &["아 이유"]), vec!["/aliases/0"]),
            (new("a", &["IU", "b", "ｉｕ"]), vec!["/aliases/2"]),
            (new("a", &[&long]), vec!["/aliases/0", "/aliases/0"]),
            // One of them is fifteen in comparable form.
            (new("a", &[&"\u{fdfa}".repeat(7)]), vec!["/aliases/0"]),
            (new("a\u{7}", &["b"]), vec!["/term"]),
        ] {
            let mut checks = Checks::new();
            keyword.check(&mut checks);
            let document = checks.done().map_err(|problem| problem.document("/", "")).err().unwrap_or_default();
            let pointers = document["errors"].as_array().cloned().unwrap_or_default();
            let pointers: Vec<_> = pointers.iter().filter_map(|error| error["pointer"].as_str()).collect();
            assert_eq!(pointers, expected, "{keyword:?}");
        }
    }

    #[test]
    fn changes_say_which_words_come_and_go() {
        let created = new(" 아이유", &["IU "]).create(KeywordId::generate());
        assert_eq!((&created.gained, &created.lost), (&set(&["아이유", "iu"]), &set(&[])));
        assert_eq!((created.state.version, created.state.term.as_str()), (1, "아이유"));
        let before = created.state;

        let mut checks = Checks::new();
        let mut apply = |patch: KeywordPatch| patch.apply(&before, &mut checks);
        let aliases = |aliases: &[&str]| Some(aliases.iter().map(|&alias| alias.to_owned()).collect::<Vec<_>>());
        let patch = KeywordPatch { version: Some(1), aliases: aliases(&["iu", "이지은"]), term: None };
        let updated = apply(patch.clone()).unwrap().unwrap();
        assert_eq!((updated.gained, updated.lost), (set(&["이지은"]), set(&[])));
        assert_eq!((updated.state.version, updated.state.aliases[0].as_str()), (2, "iu"));
        let swapped = KeywordPatch { term: Some("IU".into()), aliases: aliases(&["아이유"]), version: None };
        let swapped = apply(swapped).unwrap().unwrap();
        assert!(swapped.gained.is_empty() && swapped.lost.is_empty());

        assert_eq!(apply(KeywordPatch { version: Some(0), ..KeywordPatch::default() }), Ok(None));
        let conflict = Err(KeywordError::VersionConflict { current: 1 });
        assert_eq!(apply(KeywordPatch { version: Some(0), ..patch }), conflict);
        assert_eq!(apply(KeywordPatch { version: Some(2), ..KeywordPatch::default() }), conflict);
        checks.done().unwrap();

        let removed = KeywordChange::remove(&before);
        assert_eq!((removed.gained, removed.lost), (set(&[]), set(&["아이유", "iu"])));
        assert!(removed.state.removed && removed.state.version == 2);
    }
}

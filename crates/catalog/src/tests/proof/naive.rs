//! The rules of searching once more, written down in the simplest way, to be compared with. It shares no code with what it
//! checks: texts are taken apart with tables of its own, and every question is answered by looking at every event.

use contracts::catalog::{Category, EventStatus};
use jiff::Timestamp;

use crate::domain::card::Card;
use crate::domain::search::listing::{Filter, Sort};

const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
const FINALS: &str = "-ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

/// What is typed in two keys, and these.
const COMPOUNDS: &[(char, char, char)] = &[
    ('ㅘ', 'ㅗ', 'ㅏ'),
    ('ㅙ', 'ㅗ', 'ㅐ'),
    ('ㅚ', 'ㅗ', 'ㅣ'),
    ('ㅝ', 'ㅜ', 'ㅓ'),
    ('ㅞ', 'ㅜ', 'ㅔ'),
    ('ㅟ', 'ㅜ', 'ㅣ'),
    ('ㅢ', 'ㅡ', 'ㅣ'),
    ('ㄳ', 'ㄱ', 'ㅅ'),
    ('ㄵ', 'ㄴ', 'ㅈ'),
    ('ㄶ', 'ㄴ', 'ㅎ'),
    ('ㄺ', 'ㄹ', 'ㄱ'),
    ('ㄻ', 'ㄹ', 'ㅁ'),
    ('ㄼ', 'ㄹ', 'ㅂ'),
    ('ㄽ', 'ㄹ', 'ㅅ'),
    ('ㄾ', 'ㄹ', 'ㅌ'),
    ('ㄿ', 'ㄹ', 'ㅍ'),
    ('ㅀ', 'ㄹ', 'ㅎ'),
    ('ㅄ', 'ㅂ', 'ㅅ'),
];

/// An event with its texts, ready to be looked at.
pub struct Known {
    pub card: Card,
    pub tickets: u64,
    title: Vec<char>,
    venue: Vec<char>,
    category: Vec<Vec<char>>,
}

impl Known {
    pub fn new(card: Card, tickets: u64) -> Self {
        let category = names(card.category).iter().map(|name| comparable(name)).collect();
        Self { title: comparable(&card.title), venue: comparable(&card.venue), category, card, tickets }
    }
}

/// All events that a list must hold, in its order.
pub fn list<'a>(
    events: impl Iterator<Item = &'a Known>,
    mappings: &[Vec<String>],
    filter: &Filter,
    sort: Sort,
    now: Timestamp,
) -> Vec<&'a Known> {
    let from = if sort == Sort::Date { filter.from.or(Some(now)) } else { filter.from };
    let in_time = |time: Timestamp| from.is_none_or(|from| time >= from) && filter.to.is_none_or(|to| time <= to);
    let wanted = Wanted::new(filter.text.as_deref().unwrap_or(""), mappings);
    let mut listed: Vec<_> = events
        .filter(|event| event.card.status != EventStatus::Draft)
        .filter(|event| filter.category.is_none_or(|category| event.card.category == category))
        .filter(|event| filter.status.is_none_or(|status| event.card.status == status))
        .filter(|event| event.card.shows.iter().any(|show| in_time(show.starts_at)))
        .filter(|event| wanted.is_met_by(event))
        .collect();
    match sort {
        Sort::Date => {
            listed.sort_by_key(|event| event.card.shows.iter().filter(|show| Some(show.starts_at) >= from).min())
        }
        Sort::Newest => listed.sort_by_key(|event| event.card.id),
        Sort::Popular => listed.sort_by_key(|event| (event.tickets, event.card.id)),
    }
    if sort != Sort::Date {
        listed.reverse();
    }
    listed
}

/// Each of the words, in any of its spellings; or the whole, in another spelling.
struct Wanted {
    words: Vec<Vec<Vec<char>>>,
    whole: Vec<Vec<char>>,
}

impl Wanted {
    fn new(text: &str, mappings: &[Vec<String>]) -> Self {
        let spellings = |word: &str| {
            let word = comparable(word);
            let mapping = mappings.iter().find(|mapping| mapping.iter().any(|each| comparable(each) == word));
            mapping.map(|mapping| mapping.iter().map(|each| comparable(each)).collect::<Vec<_>>())
        };
        let words = text.split(' ').filter(|word| !word.is_empty());
        let words = words.map(|word| spellings(word).unwrap_or_else(|| vec![comparable(word)])).collect();
        Self { words, whole: spellings(text).unwrap_or_default() }
    }

    fn is_met_by(&self, event: &Known) -> bool {
        let has = |word: &Vec<char>| {
            let named = event.category.iter().any(|name| stands_at(word, name));
            stands_in(word, &event.title) || stands_in(word, &event.venue) || named
        };
        self.words.iter().all(|spellings| spellings.iter().any(has)) || self.whole.iter().any(has)
    }
}

fn names(category: Category) -> &'static [&'static str] {
    match category {
        Category::Concert => &["concert", "콘서트"],
        Category::Film => &["film", "movie", "영화"],
        Category::Theatre => &["theatre", "theater", "play", "연극"],
        Category::Musical => &["musical", "뮤지컬"],
        Category::Sports => &["sports", "스포츠"],
        Category::Exhibition => &["exhibition", "전시"],
        Category::Other => &["other", "기타"],
    }
}

fn stands_in(word: &[char], text: &[char]) -> bool {
    (0..text.len()).any(|start| stands_at(word, &text[start..]))
}

fn stands_at(word: &[char], text: &[char]) -> bool {
    if text.len() < word.len() {
        return false;
    }
    let last = word.len() - 1;
    (0..last).all(|place| is_meant(word[place], text[place])) && may_become(word[last], text[last], text.get(last + 1))
}

fn is_meant(typed: char, character: char) -> bool {
    typed == character || (('ㄱ'..='ㅎ').contains(&typed) && initial(character) == Some(typed))
}

/// Whether typing on may turn the character typed last into this one, followed by that one.
fn may_become(typed: char, character: char, following: Option<&char>) -> bool {
    if is_meant(typed, character) {
        return true;
    }
    let (Some((initial, vowel, last)), Some((their_initial, their_vowel, their_last))) =
        (parts(typed), parts(character))
    else {
        return false;
    };
    if initial != their_initial {
        return false;
    }
    if last == '-' {
        // More of the vowel may come, then anything.
        return vowel == their_vowel || grows_into(vowel, their_vowel);
    }
    if vowel != their_vowel {
        return false;
    }
    if last == their_last || grows_into(last, their_last) {
        return true;
    }
    // The final consonant, or its second half, begins the next syllable.
    let next = following.and_then(|&following| initial_or_itself(following));
    let single = their_last == '-' && next == Some(last);
    let halves = COMPOUNDS.iter().find(|(whole, ..)| *whole == last);
    single || halves.is_some_and(|&(_, first, second)| their_last == first && next == Some(second))
}

fn grows_into(part: char, whole: char) -> bool {
    COMPOUNDS.iter().any(|&(compound, first, _)| compound == whole && first == part)
}

fn initial(character: char) -> Option<char> {
    parts(character).map(|(initial, ..)| initial)
}

fn initial_or_itself(character: char) -> Option<char> {
    initial(character).or_else(|| INITIALS.contains(character).then_some(character))
}

/// Initial, vowel and final of a syllable; `-` for no final.
pub fn parts(character: char) -> Option<(char, char, char)> {
    if !('가'..='힣').contains(&character) {
        return None;
    }
    let number = character as usize - '가' as usize;
    let nth = |text: &str, place: usize| text.chars().nth(place).unwrap();
    Some((nth(INITIALS, number / 588), nth(VOWELS, number % 588 / 28), nth(FINALS, number % 28)))
}

/// The syllable with this final consonant in the place of its own, if one can be typed so.
pub fn with_final(syllable: char, last: char) -> Option<char> {
    let place = FINALS.chars().position(|each| each == last)?;
    parts(syllable)?;
    let without = (syllable as u32 - '가' as u32) / 28 * 28 + '가' as u32;
    char::from_u32(without + place as u32)
}

/// Of the characters that the test's texts are made of: wide letters as narrow ones, small, without blanks.
fn comparable(text: &str) -> Vec<char> {
    let narrow = |character: char| match character {
        'Ａ'..='Ｚ' => char::from_u32(character as u32 - 'Ａ' as u32 + 'A' as u32).unwrap(),
        other => other,
    };
    text.chars().map(narrow).map(|character| character.to_ascii_lowercase()).filter(|each| *each != ' ').collect()
}

//! Where a word stands in a text.

use contracts::catalog::Category;
use unicode_normalization::UnicodeNormalization as _;

use super::keys::{detached, first_key, is_lone_consonant, keys};

/// A text in the form in which texts are compared: NFKC, lower case, without blanks, jamo that stand alone as letters
/// of the keyboard.
pub fn normalize(text: &str) -> impl Iterator<Item = char> {
    // Blanks go first, so that jamo on both sides of one are put together, and again, since some signs hold a blank.
    let visible = |character: &char| !character.is_whitespace();
    text.chars().filter(visible).nfkc().filter(visible).flat_map(char::to_lowercase).flat_map(detached)
}

/// A text that is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Box<[char]>);

/// A word that is searched for. Its last syllable may be half typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    characters: Box<[char]>,
    /// The keys of the last character.
    last: Box<[char]>,
    /// The categories whose names it begins.
    categories: Vec<Category>,
}

impl Text {
    /// This text, made comparable.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(normalize(text).collect())
    }

    /// The pairs of [first keys](first_key) of its neighbouring characters; the last one has no neighbour.
    pub fn pairs(&self) -> impl Iterator<Item = (char, Option<char>)> {
        let keys = self.0.iter().map(|&character| first_key(character));
        keys.clone().zip(keys.skip(1).map(Some).chain([None]))
    }
}

impl Word {
    /// This text as one word, its blanks ignored; `None` when nothing is left of it.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let characters: Box<[char]> = normalize(text).collect();
        let last = keys(*characters.last()?).collect();
        let mut word = Self { characters, last, categories: Vec::new() };
        let begun = |name: &&str| word.stands_at_the_start_of(&name.chars().collect::<Vec<_>>());
        word.categories = CATEGORIES.iter().filter(|(_, names)| names.iter().any(begun)).map(|each| each.0).collect();
        Some(word)
    }

    /// Its characters in comparable form.
    #[must_use]
    pub fn normalized(&self) -> String {
        self.characters.iter().collect()
    }

    /// Whether it stands anywhere in the text.
    #[must_use]
    pub fn is_in(&self, text: &Text) -> bool {
        (0..text.0.len()).any(|start| self.stands_at_the_start_of(&text.0[start..]))
    }

    /// The categories that it names, in whole or by a beginning.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The pairs of first keys that every text has which it stands in. The neighbour of a word of one character is
    /// not known.
    pub fn pairs(&self) -> impl Iterator<Item = (char, Option<char>)> {
        let keys = self.characters.iter().map(|&character| first_key(character));
        let second = keys.clone().skip(1).map(Some);
        let alone = (self.characters.len() == 1).then_some(None);
        keys.zip(second.chain(alone))
    }

    fn stands_at_the_start_of(&self, text: &[char]) -> bool {
        let before_last = self.characters.len() - 1;
        let Some((start, rest)) = text.split_at_checked(before_last) else { return false };
        let mut typed = rest.iter().flat_map(|&character| keys(character));
        self.characters.iter().zip(start).all(|(&ours, &theirs)| is_meant(ours, theirs))
            && self.last.iter().all(|&key| typed.next() == Some(key))
    }
}

fn is_meant(typed: char, character: char) -> bool {
    typed == character || (is_lone_consonant(typed) && first_key(character) == typed)
}

/// What categories are called, in comparable form. Only beginnings of these names count: a part of a word that nobody
/// sees would explain no result.
const CATEGORIES: [(Category, &[&str]); 7] = [
    (Category::Concert, &["concert", "콘서트"]),
    (Category::Film, &["film", "movie", "영화"]),
    (Category::Theatre, &["theatre", "theater", "play", "연극"]),
    (Category::Musical, &["musical", "뮤지컬"]),
    (Category::Sports, &["sports", "스포츠"]),
    (Category::Exhibition, &["exhibition", "전시"]),
    (Category::Other, &["other", "기타"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(word: &str, text: &str) -> bool {
        Word::new(word).unwrap().is_in(&Text::new(text))
    }

    #[test]
    fn texts_become_comparable() {
        for (text, expected) in [
            ("  Spring  CONCERT ", "springconcert"),
            ("ＩＵ　콘서트", "iu콘서트"),
            ("\u{1109}\u{1165}\u{110b}\u{116e}\u{11af}", "서울"),
            ("ㅅ ㅓ ㅋㄴㅅㅌ", "서ㅋㄴㅅㅌ"),
            ("ㄳ", "ㄱㅅ"),
            ("ﾡ", "ㄱ"),
            ("Ⅻ", "xii"),
            ("\u{a0}", ""),
        ] {
            assert_eq!(normalize(text).collect::<String>(), expected, "{text}");
            assert_eq!(normalize(expected).collect::<String>(), expected, "twice: {text}");
        }
    }

    #[test]
    fn words_stand_anywhere_and_blanks_do_not_matter() {
        for (word, text, expected) in [
            ("art", "Part Two", true),
            ("ttw", "Part Two", true),
            ("arts", "Part Two", false),
            ("two!", "Part Two", false),
            ("울예", "서울 예술의전당", true),
            ("서울예술의전당", "서울 예술의 전당", true),
            ("술울", "서울 예술의전당", false),
            ("longer", "long", false),
            ("龍", "青龍", true),
        ] {
            assert_eq!(finds(word, text), expected, "{word} in {text}");
        }
    }

    #[test]
    fn a_lone_consonant_stands_for_every_syllable_that_begins_with_it() {
        for (word, text, expected) in [
            ("ㅋㅅㅌ", "봄 콘서트", true),
            ("ㅋㅅㅌ", "카스텔라", true),
            ("ㅋㅅㅌ", "콘트라", false),
            ("콘ㅅㅌ", "콘서트", true),
            ("ㅋ서트", "콘서트", true),
            ("ㅋㅋ", "ㅋㅋ 쇼", true),
            ("ㄲ", "가", false),
            ("ㄱㄲ", "가까이", true),
            ("ㄳ", "가수", true),
            ("ㅏ", "가", false),
        ] {
            assert_eq!(finds(word, text), expected, "{word} in {text}");
        }
    }

    #[test]
    fn the_last_syllable_may_be_half_typed() {
        for (word, text, expected) in [
            // A vowel, a final or the rest of a compound is still to come.
            ("서", "섭", true),
            ("콘서", "콘서트", true),
            ("고", "과", true),
            ("우", "웨딩", true),
            ("그", "긔", true),
            ("과", "괘", false),
            ("각", "갃", true),
            ("달", "닭", true),
            ("각", "갂", false),
            ("가", "거", false),
            // The final consonant is the next syllable's initial one.
            ("콘섵", "콘서트", true),
            ("앉", "안자", true),
            ("닭", "달걀", true),
            ("값", "갑사", true),
            ("값", "가사", false),
            ("닭", "달빛", false),
            ("앉", "안녕", false),
            ("섵", "서드", false),
            ("섵", "서", false),
            ("섵", "선트", false),
            // Only the last one.
            ("콘섵라", "콘서트라", false),
            ("서울", "섭울", false),
            // Compounds of two keys are not two of the same.
            ("갔", "가쓰", true),
            ("갓", "가쓰", false),
        ] {
            assert_eq!(finds(word, text), expected, "{word} in {text}");
        }
    }

    #[test]
    fn categories_are_named_from_their_beginning() {
        for (word, expected) in [
            ("concert", vec![Category::Concert]),
            ("콘섵", vec![Category::Concert]),
            ("ㅋㅅ", vec![Category::Concert]),
            ("영", vec![Category::Film]),
            ("THEA", vec![Category::Theatre]),
            ("m", vec![Category::Film, Category::Musical]),
            ("서트", vec![]),
            ("concerts", vec![]),
        ] {
            assert_eq!(Word::new(word).unwrap().categories(), expected, "{word}");
        }
        for name in CATEGORIES.iter().flat_map(|(_, names)| *names) {
            assert_eq!(&normalize(name).collect::<String>(), name);
        }
    }

    #[test]
    fn a_text_has_every_pair_of_a_word_in_it() {
        for (word, text) in [("콘섵", "봄 콘서트"), ("ㅋㅅ", "콘서트"), ("art", "Part"), ("값", "갑사"), ("ㅗ", "ㅘ")]
        {
            assert!(finds(word, text));
            let pairs: Vec<_> = Text::new(text).pairs().collect();
            for pair in Word::new(word).unwrap().pairs() {
                let known = pairs.iter().any(|each| each.0 == pair.0 && (pair.1.is_none() || each.1 == pair.1));
                assert!(known, "{pair:?} of {word} in {text}");
            }
        }
    }
}

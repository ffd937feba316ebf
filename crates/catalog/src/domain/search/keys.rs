//! Hangul as it is typed.
//!
//! A syllable is two to five keys: 콘 is ㅋ ㅗ ㄴ, 값 is ㄱ ㅏ ㅂ ㅅ, 과 is ㄱ ㅗ ㅏ. While somebody types 콘서트, the screen shows
//! 콘섵 for a moment: the keys so far are a beginning of those of the whole. Every other character is one key, itself.
//!
//! Keys, and jamo that stand alone in [normalised](super::text::normalize) text, are the letters of the keyboard
//! (U+3131 to U+3163).

use std::iter::once;

/// Initial consonants in the order of Unicode's syllables.
const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];

/// The keys of vowels, in the order of Unicode's syllables.
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ",
    "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];

/// The keys of final consonants, in the order of Unicode's syllables; the first is none.
const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
    "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

const FIRST_SYLLABLE: u32 = '가' as u32;
const SYLLABLES: u32 = 19 * 21 * 28;
const FIRST_VOWEL: u32 = 'ㅏ' as u32;

/// The keys that a character of normalised text is typed with.
pub fn keys(character: char) -> impl Iterator<Item = char> {
    let (first, vowel, last) = if let Some((initial, vowel, last)) = syllable(character) {
        (INITIALS[initial], VOWELS[vowel], FINALS[last])
    } else if let Some(vowel) = lone_vowel(character) {
        let mut rest = VOWELS[vowel].chars();
        let first = rest.next().unwrap_or(character);
        (first, rest.as_str(), "")
    } else {
        (character, "", "")
    };
    once(first).chain(vowel.chars()).chain(last.chars())
}

/// The first of a character's keys: a syllable's initial consonant, most other characters themselves.
#[must_use]
pub fn first_key(character: char) -> char {
    match syllable(character) {
        Some((initial, ..)) => INITIALS[initial],
        None => keys(character).next().unwrap_or(character),
    }
}

/// Whether it is a consonant of the keyboard, which stands for all syllables that begin with it.
#[must_use]
pub const fn is_lone_consonant(character: char) -> bool {
    matches!(character, 'ㄱ'..='ㅎ')
}

/// Conjoining jamo that did not become part of a syllable, as keys; other characters as they are.
pub(super) fn detached(character: char) -> impl Iterator<Item = char> {
    let code = character as u32;
    let letters = match code {
        0x1100..=0x1112 => return once(INITIALS[index(code - 0x1100)]).chain("".chars()),
        // A vowel that stands alone stays one letter, compound or not.
        0x1161..=0x1175 => {
            let letter = char::from_u32(FIRST_VOWEL + code - 0x1161).unwrap_or(character);
            return once(letter).chain("".chars());
        }
        0x11A8..=0x11C2 => FINALS[index(code - 0x11A7)],
        _ => "",
    };
    let mut letters = letters.chars();
    once(letters.next().unwrap_or(character)).chain(letters)
}

/// The places of a syllable's parts in the tables.
fn syllable(character: char) -> Option<(usize, usize, usize)> {
    let place = (character as u32).checked_sub(FIRST_SYLLABLE).filter(|place| *place < SYLLABLES)?;
    Some((index(place / (21 * 28)), index(place / 28 % 21), index(place % 28)))
}

fn lone_vowel(character: char) -> Option<usize> {
    let place = (character as u32).checked_sub(FIRST_VOWEL).map(index)?;
    (place < VOWELS.len()).then_some(place)
}

const fn index(number: u32) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_typed_key_by_key() {
        for (character, expected) in [
            ('가', "ㄱㅏ"),
            ('콘', "ㅋㅗㄴ"),
            ('값', "ㄱㅏㅂㅅ"),
            ('과', "ㄱㅗㅏ"),
            ('괜', "ㄱㅗㅐㄴ"),
            ('꿨', "ㄲㅜㅓㅆ"),
            ('있', "ㅇㅣㅆ"),
            ('밖', "ㅂㅏㄲ"),
            ('힣', "ㅎㅣㅎ"),
            ('ㅎ', "ㅎ"),
            ('ㅢ', "ㅡㅣ"),
            ('ㅣ', "ㅣ"),
            ('a', "a"),
            ('龍', "龍"),
        ] {
            assert_eq!(keys(character).collect::<String>(), expected, "{character}");
            assert_eq!(Some(first_key(character)), expected.chars().next(), "{character}");
        }
    }

    #[test]
    fn no_two_syllables_have_the_same_keys() {
        let all: std::collections::BTreeSet<String> = ('가'..='힣').map(|each| keys(each).collect()).collect();
        assert_eq!(all.len(), ('가'..='힣').count());
    }

    #[test]
    fn jamo_that_stand_alone_become_letters_of_the_keyboard() {
        for (character, expected) in [
            ('\u{1100}', "ㄱ"),
            ('\u{1112}', "ㅎ"),
            ('\u{1161}', "ㅏ"),
            ('\u{116a}', "ㅘ"),
            ('\u{1175}', "ㅣ"),
            ('\u{11a8}', "ㄱ"),
            ('\u{11aa}', "ㄱㅅ"),
            ('\u{11c2}', "ㅎ"),
            ('가', "가"),
            ('x', "x"),
        ] {
            assert_eq!(detached(character).collect::<String>(), expected, "{character}");
        }
    }
}

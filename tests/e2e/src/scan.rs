//! A search that looks at everything there is, one by one: slow, and plain enough to be believed.
//!
//! Hangul is compared as it is typed. `섵` is ㅅㅓㅌ on the keyboard, and so is the beginning of `서트`: whoever types
//! `콘섵` is on the way to `콘서트`.

/// Consonants that begin syllables, in Unicode's order.
const INITIALS: [&str; 19] =
    ["ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"];

/// Vowels, as the keys that make them.
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ",
    "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
];

/// Consonants that end syllables, as the keys that make them; the first is none.
const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ",
    "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// Whether every word of the query is in one of the texts.
#[must_use]
pub fn finds(query: &str, texts: &[&str]) -> bool {
    query.split_whitespace().all(|word| texts.iter().any(|text| contains(text, word)))
}

fn contains(text: &str, word: &str) -> bool {
    let text: Vec<char> = text.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
    let word: Vec<char> = word.to_lowercase().chars().collect();
    (0..text.len()).any(|start| begins(&text[start..], &word))
}

fn begins(text: &[char], word: &[char]) -> bool {
    let Some((last, before)) = word.split_last() else { return true };
    text.len() > before.len()
        && text.iter().zip(before).all(|(&there, &typed)| is_same(there, typed))
        && (is_same(text[before.len()], *last) || is_begun(&text[before.len()..], *last))
}

/// Whether a letter stands for another: itself, or a syllable's initial consonant for the syllable.
fn is_same(there: char, typed: char) -> bool {
    there == typed || syllable(there).is_some_and(|[initial, ..]| initial == typed.to_string())
}

/// Whether whoever has typed this syllable may go on to type this text.
fn is_begun(text: &[char], typed: char) -> bool {
    let keys = |letters: &[char]| letters.iter().filter_map(|letter| syllable(*letter)).flatten().collect::<String>();
    // A syllable has at most five keys and the next one's initial is all of it that can be mistaken for a final.
    let following = text.iter().take(2).take_while(|letter| syllable(**letter).is_some()).count();
    syllable(typed).is_some() && keys(&text[..following]).starts_with(&keys(&[typed]))
}

/// The keys that make a syllable: initial, vowel, final.
fn syllable(letter: char) -> Option<[&'static str; 3]> {
    let index = (letter as usize).checked_sub('가' as usize).filter(|index| *index < 19 * 21 * 28)?;
    Some([INITIALS[index / (21 * 28)], VOWELS[index / 28 % 21], FINALS[index % 28]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_people_mean() {
        let table = [
            ("봄 음악회", "음악", true),
            ("봄 음악회", "봄음악회", true),
            ("봄 음악회", "회 봄", true),
            ("봄 음악회", "여름", false),
            ("봄 음악회", "ㅂㅇㅇㅎ", true),
            ("봄 음악회", "ㅂㅎ", false),
            ("봄 음악회", "음ㅇㅎ", true),
            ("콘서트", "콘섵", true),
            ("콘서트", "콘섭", false),
            ("뮤지컬 섭리", "서", true),
            ("서", "섭", false),
            ("과학", "고", true),
            ("고학", "과", false),
            ("값진", "갑", true),
            ("달걀", "닭", true),
            ("닭", "달", true),
            ("닭갈비", "달갈", false),
            ("Spring Party", "ART", true),
            ("Spring Party", "gp", true),
            ("서", "ㅓ", false),
        ];
        for (text, query, expected) in table {
            assert_eq!(finds(query, &[text]), expected, "{query} in {text}");
        }
        assert!(finds("봄 홀", &["봄 음악회", "자리 홀"]));
    }
}

//! Made-up events and searches, the same in every run.

use contracts::catalog::{Category, EventStatus};
use contracts::ids::{EventId, PerformanceId, UserId};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};

use super::naive::{parts, with_final};
use crate::domain::card::{Card, Show};
use crate::domain::search::listing::{Filter, Sort};

/// Syllables of all kinds: without final, with one, with a compound one, with compound vowels and doubled initials.
const SYLLABLES: &str = "가각갂갃간갉감값갔강개거건걸게경고곡공과관광괜교구국군권귀그극금기김까꽃꿈나남내너노놀눈뉴다단달닭담대도동뒤드디따또\
    라랑래량러레려로록뢰루륜르리마막만많말매며모목몸무문물뮤미밀바밖반발밤방배백버번벌베변별보복봄봐부북분불브비빛뿔사산살삶상새색생서석\
    선설성세소속손송쇼수술쉬스승시식신실싶쌍아안앉않알앙애야약얼없여연열영예오올와외요용우울웃워원월웨위유육음의이인일있자작잔장재전점정제조족\
    좋주죽준중즈지직진집짜찬창책처천철청체초추축춤치카칸코콘쿠크클키타탈태터토통투트틀티파판패퍼페편평포표품풍프피하학한할해행향헌현호혼홀화환활\
    황회후훈휘희히";

const ENGLISH: &[&str] = &[
    "Spring",
    "Part",
    "Art",
    "Concert",
    "Live",
    "IU",
    "BTS",
    "Seoul",
    "Night",
    "The",
    "of",
    "Jazz",
    "Opera",
    "Hamlet",
    "Tour",
    "2026",
    "Vol.2",
    "Encore",
    "Arena",
    "ＩＵ",
    "Star",
    "Start",
    "Artist",
    "Smart",
    "in",
    "A",
    "X",
    "Rock'n'Roll",
];

const KOREAN: &[&str] = &[
    "콘서트",
    "뮤지컬",
    "음악회",
    "봄",
    "여름",
    "가을",
    "겨울",
    "서울",
    "부산",
    "아이유",
    "방탄소년단",
    "축제",
    "페스티벌",
    "앙코르",
    "닭갈비",
    "값진",
    "삶",
    "꽃길",
    "ㅋㅋ",
    "없는",
    "괜찮아",
    "월드투어",
    "팬미팅",
    "오페라의",
    "유령",
    "햄릿",
    "관현악단",
    "정기",
    "연주회",
    "내한공연",
    "쌍둥이",
];

const VENUES: &[&str] = &[
    "예술의전당",
    "세종문화회관",
    "잠실 실내체육관",
    "Jamsil Arena",
    "블루스퀘어",
    "KSPO Dome",
    "고척스카이돔",
    "LG아트센터 서울",
    "The Stage",
    "부산문화회관",
    "샤롯데씨어터",
    "Olympic Hall",
    "국립극장 해오름",
    "홍대 롤링홀",
];

pub const MAPPINGS: &[&[&str]] = &[
    &["아이유", "IU", "이지은"],
    &["방탄소년단", "BTS", "방탄", "Bangtan Boys"],
    &["오페라의 유령", "Phantom of the Opera", "오유"],
    &["팬미팅", "팬 사인회", "Fan Meeting"],
    &["앙코르", "앵콜", "Encore"],
    &["서울", "Seoul"],
];

/// The moment at which everybody searches.
pub fn now() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

pub fn card(rng: &mut Rng) -> Card {
    let hours = (0..rng.usize(0..4)).map(|_| rng.i64(-300..1_200));
    let mut shows: Vec<_> = hours
        .map(|hours| Show { starts_at: now() + SignedDuration::from_hours(hours), id: PerformanceId::generate() })
        .collect();
    shows.sort_unstable();
    Card {
        id: EventId::generate(),
        version: 1,
        organizer_id: UserId::generate(),
        title: title(rng),
        category: one_of(rng, &CATEGORIES),
        venue: VENUES[rng.usize(..VENUES.len())].to_owned(),
        time_zone: "Asia/Seoul".into(),
        currency: "KRW".into(),
        status: one_of(
            rng,
            &[
                EventStatus::OnSale,
                EventStatus::OnSale,
                EventStatus::OnSale,
                EventStatus::SoldOut,
                EventStatus::Ended,
                EventStatus::Draft,
            ],
        ),
        min_price: (!shows.is_empty()).then_some(10_000),
        shows,
        image_id: None,
    }
}

pub fn title(rng: &mut Rng) -> String {
    let words: Vec<_> = (0..rng.usize(1..5)).map(|_| word(rng)).collect();
    words.join(" ")
}

fn word(rng: &mut Rng) -> String {
    let syllables: Vec<_> = SYLLABLES.chars().filter(|each| *each != ' ').collect();
    match rng.usize(..5) {
        0 => ENGLISH[rng.usize(..ENGLISH.len())].to_owned(),
        1 | 2 => KOREAN[rng.usize(..KOREAN.len())].to_owned(),
        _ => (0..rng.usize(1..5)).map(|_| one_of(rng, &syllables)).collect(),
    }
}

/// A search that somebody might make who wants this event.
pub fn search(rng: &mut Rng, wanted: &Card) -> (Filter, Sort) {
    let text = match rng.usize(..9) {
        0 => None,
        // Compound finals and vowels, which much may or may not grow from.
        8 => Some(
            one_of(rng, &['닭', '삶', '값', '앉', '않', '없', '과', '고', '우', '희', '흐', 'ㄱ', 'ㅃ', '각'])
                .to_string(),
        ),
        1 => Some(typed(rng, &wanted.venue)),
        2 => Some(format!("{} {}", typed(rng, &wanted.title), typed(rng, &wanted.venue))),
        3 => {
            let mapping = MAPPINGS[rng.usize(..MAPPINGS.len())];
            let word = mapping[rng.usize(..mapping.len())];
            Some(if rng.bool() { word.to_lowercase() } else { format!("{word} {}", typed(rng, &wanted.title)) })
        }
        4 => {
            let other = title(rng);
            Some(typed(rng, &other))
        }
        _ => Some(typed(rng, &wanted.title)),
    };
    let time = |rng: &mut Rng| now() + SignedDuration::from_hours(rng.i64(-300..1_200));
    let filter = Filter {
        text,
        category: (rng.usize(..6) == 0).then_some(wanted.category),
        status: (rng.usize(..6) == 0)
            .then(|| one_of(rng, &[EventStatus::OnSale, EventStatus::SoldOut, EventStatus::Ended])),
        from: (rng.usize(..5) == 0).then(|| time(rng)),
        to: (rng.usize(..5) == 0).then(|| time(rng)),
    };
    (filter, one_of(rng, &[Sort::Date, Sort::Newest, Sort::Popular]))
}

/// Some of a text, as it stands in the search field: a part of it, its initial consonants, or with its last syllable half typed.
fn typed(rng: &mut Rng, text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = if rng.bool() { 0 } else { rng.usize(..characters.len()) };
    let end = (start + rng.usize(1..6)).min(characters.len());
    let mut part: Vec<char> = characters[start..end].to_vec();
    match rng.usize(..6) {
        0 => return part.iter().map(|&each| parts(each).map_or(each, |(initial, ..)| initial)).collect(),
        1 => {
            let place = rng.usize(..part.len());
            part[place] = parts(part[place]).map_or(part[place], |(initial, ..)| initial);
        }
        2 => half_typed(&mut part, characters.get(end)),
        3 => return part.iter().collect::<String>().to_uppercase(),
        4 => return part.iter().filter(|each| **each != ' ').collect(),
        _ => {}
    }
    part.iter().collect()
}

/// The last syllable before its last key, or with the first key of the next one as its final consonant.
fn half_typed(part: &mut [char], following: Option<&char>) {
    let Some(last) = part.last_mut() else { return };
    let Some((_, _, their_last)) = parts(*last) else { return };
    let next = following.and_then(|&following| parts(following));
    let half = match (their_last, next) {
        ('-', Some((initial, ..))) => with_final(*last, initial),
        ('ㄹ', Some(('ㄱ', ..))) => with_final(*last, 'ㄺ'),
        ('ㅂ', Some(('ㅅ', ..))) => with_final(*last, 'ㅄ'),
        ('ㄳ', _) => with_final(*last, 'ㄱ'),
        ('ㄺ', _) => with_final(*last, 'ㄹ'),
        ('ㅄ', _) => with_final(*last, 'ㅂ'),
        _ => with_final(*last, '-'),
    };
    *last = half.unwrap_or(*last);
}

pub fn one_of<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(..all.len())]
}

const CATEGORIES: [Category; 7] = [
    Category::Concert,
    Category::Film,
    Category::Theatre,
    Category::Musical,
    Category::Sports,
    Category::Exhibition,
    Category::Other,
];

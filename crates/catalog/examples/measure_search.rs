//! What the search costs in memory and time: `cargo run --release -p catalog --example measure_search -- 10000`.
//!
//! Prints one table for one number of events. Times are of one run on one core: compare them with one another.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a program for people who measure")]

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use catalog::domain::card::{Card, Show};
use catalog::domain::search::listing::{Filter, Place, Position, Sort};
use catalog::search::index::{Change, Index};
use catalog::search::snapshot::{self, Writer};
use catalog::store::Stamp;
use contracts::catalog::{Category, EventStatus};
use contracts::ids::{EventId, PerformanceId, UserId};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};

const REPEATS: usize = 101;

const WORDS: &[&str] = &[
    "콘서트",
    "뮤지컬",
    "음악회",
    "봄",
    "여름",
    "가을",
    "겨울",
    "서울",
    "부산",
    "축제",
    "페스티벌",
    "앙코르",
    "월드투어",
    "팬미팅",
    "오페라",
    "유령",
    "햄릿",
    "정기연주회",
    "내한공연",
    "재즈",
    "Live",
    "Tour",
    "Seoul",
    "Night",
    "Festival",
    "Orchestra",
    "2026",
    "in",
];
const VENUES: &[&str] = &[
    "예술의전당 콘서트홀",
    "세종문화회관 대극장",
    "잠실 실내체육관",
    "KSPO Dome",
    "블루스퀘어 신한카드홀",
    "부산문화회관",
];
const CATEGORIES: [Category; 4] = [Category::Concert, Category::Musical, Category::Theatre, Category::Sports];

fn main() {
    let events: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let now: Timestamp = "2026-03-01T00:00:00Z".parse().expect("a time");
    let mut rng = Rng::with_seed(7);
    let mut writer = Writer::new().expect("a snapshot");
    let mut read_units = 0.0;
    for number in 0..events {
        let change = Change::Card { card: card(&mut rng, now), revision: 2 };
        // The item has the card, its keys and a few attributes of some 250 bytes.
        read_units += (serde_json::to_vec(&change).expect("JSON").len() + 250) as f64 / 8_192.0;
        writer.add(Stamp::new(format!("{number:015}#x")), change).expect("a line");
    }
    let (object, ..) = writer.finish().expect("a snapshot");
    println!("| {events} events | |\n|---|---|");
    println!("| snapshot | {:.1} MB |", object.len() as f64 / 1e6);
    println!("| read units to read all from the table | {read_units:.0} |");

    let before = resident();
    let started = Instant::now();
    let mut index = Index::default();
    snapshot::read(&object, |change| index.apply(change)).expect("a sound snapshot");
    println!("| index from the snapshot | {:.0?} |", started.elapsed());
    println!("| memory of the index | {:.0} MB |", (resident() - before) as f64 / 1e6);

    let text = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    let middle = Position {
        from: Some(now),
        after: Place::Date(now + SignedDuration::from_hours(24 * 90), PerformanceId::generate()),
    };
    let far = Position { from: None, after: Place::Popular(Reverse(2), Reverse(EventId::generate())) };
    let film = Filter { category: Some(Category::Film), ..Filter::default() };
    for (name, filter, sort, position) in [
        ("first page by date", Filter::default(), Sort::Date, None),
        ("a page in the middle by date", Filter::default(), Sort::Date, Some(&middle)),
        ("a page far behind by popularity", Filter::default(), Sort::Popular, Some(&far)),
        ("a category that nothing has", film, Sort::Date, None),
        ("`페스티벌 부산`", text("페스티벌 부산"), Sort::Date, None),
        ("`재즈`", text("재즈"), Sort::Popular, None),
        ("`ㅍㅅㅌㅂ`", text("ㅍㅅㅌㅂ"), Sort::Date, None),
        ("`ㅅ`", text("ㅅ"), Sort::Date, None),
        ("`콘섵 햄릿 정기` (a category among them)", text("콘섵 햄릿 정기"), Sort::Newest, None),
        ("`꽃다발` (in none)", text("꽃다발"), Sort::Date, None),
        ("`서슬` (in none, its initials in many)", text("서슬"), Sort::Date, None),
        ("`orchestral`", text("orchestral"), Sort::Date, None),
    ] {
        let mut times: Vec<Duration> = (0..REPEATS)
            .map(|_| {
                let started = Instant::now();
                let page = index.page(&filter, sort, 20, position, now);
                std::hint::black_box(page);
                started.elapsed()
            })
            .collect();
        times.sort_unstable();
        let found = index.page(&filter, sort, 20, position, now).0.len();
        println!("| {name}: {found} | {:.0?}, at most {:.0?} |", times[REPEATS / 2], times[REPEATS - 1]);
    }
    let started = Instant::now();
    for _ in 0..100 {
        index.apply(Change::Card { card: card(&mut rng, now), revision: 1 });
    }
    println!("| 100 new events | {:.0?} |", started.elapsed());
}

fn card(rng: &mut Rng, now: Timestamp) -> Card {
    let words: Vec<_> = (0..rng.usize(2..6)).map(|_| WORDS[rng.usize(..WORDS.len())]).collect();
    let hours = (0..rng.usize(1..6)).map(|_| rng.i64(-1_000..8_000));
    let mut shows: Vec<_> = hours
        .map(|hours| Show { starts_at: now + SignedDuration::from_hours(hours), id: PerformanceId::generate() })
        .collect();
    shows.sort_unstable();
    Card {
        id: EventId::generate(),
        version: 2,
        organizer_id: UserId::generate(),
        title: format!("{} {}{}", words.join(" "), syllable(rng), syllable(rng)),
        category: CATEGORIES[rng.usize(..CATEGORIES.len())],
        venue: VENUES[rng.usize(..VENUES.len())].to_owned(),
        time_zone: "Asia/Seoul".to_owned(),
        currency: "KRW".to_owned(),
        status: EventStatus::OnSale,
        shows,
        min_price: Some(50_000),
        image_id: None,
    }
}

fn syllable(rng: &mut Rng) -> char {
    rng.char('가'..='힣')
}

/// Bytes of memory that the process has.
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<i64>().ok()).unwrap_or_default() * 1024
}

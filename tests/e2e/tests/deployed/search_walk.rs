//! Lists of events, walked page by page, against a look at everything that the test made.

use e2e::api::{Api, query_of};
use e2e::draft::Draft;
use e2e::person::Person;
use e2e::scan;
use e2e::wait::{LATER, eventually, when};
use futures_util::{StreamExt as _, stream};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

const EVENTS: usize = 36;

const SUBJECTS: [&str; 9] = [
    "봄 음악회",
    "가을 콘서트",
    "Jazz Night 재즈",
    "과학 마술쇼",
    "어깨동무",
    "닭과 달걀",
    "값진 하루",
    "Rock Festival",
    "섭리",
];

const PLACES: [&str; 4] = ["대극장", "소극장", "Arena", "달빛 마당"];

/// An event that is on sale, as the test knows it.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    title: String,
    venue: String,
    category: &'static str,
    sold_out: bool,
    starts: Vec<Timestamp>,
}

impl Known {
    /// Every event is different; no two showings begin at the same time.
    async fn make(manager: &Person, mark: &str, at: usize, first: Timestamp) -> Self {
        let title = format!("{} {at}", SUBJECTS[at % SUBJECTS.len()]);
        let venue = format!("{} {mark}", PLACES[at / 2 % PLACES.len()]);
        let category = ["sports", "exhibition"][at / 3 % 2];
        let event = Draft::new(manager, &title, &json!({"venue": venue, "category": category})).await;
        let hours = i64::try_from(at * 7 % EVENTS * 24).unwrap();
        let showings = [hours, hours + 400].into_iter().take(1 + at % 2);
        let starts: Vec<_> = showings.map(|hours| first + SignedDuration::from_hours(hours)).collect();
        for start in &starts {
            event.performance(&start.to_string()).await;
        }
        event.standing("일반", 1_000, 5).await;
        event.publish().await;
        let sold_out = at.is_multiple_of(5);
        if sold_out {
            event.patch(&json!({"status": "SOLD_OUT"})).await.expect(200);
        }
        Self { id: event.id, title, venue, category, sold_out, starts }
    }

    /// The showing that a list by date has it at.
    fn next(&self, filter: &Filter) -> Option<Timestamp> {
        self.starts.iter().copied().find(|start| filter.from.is_none_or(|from| *start >= from))
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
struct Filter {
    words: &'static str,
    category: Option<&'static str>,
    sold_out: Option<bool>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Filter {
    fn query(&self, mark: &str, sort: &str) -> String {
        let (words, status) =
            (format!("{mark} {}", self.words), if self.sold_out == Some(true) { "SOLD_OUT" } else { "ON_SALE" });
        let (from, to) = [self.from, self.to].map(|time| time.map(|time| time.to_string())).into();
        let mut pairs = vec![("q", words.as_str()), ("sort", sort)];
        pairs.extend(self.category.map(|category| ("category", category)));
        pairs.extend(self.sold_out.map(|_| ("status", status)));
        pairs.extend(from.as_deref().map(|from| ("from", from)));
        pairs.extend(to.as_deref().map(|to| ("to", to)));
        query_of(&pairs)
    }

    /// The ids that the list must hold, by looking at every event.
    fn scan(&self, all: &[Known], sort: &str) -> Vec<String> {
        let in_time =
            |start: &Timestamp| self.from.is_none_or(|from| *start >= from) && self.to.is_none_or(|to| *start <= to);
        let mut found: Vec<_> = all
            .iter()
            .filter(|event| {
                scan::finds(self.words, &[&event.title, &event.venue, event.category])
                    && self.category.is_none_or(|category| event.category == category)
                    && self.sold_out.is_none_or(|sold_out| event.sold_out == sold_out)
                    && event.starts.iter().any(in_time)
            })
            .collect();
        match sort {
            "date" => found.sort_by_key(|event| event.next(self)),
            // Nothing is sold, so the popular ones are the newest ones, too; later ids sort after earlier ones.
            _ => found.sort_by(|one, next| next.id.cmp(&one.id)),
        }
        found.into_iter().map(|event| event.id.clone()).collect()
    }
}

/// One page, as ids and the cursor of the next.
async fn page(query: &str, limit: usize, cursor: Option<&str>) -> (Vec<String>, Option<String>) {
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    let page = Api::anonymous().get(format!("/events?{query}&limit={limit}{cursor}")).await.expect(200);
    let items = page["items"].as_array().unwrap();
    let next = page["nextCursor"].as_str().map(str::to_owned);
    assert!(items.len() == limit || next.is_none(), "{} of {limit}, and there is more", items.len());
    (items.iter().map(e2e::person::id_of).collect(), next)
}

async fn walk(query: &str, limit: usize) -> Vec<String> {
    let (mut all, mut next) = page(query, limit, None).await;
    while let Some(cursor) = next {
        let (more, after) = page(query, limit, Some(&cursor)).await;
        assert!(!more.is_empty(), "a cursor leads to nothing: {query}");
        all.extend(more);
        next = after;
    }
    all
}

/// So many events, made side by side, and visible.
async fn gather(manager: &Person, mark: &str, count: usize) -> Vec<Known> {
    let first = Timestamp::now() + SignedDuration::from_hours(48);
    let made: Vec<_> =
        stream::iter(0..count).map(|at| Known::make(manager, mark, at, first)).buffer_unordered(3).collect().await;
    eventually("all of them are listed", LATER, async || {
        let sold_out = made.iter().filter(|event| event.sold_out).count();
        let seen =
            (walk(&format!("q={mark}"), 100).await.len(), walk(&format!("q={mark}&status=SOLD_OUT"), 100).await.len());
        when(seen == (count, sold_out), seen)
    })
    .await;
    made
}

#[tokio::test]
async fn pages_hold_what_a_look_at_everything_finds() {
    let mark = Uuid::now_v7().simple().to_string();
    let all = gather(&Person::admin().await, &mark, EVENTS).await;
    let middle = all.iter().flat_map(|event| &event.starts).min().copied().unwrap() + SignedDuration::from_hours(300);
    let later = middle + SignedDuration::from_hours(200);
    let words = |words| Filter { words, ..Filter::default() };
    let filters = [
        words(""),
        words("음악"),
        words("ㅇㅇㅎ"),
        words("콘섵"),
        words("달"),
        words("닭"),
        words("고"),
        words("서"),
        words("갑 arena"),
        words("jazz ㅈㅈ"),
        words("rock 극장"),
        words("1"),
        words("없는말"),
        Filter { category: Some("sports"), ..words("") },
        Filter { category: Some("exhibition"), sold_out: Some(false), ..words("") },
        Filter { sold_out: Some(true), ..words("") },
        Filter { from: Some(middle), ..words("") },
        Filter { to: Some(middle), ..words("극장") },
        Filter { from: Some(middle), to: Some(later), category: Some("sports"), ..words("") },
    ];
    let mut hits = 0;
    for (at, filter) in filters.iter().enumerate() {
        for (sort, limit) in [("date", 7), ("newest", 5), ("popular", 11)] {
            let limit = if at.is_multiple_of(2) { limit } else { limit + 9 };
            let expected = filter.scan(&all, sort);
            assert_eq!(walk(&filter.query(&mark, sort), limit).await, expected, "{sort}, {limit} a page: {filter:?}");
            hits += expected.len();
        }
    }
    assert!(hits > 5 * EVENTS, "the table tries something: {hits}");
    assert_eq!(walk(&format!("q={mark}"), 1).await, Filter::default().scan(&all, "date"));
}

#[tokio::test]
async fn a_walk_goes_on_while_the_catalogue_changes() {
    let (manager, mark) = (Person::admin().await, Uuid::now_v7().simple().to_string());
    let all = gather(&manager, &mark, 8).await;
    for sort in ["newest", "date"] {
        let query = format!("q={mark}&sort={sort}");
        let expected = Filter::default().scan(&all, sort);
        let (mut seen, mut next) = page(&query, 2, None).await;
        // Something new comes at the front, and something that is still to come gets another name.
        let extra = Known::make(&manager, &mark, 0, Timestamp::now() + SignedDuration::from_hours(1)).await;
        let renamed = json!({"title": "다른 이름"});
        manager.api.patch(format!("/admin/events/{}", expected[6]), &renamed).await.expect(200);
        eventually("the change is seen", LATER, async || {
            let now = walk(&query, 100).await;
            when(now.contains(&extra.id), now)
        })
        .await;
        while let Some(cursor) = next {
            let (more, after) = page(&query, 2, Some(&cursor)).await;
            seen.extend(more);
            next = after;
        }
        seen.retain(|id| *id != extra.id);
        assert_eq!(seen, expected, "by {sort}, nothing is lost and nothing comes twice");
        let gone = Draft { api: manager.api.clone(), id: extra.id.clone() };
        gone.ask_to("unpublish").await.expect(200);
        eventually("it is gone", LATER, async || {
            let now = walk(&query, 100).await;
            when(!now.contains(&extra.id), now)
        })
        .await;
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list() {
    let (manager, mark) = (Person::admin().await, Uuid::now_v7().simple().to_string());
    gather(&manager, &mark, 3).await;
    let (_, cursor) = page(&format!("q={mark}&sort=date"), 1, None).await;
    let cursor = cursor.unwrap();
    let far = "2030-01-01T00:00:00Z";
    for other in [
        format!("q={mark}&sort=newest"),
        format!("q={mark}&sort=popular"),
        format!("q={mark}x&sort=date"),
        format!("q={mark}&sort=date&category=sports"),
        format!("q={mark}&sort=date&status=ON_SALE"),
        format!("q={mark}&sort=date&from={far}"),
        format!("q={mark}&sort=date&to={far}"),
        "sort=date".to_owned(),
    ] {
        let answer = Api::anonymous().get(format!("/events?{other}&cursor={cursor}")).await;
        let problem: Value = answer.refused(422, "validation_failed");
        assert_eq!(problem["errors"][0]["pointer"], "/cursor", "{other}");
    }
    // Another size of page, or the usual order said in words, is the same list.
    for same in [format!("q={mark}&sort=date&limit=2"), format!("q={mark}&limit=2")] {
        let rest = Api::anonymous().get(format!("/events?{same}&cursor={cursor}")).await.expect(200);
        assert_eq!(rest["items"].as_array().unwrap().len(), 2);
    }
}

use contracts::catalog::KeywordState;
use contracts::ids::KeywordId;
use testkit::Faults;

use super::fixture::{Fixture, now};
use crate::domain::keyword::{KeywordError, KeywordPatch, NewKeyword};
use crate::{Catalog, Error};

fn new(words: &[&str]) -> NewKeyword {
    let mut words = words.iter().map(|&word| word.to_owned());
    NewKeyword { term: words.next().unwrap(), aliases: words.collect() }
}

fn aliases(aliases: &[&str]) -> KeywordPatch {
    let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
    KeywordPatch { aliases: Some(aliases), ..KeywordPatch::default() }
}

async fn create(catalog: &Catalog, words: &[&str]) -> Result<KeywordState, Error> {
    catalog.create_keyword(KeywordId::generate(), new(words), now()).await
}

/// The words that belong to some mapping, from the table.
async fn words(fixture: &Fixture) -> Vec<String> {
    let items = fixture.table.items().await;
    let pk = |item: &kit::dynamo::Item| item["pk"].as_s().unwrap().strip_prefix("WORD#").map(str::to_owned);
    let mut words: Vec<_> = items.iter().filter_map(pk).collect();
    words.sort();
    words
}

#[tokio::test]
async fn a_word_is_in_one_mapping_only() {
    let fixture = Fixture::start().await;
    let catalog = &fixture.catalog;
    let first = create(catalog, &["아이유", "IU"]).await.unwrap();
    let taken = create(catalog, &["others", "ｉ ｕ", "아이유"]).await.unwrap_err();
    assert!(matches!(&taken, Error::KeywordTaken(words) if *words == ["iu", "아이유"]));
    let problem = kit::problem::Problem::from(taken);
    assert_eq!((problem.status(), problem.code()), (409, "keyword_taken"));
    assert_eq!(words(&fixture).await, ["iu", "아이유"]);

    let second = create(catalog, &["bts", "방탄소년단"]).await.unwrap();
    let taken = catalog.update_keyword(second.id, &aliases(&["IU"]), now()).await;
    assert!(matches!(taken, Err(Error::KeywordTaken(words)) if words == ["iu"]));
    // A word is free again as soon as its mapping has others, or is gone.
    catalog.update_keyword(first.id, &aliases(&["이지은"]), now()).await.unwrap();
    let updated = catalog.update_keyword(second.id, &aliases(&["iu", "방탄소년단"]), now()).await.unwrap();
    assert_eq!((updated.version, updated.aliases.len()), (2, 2));
    catalog.remove_keyword(first.id, now()).await.unwrap();
    assert_eq!(words(&fixture).await, ["bts", "iu", "방탄소년단"]);
    create(catalog, &["아이유", "이지은"]).await.unwrap();
}

#[tokio::test]
async fn of_two_that_want_a_word_at_once_one_gets_it() {
    let fixture = Fixture::start().await;
    let other = create(&fixture.catalog, &["x", "y"]).await.unwrap();
    let patch = aliases(&["word"]);
    let (one, two, three) = tokio::join!(
        create(&fixture.catalog, &["a", "word"]),
        create(&fixture.catalog, &["b", "WORD"]),
        fixture.catalog.update_keyword(other.id, &patch, now()),
    );
    let outcomes = [one, two, three];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter_map(Result::err) {
        assert!(matches!(refused, Error::KeywordTaken(words) if words == ["word"]));
    }
}

#[tokio::test]
async fn changes_are_checked_against_what_was_seen() {
    let fixture = Fixture::start().await;
    let catalog = &fixture.catalog;
    let keyword = create(catalog, &["아이유", "IU"]).await.unwrap();
    let patch = KeywordPatch { version: Some(1), term: Some("이지은".into()), ..KeywordPatch::default() };
    let updated = catalog.update_keyword(keyword.id, &patch, now()).await.unwrap();
    assert_eq!((updated.term.as_str(), updated.version), ("이지은", 2));
    // The same again is done already; anything else was not looked at in its present state.
    assert_eq!(catalog.update_keyword(keyword.id, &patch, now()).await.unwrap(), updated);
    let old = KeywordPatch { version: Some(1), ..aliases(&["x"]) };
    let refused = catalog.update_keyword(keyword.id, &old, now()).await;
    assert!(matches!(refused, Err(Error::Keyword(KeywordError::VersionConflict { current: 2 }))));
    let bad = catalog.update_keyword(keyword.id, &aliases(&["이지은"]), now()).await;
    assert!(matches!(bad, Err(Error::Invalid(_))));

    catalog.remove_keyword(keyword.id, now()).await.unwrap();
    assert!(matches!(catalog.remove_keyword(keyword.id, now()).await, Err(Error::NotFound)));
    assert!(matches!(catalog.update_keyword(keyword.id, &patch, now()).await, Err(Error::NotFound)));
    let announced = fixture.announced().await;
    assert_eq!(announced, [("catalog.keyword-removed.v1".into(), keyword.id.to_string(), 3)]);
}

#[tokio::test]
async fn two_changes_at_once_both_happen() {
    let fixture = Fixture::start().await;
    let keyword = create(&fixture.catalog, &["a", "b"]).await.unwrap();
    let (term, others) = (KeywordPatch { term: Some("c".into()), ..KeywordPatch::default() }, aliases(&["d", "e"]));
    let change = async |patch: &KeywordPatch| fixture.catalog.update_keyword(keyword.id, patch, now()).await.unwrap();
    let (one, two) = tokio::join!(change(&term), change(&others));
    let last = if one.version > two.version { one } else { two };
    assert_eq!((last.version, last.term.as_str(), last.aliases.len()), (3, "c", 2));
    assert_eq!(words(&fixture).await, ["c", "d", "e"]);
}

#[tokio::test]
async fn an_interruption_leaves_all_of_a_change_or_nothing() {
    for fault in Faults::every(3) {
        let fixture = Fixture::start().await;
        let keyword = create(&fixture.catalog, &["a", "b"]).await.unwrap();
        let patch = KeywordPatch { version: Some(1), ..aliases(&["c"]) };
        let faults = Faults::one(fault);
        let outcome = fixture.failing(&faults).update_keyword(keyword.id, &patch, now()).await;
        if !faults.struck() {
            outcome.unwrap();
            return;
        }
        assert!(matches!(outcome, Err(Error::Store(_))), "{fault:?}");
        let words_now = words(&fixture).await;
        assert!(words_now == ["a", "b"] || words_now == ["a", "c"], "{fault:?}: {words_now:?}");
        let repeated = fixture.catalog.update_keyword(keyword.id, &patch, now()).await.unwrap();
        assert_eq!((repeated.version, words(&fixture).await), (2, vec!["a".to_owned(), "c".to_owned()]), "{fault:?}");
    }
    panic!("a change made more calls than were made to fail");
}

#[tokio::test]
async fn mappings_are_listed_newest_first() {
    let fixture = Fixture::start().await;
    let mut expected = Vec::new();
    for number in 0..5 {
        let words = [format!("t{number}"), format!("a{number}")];
        expected.push(create(&fixture.catalog, &[&words[0], &words[1]]).await.unwrap());
    }
    fixture.catalog.remove_keyword(expected.remove(2).id, now()).await.unwrap();
    expected.reverse();
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = fixture.catalog.list_keywords(3, after).await.unwrap();
        listed.extend(page);
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(listed, expected);
}

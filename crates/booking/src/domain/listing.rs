//! What booking knows of a performance from catalog's news, in whatever order the news comes.

use contracts::catalog::PerformanceState;
use serde::{Deserialize, Serialize};

/// Whether a performance is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Standing {
    /// It is, in its hours.
    OnSale,
    /// Not any more, or not at the moment: to everybody as if it had never been published. Who holds seats may pay, who
    /// bought keeps them.
    Withdrawn,
    /// Called off, for good: nobody holds or pays any more, and every reservation ends.
    Cancelled,
}

/// A performance by its latest news, on the latest terms there were: those who have seats of a performance that was
/// withdrawn have them on these.
///
/// It depends on which news there was, not on the order it came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The latest news. Its terms are the latest ones known.
    pub performance: PerformanceState,
    /// The version of the news that brought the terms; zero while there are none.
    pub terms_version: u64,
    /// Whether it is sold.
    pub standing: Standing,
}

impl Listing {
    /// By the first news of it.
    #[must_use]
    pub fn new(news: PerformanceState) -> Self {
        let standing = match (news.cancelled, &news.terms) {
            (true, _) => Standing::Cancelled,
            (false, Some(_)) => Standing::OnSale,
            (false, None) => Standing::Withdrawn,
        };
        let terms_version = if news.terms.is_some() { news.version } else { 0 };
        Self { performance: news, terms_version, standing }
    }

    /// After one more piece of news; `None` when that changes nothing.
    #[must_use]
    pub fn after(&self, news: &PerformanceState) -> Option<Self> {
        let brings_terms = news.terms.is_some() && news.version > self.terms_version;
        let is_latest = news.version > self.performance.version;
        if !brings_terms && !is_latest {
            return None;
        }
        let mut next = if is_latest { Self::new(news.clone()) } else { self.clone() };
        if brings_terms {
            next.performance.terms.clone_from(&news.terms);
            next.terms_version = news.version;
        } else {
            next.performance.terms.clone_from(&self.performance.terms);
            next.terms_version = self.terms_version;
        }
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sale::tests::{hall, sale};
    use contracts::catalog::SaleTerms;
    use proptest::prelude::*;

    #[derive(Debug, Clone, Copy)]
    enum News {
        Published,
        Withdrawn,
        Cancelled,
        CancelledWithoutTerms,
    }

    fn state(version: u64, news: News) -> PerformanceState {
        let mut state = sale(&hall(&[(1, 1)]), None, 8).performance;
        state.version = version;
        state.cancelled = matches!(news, News::Cancelled | News::CancelledWithoutTerms);
        state.terms = match news {
            News::Published | News::Cancelled => {
                state.terms.map(|terms| SaleTerms { title: format!("Version {version}"), ..terms })
            }
            News::Withdrawn | News::CancelledWithoutTerms => None,
        };
        state
    }

    fn told(news: &[PerformanceState]) -> Listing {
        let mut listing = Listing::new(news[0].clone());
        for next in &news[1..] {
            listing = listing.after(next).unwrap_or(listing);
        }
        listing
    }

    #[test]
    fn the_latest_news_decides_and_the_latest_terms_stay() {
        use News::{Cancelled, CancelledWithoutTerms, Published, Withdrawn};
        for (news, standing, terms) in [
            (&[Published][..], Standing::OnSale, Some("Version 1")),
            (&[Published, Withdrawn], Standing::Withdrawn, Some("Version 1")),
            (&[Published, Withdrawn, Published], Standing::OnSale, Some("Version 3")),
            (&[Published, Withdrawn, Published, Withdrawn], Standing::Withdrawn, Some("Version 3")),
            (&[Published, Cancelled], Standing::Cancelled, Some("Version 2")),
            (&[Published, Withdrawn, CancelledWithoutTerms], Standing::Cancelled, Some("Version 1")),
            (&[Withdrawn], Standing::Withdrawn, None),
        ] {
            let news: Vec<_> = (1..).zip(news).map(|(version, &news)| state(version, news)).collect();
            let listing = told(&news);
            assert_eq!(listing.standing, standing);
            assert_eq!(listing.performance.terms.as_ref().map(|terms| terms.title.as_str()), terms);
            assert_eq!(listing.after(&news[0]), None, "old news");
            assert_eq!(listing.after(&news[news.len() - 1]), None, "known news");
        }
    }

    proptest! {
        #[test]
        fn the_order_of_news_does_not_matter(
            mut news in proptest::collection::vec(
                prop_oneof![
                    Just(News::Published), Just(News::Withdrawn), Just(News::Cancelled), Just(News::CancelledWithoutTerms)
                ],
                1..8,
            )
            .prop_map(|news| {
                let template = state(1, News::Published);
                (1..).zip(news)
                    .map(|(version, kind)| PerformanceState { id: template.id, event_id: template.event_id, ..state(version, kind) })
                    .collect::<Vec<_>>()
            }),
            shuffle in proptest::collection::vec(any::<prop::sample::Index>(), 0..20),
        ) {
            let in_order = told(&news);
            // Repeats and reorderings.
            for pick in shuffle {
                let at = pick.index(news.len());
                let last = news.len() - 1;
                news.push(news[at].clone());
                news.swap(at, last);
            }
            prop_assert_eq!(told(&news), in_order);
        }
    }
}

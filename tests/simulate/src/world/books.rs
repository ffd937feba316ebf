//! What is noted of an on-sale every second, and what is told of it at its end.

use super::{EARLY, NEWS_SECONDS, STREAM_SHARDS, World};
use crate::cloud::Route;
use crate::fairness::Fairness;
use crate::outcome::{Outcome, Second};
use crate::scenario::Choosing;

impl World<'_> {
    /// A second is over.
    pub(super) fn turn(&mut self) {
        let second = self.now().as_second();
        let room = self.cloud.environments(Route::Check);
        // One consistent query a second of each environment, a unit as long as what is known of the event fits into 4 KB.
        self.cloud.room.ask(room);
        self.cloud.used.reads += room;
        let counts: Vec<_> = self.halls.iter().map(|hall| hall.counts(second)).collect();
        let free: usize = counts.iter().map(|(free, _)| free).sum();
        if self.step > self.opening && !self.is_over() {
            self.readings();
            self.news.push_back(free as u64);
            if self.news.len() > NEWS_SECONDS {
                self.news.pop_front();
            }
            if free == 0 && self.sold_out.is_none() {
                self.sold_out = Some(self.since());
                self.in_time = self.admitted;
            }
        }
        self.cloud.turn();
        self.seconds.push(Second {
            at: self.since(),
            asked: self.cloud.route(Route::Check).history().last().copied().unwrap_or(0.0),
            looks: self.cloud.front.history().last().copied().unwrap_or(0.0),
            answered: self.answered,
            inside: self.line.occupied(),
            free: u32::try_from(free).unwrap_or(u32::MAX),
            tickets: self.buyers.tally.tickets,
        });
    }

    /// Readings of all marks that happen once a second while somebody buys: maps, shared choices, and the count of what
    /// is left, which is consistent and costs double.
    fn readings(&mut self) {
        let edges = self.cloud.quotas.edges;
        for number in 0..self.halls.len() {
            let reading = self.halls[number].reading();
            self.cloud.request(Route::Map, edges, 1.0);
            let mut times = self.cloud.environments(Route::Map).ceil() + 2.0 * STREAM_SHARDS;
            if self.scenario.design.choosing == Choosing::Shared {
                times += self.cloud.environments(Route::Create).ceil();
            }
            let units: Vec<f64> = reading.iter().map(|units| units * times).collect();
            self.cloud.read_marks(number, &units);
        }
        self.cloud.request(Route::Status, edges, 1.0);
    }

    pub(super) fn progress(&self) -> String {
        format!(
            "{:>6.0} s: {:>9} entered, {:>6} inside, {:>7} of {} sold, {:>3.0} % of questions answered",
            self.since(),
            self.entrants.len(),
            self.line.occupied(),
            self.buyers.tally.tickets,
            self.scenario.seats(),
            self.answered * 100.0,
        )
    }

    pub(super) fn outcome(self) -> Outcome {
        let came_early = (0..self.scenario.people)
            .filter(|&person| {
                self.people.is_bot(person)
                    || self.people.fate(person, EARLY) * 100.0 < f64::from(self.scenario.early_percent)
            })
            .count();
        let fairness = Fairness::of(&self.people, &self.entrants, &self.line.order, came_early, self.in_time);
        let sold: usize = self.halls.iter().map(|hall| hall.counts(self.now().as_second()).1).sum();
        Outcome {
            scenario: self.scenario.clone(),
            ended: self.since(),
            sold_out: self.sold_out,
            all_paid: self.is_over().then(|| self.since()),
            last_confirmed: self.buyers.confirmed_at.last().map(|&(second, _)| f64::from(second)),
            sold: sold as u64,
            admitted: u64::from(self.admitted),
            most_inside: self.seconds.iter().map(|second| second.inside).max().unwrap_or(0),
            crowded: self.line.crowded,
            fairness,
            tally: self.buyers.tally,
            longest_charging: self.cloud.charges.longest,
            most_busy: self.cloud.most_busy(),
            meters: self.cloud.meters(),
            used: self.cloud.used,
            seconds: self.seconds,
        }
    }
}

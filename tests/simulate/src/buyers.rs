//! What those do who are in the sale: look, hold, pay.

use booking::domain::book::HOLD_SECONDS;
use booking::domain::mark::Mark;
use contracts::ids::ReservationId;
use uuid::Uuid;

use crate::buyer::{Buyer, Moment, Next, Tally, marks, spread, tickets};
use crate::cloud::{Cloud, Route};
use crate::hall::Hall;
use crate::scenario::{Choosing, Habits, Scenario};

/// How often the library tries a request that a table refused.
const SDK_TRIES: u32 = 3;

/// How often a choice is made anew within a request, and how many of these by the shared reading
/// (`crates/booking/src/best_available.rs`).
const TRIES: u32 = 11;
const SHARED_TRIES: u32 = 3;

/// By how long a payment prolongs a hold, in seconds: nine minutes and a second (`docs/flows.md`).
const PAYING_SECONDS: i64 = 541;

/// From a payment that is charged to the reservation that is confirmed, and to the place that lapses: stream, queue and
/// worker, in seconds.
const SETTLING_SECONDS: f64 = 1.0;

/// What a purchase takes after the hold, until the mail, one of many at once: this row of `tests/cost/card.json`, rounded.
#[cfg(test)]
const PURCHASE: &str = "pay by card behind a waiting room, one of 40 at once";
const PURCHASE_WRITES: f64 = 26.6;
const PURCHASE_READS: f64 = 18.0;
const PURCHASE_QUEUES: f64 = 6.8;
const PURCHASE_INVOCATIONS: f64 = 5.2;

/// What buyers act upon.
#[derive(Debug)]
pub struct Sale<'a> {
    /// What is sold.
    pub halls: &'a mut [Hall],
    /// What answers them.
    pub cloud: &'a mut Cloud,
    /// How things are.
    pub scenario: &'a Scenario,
}

/// All of them.
#[derive(Debug)]
pub struct Buyers {
    all: Vec<Buyer>,
    agenda: Vec<Vec<u32>>,
    charging: std::collections::VecDeque<u32>,
    /// What became of them.
    pub tally: Tally,
    /// Orders by the second after the opening in which they were confirmed, and tickets of them.
    pub confirmed_at: Vec<(u32, u32)>,
}

impl Buyers {
    /// Nobody yet, for so many steps of time.
    #[must_use]
    pub fn new(steps: usize) -> Self {
        Self {
            all: Vec::new(),
            agenda: vec![Vec::new(); steps],
            charging: std::collections::VecDeque::new(),
            tally: Tally::default(),
            confirmed_at: Vec::new(),
        }
    }

    /// Somebody has come in.
    pub fn enter(&mut self, person: u32, gate: u32, bot: bool, scenario: &Scenario, moment: &mut Moment<'_>) {
        let habits = &scenario.habits;
        let id = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let tickets = if bot { habits.tickets.len() } else { tickets(habits, moment.rng) };
        let best = moment.rng.u32(0..100) < habits.best_percent;
        self.all.push(Buyer {
            person,
            gate,
            bot,
            tickets,
            hall: moment.rng.usize(..scenario.performances),
            // The better classes are what most try first.
            class: moment.rng.usize(..scenario.classes).min(moment.rng.usize(..scenario.classes)),
            seats: Vec::new(),
            id: ReservationId::from_uuid(Uuid::from_u128(u128::from(moment.rng.u64(..)))),
            lost_seats: Vec::new(),
            lost: 0,
            refused: 0,
            best,
            next: Next::Choose,
        });
        let look = if bot { (0.2, 1.0) } else { habits.look_seconds };
        self.later(id, moment.step_in(look));
    }

    fn later(&mut self, buyer: u32, step: usize) {
        if let Some(due) = self.agenda.get_mut(step) {
            due.push(buyer);
        }
    }

    /// Everything that is due. Answers the gates whose places lapse now.
    pub fn act(&mut self, sale: &mut Sale<'_>, moment: &mut Moment<'_>) -> Vec<u32> {
        let mut lapsed = Vec::new();
        let due = self.agenda.get_mut(moment.step).map(std::mem::take).unwrap_or_default();
        for number in due {
            let mut buyer = self.all[number as usize].clone();
            match buyer.next {
                Next::Choose => self.choose(number, &mut buyer, sale, moment),
                Next::Hold => self.hold(number, &mut buyer, sale, moment),
                Next::Pay => self.pay(number, &mut buyer, sale, moment),
                Next::Confirm => self.confirm(number, &mut buyer, sale.halls, moment),
                Next::Leave => lapsed.push(buyer.gate),
            }
            self.all[number as usize] = buyer;
        }
        self.charge(sale.cloud, &sale.scenario.habits, moment);
        lapsed
    }

    /// Looks for seats: first where the buyer wants to sit, then elsewhere.
    fn choose(&mut self, number: u32, buyer: &mut Buyer, sale: &mut Sale<'_>, moment: &mut Moment<'_>) {
        buyer.next = Next::Hold;
        let now = moment.second();
        if !buyer.best {
            // The map is the caches' business; what it costs the origin is counted with the readings.
            sale.cloud.cached(1.0);
        }
        for turn in 0..sale.scenario.performances * sale.scenario.classes {
            let hall = (buyer.hall + turn / sale.scenario.classes) % sale.scenario.performances;
            let class = (buyer.class + turn) % sale.scenario.classes;
            let groups = if !buyer.best {
                sale.halls[hall].on_the_map(class, buyer.tickets, sale.scenario.habits.groups_seen, now)
            } else {
                let most = spread(sale.scenario, buyer.lost, &sale.halls[hall], class, now);
                let is_shared = sale.scenario.design.choosing == Choosing::Shared;
                if is_shared && buyer.lost >= SHARED_TRIES {
                    sale.halls[hall].anew(class, buyer.tickets, most, now)
                } else {
                    sale.halls[hall].groups(class, buyer.tickets, most, now)
                }
            };
            let lost = &buyer.lost_seats;
            let open: Vec<_> = groups.iter().filter(|group| !group.iter().any(|seat| lost.contains(seat))).collect();
            if !open.is_empty() {
                buyer.seats.clone_from(open[moment.rng.usize(..open.len())]);
                (buyer.hall, buyer.class) = (hall, class);
                let is_quick = buyer.best || buyer.bot;
                let click = if is_quick { (0.0, 0.1) } else { sale.scenario.habits.choose_seconds };
                let step = moment.step_in(click);
                self.later(number, step);
                return;
            }
        }
        if buyer.tickets > 1 {
            // Fewer are better than none.
            buyer.tickets -= 1;
            buyer.next = Next::Choose;
            let step = moment.step_in((0.2, 1.0));
            self.later(number, step);
            return;
        }
        self.tally.found_nothing += 1;
        buyer.next = Next::Leave;
        let step = moment.step_in((3.0, 10.0));
        self.later(number, step);
    }

    fn hold(&mut self, number: u32, buyer: &mut Buyer, sale: &mut Sale<'_>, moment: &mut Moment<'_>) {
        let route = if buyer.best { Route::Create } else { Route::Reserve };
        // A choice that is made anew within a request is no other request.
        let first = buyer.refused == 0 && (buyer.lost == 0 || !buyer.best);
        if first && sale.cloud.request(route, 1.0, moment.tick) < 1.0 {
            self.trouble(number, buyer, sale.scenario, moment);
            return;
        }
        let alone = sale.scenario.design.choosing == Choosing::Alone || buyer.lost >= SHARED_TRIES;
        if buyer.best && alone && !sale.cloud.read_marks(buyer.hall, &sale.halls[buyer.hall].reading()) {
            self.again(number, buyer, sale.scenario, moment);
            return;
        }
        if !marks(sale.cloud, buyer, sale.halls) {
            self.again(number, buyer, sale.scenario, moment);
            return;
        }
        let until = moment.second() + HOLD_SECONDS;
        let mark = Mark::held(buyer.id, until);
        if sale.halls[buyer.hall].take(&buyer.seats, mark, moment.second()) {
            // The book: a unit; its key is the buyer's own. And whether the admission is over is looked up.
            sale.cloud.booking.0.ask(1.0);
            sale.cloud.used.writes += 1.0;
            sale.cloud.used.reads += 1.0;
            self.tally.holds += 1;
            (buyer.refused, buyer.lost) = (0, 0);
            buyer.lost_seats.clear();
            let leaves = !buyer.bot && moment.rng.u32(0..100) < sale.scenario.habits.leave_percent;
            let step = if leaves {
                buyer.next = Next::Leave;
                self.tally.left += 1;
                #[expect(clippy::cast_precision_loss, reason = "five minutes")]
                let idle = HOLD_SECONDS as f64;
                moment.step_in((idle, idle + 1.0))
            } else {
                buyer.next = Next::Pay;
                moment.step_in(if buyer.bot { (0.5, 1.5) } else { sale.scenario.habits.pay_seconds })
            };
            self.later(number, step);
            return;
        }
        self.tally.lost_races += 1;
        buyer.lost += 1;
        if buyer.best && sale.scenario.design.choosing == Choosing::Shared {
            buyer.lost_seats.extend(sale.halls[buyer.hall].taken(&buyer.seats, moment.second()));
        }
        buyer.next = Next::Choose;
        let step = match (buyer.best, buyer.bot) {
            (true, _) if buyer.lost < TRIES => moment.step + 1,
            (_, true) => moment.step_in((0.2, 0.6)),
            (_, false) => moment.step_in(sale.scenario.habits.choose_seconds),
        };
        if buyer.best && buyer.lost >= TRIES {
            buyer.lost = 0;
            buyer.lost_seats.clear();
        }
        self.later(number, step);
    }

    /// A table refused: the library tries again, at last the buyer does.
    fn again(&mut self, number: u32, buyer: &mut Buyer, scenario: &Scenario, moment: &mut Moment<'_>) {
        buyer.refused += 1;
        if buyer.refused < SDK_TRIES {
            let step = moment.step_in((0.05, 0.3));
            self.later(number, step);
        } else {
            self.trouble(number, buyer, scenario, moment);
        }
    }

    /// 429 or 503.
    fn trouble(&mut self, number: u32, buyer: &mut Buyer, scenario: &Scenario, moment: &mut Moment<'_>) {
        self.tally.unavailable += 1;
        buyer.refused = 0;
        let step = moment.step_in(if buyer.bot { (1.0, 1.0) } else { scenario.habits.trouble_seconds });
        self.later(number, step);
    }

    fn pay(&mut self, number: u32, buyer: &mut Buyer, sale: &mut Sale<'_>, moment: &mut Moment<'_>) {
        if sale.cloud.request(Route::Pay, 1.0, moment.tick) < 1.0 {
            self.trouble(number, buyer, sale.scenario, moment);
            return;
        }
        if !marks(sale.cloud, buyer, sale.halls) {
            self.again(number, buyer, sale.scenario, moment);
            return;
        }
        buyer.refused = 0;
        let mark = Mark::held(buyer.id, moment.second() + HOLD_SECONDS + PAYING_SECONDS);
        if sale.halls[buyer.hall].replace(&buyer.seats, buyer.id, mark) {
            self.charging.push_back(number);
        } else {
            // The hold is over, and the seats are somebody else's.
            buyer.next = Next::Choose;
            let step = moment.step_in((1.0, 2.0));
            self.later(number, step);
        }
    }

    /// The workers behind the queue `payments`.
    fn charge(&mut self, cloud: &mut Cloud, habits: &Habits, moment: &mut Moment<'_>) {
        for _ in 0..cloud.charges.work(self.charging.len(), moment.tick) {
            let Some(number) = self.charging.pop_front() else { break };
            let bot = self.all[number as usize].bot;
            let declined = moment.rng.u32(0..100) < habits.declined_percent;
            let (next, step) = if declined {
                (Next::Pay, moment.step_in(if bot { (1.0, 2.0) } else { (10.0, 20.0) }))
            } else {
                // The seats' mark was counted when the payment was begun.
                cloud.used.writes += PURCHASE_WRITES - 1.0;
                cloud.used.reads += PURCHASE_READS;
                cloud.used.queues += PURCHASE_QUEUES;
                cloud.used.invocations += PURCHASE_INVOCATIONS;
                cloud.used.gigabyte_seconds += PURCHASE_INVOCATIONS * 0.03 * 0.5;
                (Next::Confirm, moment.step_in((SETTLING_SECONDS, SETTLING_SECONDS * 2.0)))
            };
            self.all[number as usize].next = next;
            self.later(number, step);
        }
    }

    fn confirm(&mut self, number: u32, buyer: &mut Buyer, halls: &mut [Hall], moment: &mut Moment<'_>) {
        if halls[buyer.hall].replace(&buyer.seats, buyer.id, Mark::sold(buyer.id)) {
            let tickets = buyer.seats.len() as u64;
            self.tally.orders += 1;
            self.tally.tickets += tickets;
            if buyer.bot {
                self.tally.bot_orders += 1;
                self.tally.bot_tickets += tickets;
            }
            let second = u32::try_from((moment.at - moment.opened) / 1_000).unwrap_or(0);
            self.confirmed_at.push((second, u32::try_from(tickets).unwrap_or(0)));
        }
        buyer.next = Next::Leave;
        let step = moment.step_in((SETTLING_SECONDS, SETTLING_SECONDS * 2.0));
        self.later(number, step);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn a_purchase_takes_what_the_cost_card_says() {
        let card: Value = serde_json::from_str(include_str!("../../cost/card.json")).unwrap();
        let row = card["sagas"].as_array().unwrap().iter().find(|row| row["name"] == PURCHASE).unwrap();
        for (count, is) in [
            ("writeUnits", PURCHASE_WRITES),
            ("readUnits", PURCHASE_READS),
            ("queueRequests", PURCHASE_QUEUES),
            ("invocations", PURCHASE_INVOCATIONS),
        ] {
            let wanted = row[count].as_f64().unwrap();
            assert!((is - wanted).abs() <= 0.1, "{count}: {is}, not {wanted}");
        }
    }
}

//! What is simulated: people, seats, and how the application and its clients go about it.

use serde::Serialize;

/// An on-sale.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// Chance, all of it, follows from this.
    pub seed: u64,
    /// How many performances go on sale together.
    pub performances: usize,
    /// Rows of each; a row is a block.
    pub rows: usize,
    /// Seats of a row, at most 50.
    pub row: usize,
    /// Price classes, each with as many rows as any other.
    pub classes: usize,
    /// How many may be in the sale at once.
    pub capacity: u32,
    /// Accounts that try.
    pub people: u32,
    /// Of these, how many of a hundred are a program's.
    pub bots_percent: u32,
    /// How many of a hundred come before the opening.
    pub early_percent: u32,
    /// After how long those who come later come, on average, in seconds.
    pub late_seconds: f64,
    /// How long before the opening the draw can be entered, in seconds.
    pub pre_queue_seconds: u32,
    /// After how long after the opening it ends whatever is left, in seconds.
    pub horizon_seconds: u32,
    /// How people are.
    pub habits: Habits,
    /// How things are done.
    pub design: Design,
    /// What AWS takes.
    pub quotas: Quotas,
}

/// How people and programs behave.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Habits {
    /// How many of a hundred honest entrants of the draw are away at the opening and stay away.
    pub absent_percent: u32,
    /// How long honest people wait on average before they give up, in seconds.
    pub patience_seconds: f64,
    /// From coming in to the first choice, and between choices, in seconds.
    pub look_seconds: (f64, f64),
    /// From a look at the map to the wish, on which others choose meanwhile, and after a lost race, in seconds.
    pub choose_seconds: (f64, f64),
    /// How many good groups somebody sees on the map, of which they choose one.
    pub groups_seen: usize,
    /// From the hold to the payment, in seconds.
    pub pay_seconds: (f64, f64),
    /// How many of a hundred leave without paying, without a word.
    pub leave_percent: u32,
    /// How many of a hundred payments are declined; they are tried again.
    pub declined_percent: u32,
    /// How many of a hundred let the service choose; others choose on the map.
    pub best_percent: u32,
    /// Tickets of an order: how many of a hundred want one, two, three, four.
    pub tickets: [u32; 4],
    /// After how long somebody asks again whom no service answered, in seconds: `TROUBLE_MS` of the web pages.
    pub trouble_seconds: (f64, f64),
    /// How often a bot asks, whatever it is told, in seconds.
    pub bot_asks_every: f64,
}

/// How those who wait know when it is their turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Waiting {
    /// They ask `check-queue`, as seldom as a line of any length lets them: until today.
    Asking,
    /// They ask `check-queue`, the less often the more people wait.
    AskingByCrowd,
    /// They look at the status, which caches answer, and ask `check-queue` when it says that they are called up.
    Watching,
}

/// How `create-reservation` knows what is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Choosing {
    /// It reads all marks, for every choice, and takes the best group: until today.
    Alone,
    /// It reads them once a second, and picks from the more groups the more others buy.
    Shared,
}

/// How the application and its clients go about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Design {
    /// How people wait.
    pub waiting: Waiting,
    /// How the best seats are chosen.
    pub choosing: Choosing,
    /// Whether the draw's winners have as long to come as the crowd takes to hear of it.
    pub patient_opening: bool,
    /// How often an account gets through to `check-queue` at most, by a rule at the distribution; in seconds, 0 without.
    pub limit_seconds: u32,
}

impl Design {
    /// As it was when it was first simulated.
    pub const BEFORE: Self =
        Self { waiting: Waiting::Asking, choosing: Choosing::Alone, patient_opening: false, limit_seconds: 0 };
    /// With what the application does by itself.
    pub const SERVER: Self =
        Self { waiting: Waiting::AskingByCrowd, choosing: Choosing::Shared, patient_opening: true, limit_seconds: 0 };
    /// With clients that look at the status, too.
    pub const AFTER: Self = Self { waiting: Waiting::Watching, ..Self::SERVER };
    /// With ten requests a minute for each account, too.
    pub const LIMITED: Self = Self { limit_seconds: 6, ..Self::AFTER };
}

/// What AWS takes, by its published quotas of a new account in us-east-1.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quotas {
    /// Requests a second to the account's HTTP APIs, and the burst.
    pub api: (f64, f64),
    /// The same of each route, by `DefaultRouteSettings` of `template.yaml`.
    pub route: (f64, f64),
    /// Requests a second to a distribution.
    pub cloud_front: f64,
    /// Environments of the account at once.
    pub lambda: f64,
    /// By how many a function's environments grow in ten seconds.
    pub lambda_growth: f64,
    /// By how many a queue's workers grow in a minute.
    pub workers_growth: f64,
    /// Write and read units a second of a partition, and of an item.
    pub partition: (f64, f64),
    /// Write and read units a second of a table on demand that was not used or warmed before.
    pub table: (f64, f64),
    /// From how many places caches ask the origin.
    pub edges: f64,
}

impl Quotas {
    /// As published.
    pub const AWS: Self = Self {
        api: (10_000.0, 5_000.0),
        route: (5_000.0, 2_500.0),
        cloud_front: 250_000.0,
        lambda: 1_000.0,
        lambda_growth: 1_000.0,
        workers_growth: 300.0,
        partition: (1_000.0, 3_000.0),
        table: (4_000.0, 12_000.0),
        edges: 100.0,
    };

    /// What an operator would ask AWS for before a sale to ten million: quotas that are raised on request, a template
    /// that allows as much, and tables that are warmed.
    pub const RAISED: Self = Self {
        api: (40_000.0, 20_000.0),
        route: (20_000.0, 10_000.0),
        cloud_front: 1_500_000.0,
        lambda: 5_000.0,
        table: (20_000.0, 60_000.0),
        ..Self::AWS
    };
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            absent_percent: 15,
            patience_seconds: 3_600.0,
            look_seconds: (8.0, 40.0),
            choose_seconds: (2.0, 6.0),
            groups_seen: 200,
            pay_seconds: (20.0, 90.0),
            leave_percent: 5,
            declined_percent: 3,
            best_percent: 30,
            tickets: [20, 50, 10, 20],
            trouble_seconds: (2.5, 7.5),
            bot_asks_every: 1.0,
        }
    }
}

impl Scenario {
    /// So many performances of 20,000 seats, and so many people. A venue is 20,000 seats at most
    /// (`docs/data-model.md`); a larger sale is several performances of one event, behind one waiting room.
    #[must_use]
    pub fn of(performances: usize, people: u32, bots_percent: u32, design: Design) -> Self {
        Self {
            name: String::new(),
            seed: 1,
            performances,
            rows: 400,
            row: 50,
            classes: 8,
            capacity: u32::try_from(performances).unwrap_or(1) * 2_000,
            people,
            bots_percent,
            early_percent: 95,
            late_seconds: 300.0,
            pre_queue_seconds: 30 * 60,
            horizon_seconds: 2 * 3_600,
            habits: Habits::default(),
            design,
            quotas: Quotas::AWS,
        }
        .named()
    }

    /// The same with a hundredth of the people and a tenth of the seats: to see that it works.
    #[must_use]
    pub fn quick(mut self) -> Self {
        self.people /= 100;
        self.capacity /= 10;
        self.rows /= 10;
        self.named()
    }

    fn named(mut self) -> Self {
        let bots = if self.bots_percent > 0 { format!(", {} % bots", self.bots_percent) } else { String::new() };
        let people = match self.people {
            people @ 1_000_000.. => format!("{} million", f64::from(people) / 1e6),
            people => thousands(people as usize),
        };
        self.name = format!("{} seats, {people} people{bots}", thousands(self.seats()));
        self
    }

    /// The same under other quotas.
    #[must_use]
    pub fn under(self, quotas: Quotas) -> Self {
        Self { quotas, ..self }
    }

    /// How often a bot is let through, in seconds.
    #[must_use]
    pub fn bot_seconds(&self) -> f64 {
        self.habits.bot_asks_every.max(f64::from(self.design.limit_seconds))
    }

    /// Seats in all.
    #[must_use]
    pub const fn seats(&self) -> usize {
        self.performances * self.rows * self.row
    }

    /// How many accounts are a program's.
    #[must_use]
    pub fn bots(&self) -> u32 {
        u32::try_from(u64::from(self.people) * u64::from(self.bots_percent) / 100).unwrap_or(u32::MAX)
    }
}

/// A number with commas.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

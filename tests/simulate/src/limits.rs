//! What a service takes, and what it refused.

use serde::Serialize;

/// A bucket that fills with time and never overflows.
#[derive(Debug, Clone)]
pub struct Bucket {
    per_second: f64,
    most: f64,
    level: f64,
}

impl Bucket {
    /// A full one.
    #[must_use]
    pub const fn new(per_second: f64, burst: f64) -> Self {
        Self { per_second, most: burst, level: burst }
    }

    /// One that holds what it gets within a second: a partition of a table.
    #[must_use]
    pub const fn of_a_second(per_second: f64) -> Self {
        Self::new(per_second, per_second)
    }

    /// Lets time pass.
    pub fn pass(&mut self, seconds: f64) {
        self.level = (self.level + self.per_second * seconds).min(self.most);
    }

    /// Takes as much of `wanted` as there is, and says how much.
    pub fn take(&mut self, wanted: f64) -> f64 {
        let taken = wanted.min(self.level).max(0.0);
        self.level -= taken;
        taken
    }

    /// What there is.
    #[must_use]
    pub const fn level(&self) -> f64 {
        self.level
    }
}

/// A service that takes so much and no more, and keeps books about it.
#[derive(Debug, Clone)]
pub struct Service {
    bucket: Bucket,
    second: f64,
    meter: Meter,
    history: Vec<f32>,
}

/// What came of all requests to a service.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meter {
    /// Served.
    pub served: f64,
    /// Refused, to be tried again or given up by whoever asked.
    pub refused: f64,
    /// The most that was asked for in a second, served or not.
    pub peak: f64,
}

impl Service {
    /// One with this bucket.
    #[must_use]
    pub const fn new(bucket: Bucket) -> Self {
        let meter = Meter { served: 0.0, refused: 0.0, peak: 0.0 };
        Self { bucket, second: 0.0, meter, history: Vec::new() }
    }

    /// Asks for much at once: how much is served.
    pub fn ask(&mut self, wanted: f64) -> f64 {
        let served = self.bucket.take(wanted);
        self.note(wanted, served);
        served
    }

    /// Asks for something that is served as a whole or refused.
    pub fn ask_whole(&mut self, wanted: f64) -> bool {
        // A millionth is the rounding of many small fillings.
        let fits = self.bucket.level() + 1e-6 >= wanted;
        let served = if fits { self.bucket.take(wanted) } else { 0.0 };
        self.note(wanted, if fits { wanted } else { served });
        fits
    }

    fn note(&mut self, wanted: f64, served: f64) {
        self.second += wanted;
        self.meter.served += served;
        self.meter.refused += wanted - served;
    }

    /// Lets time pass.
    pub fn pass(&mut self, seconds: f64) {
        self.bucket.pass(seconds);
    }

    /// A second is over.
    pub fn turn(&mut self) {
        self.meter.peak = self.meter.peak.max(self.second);
        #[expect(clippy::cast_possible_truncation, reason = "a point of a chart")]
        self.history.push(self.second as f32);
        self.second = 0.0;
    }

    /// What came of all requests.
    #[must_use]
    pub const fn meter(&self) -> Meter {
        self.meter
    }

    /// What was asked for, second by second.
    #[must_use]
    pub fn history(&self) -> &[f32] {
        &self.history
    }
}

/// A function: its environments grow step by step, and are shared out of the account's.
#[derive(Debug, Clone)]
pub struct Function {
    growth: Bucket,
    ready: f64,
    busy: f64,
    /// How long an invocation takes, in seconds.
    pub seconds: f64,
    service: Service,
    most: f64,
}

impl Function {
    /// One of which an invocation takes so long, and whose environments grow by `per_ten_seconds`.
    #[must_use]
    pub const fn new(milliseconds: f64, per_ten_seconds: f64) -> Self {
        Self {
            growth: Bucket::new(per_ten_seconds / 10.0, per_ten_seconds),
            ready: 0.0,
            busy: 0.0,
            seconds: milliseconds / 1_000.0,
            service: Service::new(Bucket::new(0.0, 0.0)),
            most: 0.0,
        }
    }

    /// Lets a step of time pass.
    pub fn pass(&mut self, seconds: f64) {
        self.growth.pass(seconds);
        self.busy = 0.0;
    }

    /// A second is over.
    pub fn turn(&mut self) {
        self.service.turn();
    }

    /// Invokes it so often within `tick` seconds, out of the account's `idle` environments: how many are served.
    pub fn invoke(&mut self, wanted: f64, tick: f64, idle: &mut f64) -> f64 {
        let needed = wanted * self.seconds / tick;
        let missing = self.busy + needed - self.ready;
        if missing > 0.0 {
            self.ready += self.growth.take(missing);
        }
        let busy = needed.min(self.ready - self.busy).min(*idle).max(0.0);
        *idle -= busy;
        self.busy += busy;
        self.most = self.most.max(self.busy);
        let served = if needed > 0.0 { wanted * busy / needed } else { 0.0 };
        self.service.note(wanted, served);
        served
    }

    /// How many environments were busy at once, at most.
    #[must_use]
    pub const fn most_busy(&self) -> f64 {
        self.most
    }

    /// How many environments there are.
    #[must_use]
    pub const fn ready(&self) -> f64 {
        self.ready
    }

    /// What came of all invocations.
    #[must_use]
    pub const fn meter(&self) -> Meter {
        self.service.meter()
    }
}

/// A queue with workers, as an event source of a function scales them.
#[derive(Debug, Clone)]
pub struct Workers {
    growth: Bucket,
    running: f64,
    most: f64,
    seconds: f64,
    done: f64,
    /// The longest line of messages.
    pub longest: usize,
}

impl Workers {
    /// Five at first, more by `per_minute`, at most `most`; each takes so long for a message.
    #[must_use]
    pub const fn new(milliseconds: f64, per_minute: f64, most: f64) -> Self {
        Self {
            growth: Bucket::new(per_minute / 60.0, per_minute / 60.0),
            running: 5.0,
            most,
            seconds: milliseconds / 1_000.0,
            done: 0.0,
            longest: 0,
        }
    }

    /// How many of so many waiting messages are done within `tick` seconds.
    pub fn work(&mut self, waiting: usize, tick: f64) -> usize {
        self.longest = self.longest.max(waiting);
        self.growth.pass(tick);
        #[expect(clippy::cast_precision_loss, reason = "messages")]
        let waiting_now = waiting as f64;
        if waiting_now > self.running {
            self.running = (self.running + self.growth.take(waiting_now - self.running)).min(self.most);
        }
        self.done += self.running * tick / self.seconds;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few messages")]
        let done = (self.done as usize).min(waiting);
        #[expect(clippy::cast_precision_loss, reason = "messages")]
        let counted = done as f64;
        // What nobody needed now cannot be used later.
        self.done = (self.done - counted).min(self.running);
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partition_takes_a_thousand_units_a_second_and_refuses_the_next_one() {
        let mut partition = Service::new(Bucket::of_a_second(1_000.0));
        assert_eq!((0..1_001).filter(|_| partition.ask_whole(1.0)).count(), 1_000);
        partition.turn();
        assert_eq!(partition.meter(), Meter { served: 1_000.0, refused: 1.0, peak: 1_001.0 });
        for _ in 0..5 {
            partition.pass(0.1);
        }
        assert_eq!((0..1_000).filter(|_| partition.ask_whole(1.0)).count(), 500);
    }

    #[test]
    fn a_gateway_takes_its_burst_and_then_its_rate() {
        let mut gateway = Service::new(Bucket::new(10_000.0, 5_000.0));
        assert!((gateway.ask(20_000.0) - 5_000.0).abs() < 1e-9);
        gateway.pass(0.1);
        assert!((gateway.ask(20_000.0) - 1_000.0).abs() < 1e-9);
        gateway.pass(60.0);
        assert!((gateway.ask(20_000.0) - 5_000.0).abs() < 1e-9);
    }

    #[test]
    fn environments_grow_by_a_thousand_in_ten_seconds_within_the_account() {
        let mut function = Function::new(100.0, 1_000.0);
        // 20,000 a second for 100 ms are 2,000 environments; a thousand are there at once.
        let (mut idle, tick) = (10_000.0, 0.1);
        assert!((function.invoke(2_000.0, tick, &mut idle) - 1_000.0).abs() < 1e-6);
        assert!(function.invoke(2_000.0, tick, &mut idle).abs() < 1e-6, "all are busy");
        function.pass(1.0);
        let mut idle = 10_000.0;
        assert!((function.invoke(2_000.0, tick, &mut idle) - 1_100.0).abs() < 1e-6);
        // Others need the account's environments as well.
        function.pass(0.0);
        let mut idle = 50.0;
        assert!((function.invoke(2_000.0, tick, &mut idle) - 50.0).abs() < 1e-6);
        assert!(idle.abs() < 1e-9);
    }

    #[test]
    fn workers_start_at_five_and_end_at_their_most() {
        let mut workers = Workers::new(100.0, 300.0, 10.0);
        // 5 workers do 50 a second; 5 more come every second, up to ten.
        let first: usize = (0..10).map(|_| workers.work(1_000, 0.1)).sum();
        assert!((50..=110).contains(&first), "{first}");
        let later: usize = (0..100).map(|_| workers.work(1_000, 0.1)).sum();
        assert!((995..=1_005).contains(&later), "{later}");
        assert_eq!(workers.longest, 1_000);
    }
}

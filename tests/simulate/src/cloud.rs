//! AWS as the application meets it: which request counts against which limit. The keys are those of the stores
//! (`crates/waiting-room/src/dynamodb/mod.rs`, `crates/booking/src/dynamodb/mod.rs`).

use std::collections::{BTreeMap, HashMap};

use booking::dynamodb::SHARDS;

use crate::limits::{Bucket, Function, Meter, Service, Workers};
use crate::scenario::Quotas;

/// What was used, for the bill.
#[derive(Debug, Clone, Copy, Default)]
pub struct Used {
    /// Requests to the distribution.
    pub front: f64,
    /// Requests that the HTTP API let through.
    pub api: f64,
    /// Invocations.
    pub invocations: f64,
    /// Of these, gigabytes times seconds.
    pub gigabyte_seconds: f64,
    /// Write units.
    pub writes: f64,
    /// Read units.
    pub reads: f64,
    /// Requests to queues.
    pub queues: f64,
}

/// Functions that people wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// `check-queue`.
    Check,
    /// `get-queue-status`, as far as caches ask.
    Status,
    /// `get-seat-map`, as far as caches ask.
    Map,
    /// `reserve-seats`.
    Reserve,
    /// `create-reservation`.
    Create,
    /// `request-payment`.
    Pay,
}

const ROUTES: [(&str, f64); 6] =
    [("check", 12.0), ("status", 7.0), ("map", 25.0), ("reserve", 14.0), ("create", 30.0), ("pay", 25.0)];

/// Gigabytes of a function: `MemorySize` of `template.yaml`, most have 512 MB.
const MEMORY: f64 = 0.5;

/// All of it.
#[derive(Debug)]
pub struct Cloud {
    /// The limits.
    pub quotas: Quotas,
    /// Requests to the distribution.
    pub front: Service,
    /// Requests to the account's APIs.
    pub api: Service,
    routes: Vec<Service>,
    functions: Vec<Function>,
    idle: f64,
    /// The counter of a line: `COUNT#<event>` `ERA#<era>`, write units.
    pub counter: Service,
    /// The partition that questions are answered from: `QUEUE#<event>`, read units.
    pub room: Service,
    /// Each gate: `GATE#<event>#<era>#<number>`, write units.
    pub gates: Vec<Service>,
    /// The waiting room's table, write units.
    pub waiting_room: Service,
    /// Booking's table, write units, and read units.
    pub booking: (Service, Service),
    /// Of each performance its eight keys `SEATS#<performance>#<shard>`: write units, and read units.
    pub shards: Vec<(Service, Service)>,
    /// Blocks that were written to, write units.
    pub blocks: HashMap<(usize, usize), Service>,
    /// `charge-payment`: one message at a time, 300 ms of the gateway and what is around it; fifty at most.
    pub charges: Workers,
    /// What was used.
    pub used: Used,
}

impl Cloud {
    /// Of so many performances.
    #[must_use]
    pub fn new(quotas: Quotas, performances: usize, gates: u32) -> Self {
        let (write, read) = quotas.partition;
        let partition = |units| Service::new(Bucket::of_a_second(units));
        Self {
            quotas,
            front: Service::new(Bucket::of_a_second(quotas.cloud_front)),
            api: Service::new(Bucket::new(quotas.api.0, quotas.api.1)),
            routes: ROUTES.iter().map(|_| Service::new(Bucket::new(quotas.route.0, quotas.route.1))).collect(),
            functions: ROUTES.iter().map(|(_, ms)| Function::new(*ms, quotas.lambda_growth)).collect(),
            idle: quotas.lambda,
            counter: partition(write),
            room: partition(read),
            gates: (0..gates).map(|_| partition(write)).collect(),
            waiting_room: partition(quotas.table.0),
            booking: (partition(quotas.table.0), partition(quotas.table.1)),
            shards: (0..performances * SHARDS as usize).map(|_| (partition(write), partition(read))).collect(),
            blocks: HashMap::new(),
            charges: Workers::new(330.0, quotas.workers_growth, 50.0),
            used: Used::default(),
        }
    }

    /// Lets a step of time pass.
    pub fn pass(&mut self, tick: f64) {
        self.idle = self.quotas.lambda;
        for function in &mut self.functions {
            function.pass(tick);
        }
        for service in self.services() {
            service.pass(tick);
        }
    }

    /// A second is over.
    pub fn turn(&mut self) {
        for service in self.services() {
            service.turn();
        }
        for function in &mut self.functions {
            function.turn();
        }
    }

    fn services(&mut self) -> impl Iterator<Item = &mut Service> {
        [
            &mut self.front,
            &mut self.api,
            &mut self.counter,
            &mut self.room,
            &mut self.waiting_room,
            &mut self.booking.0,
            &mut self.booking.1,
        ]
        .into_iter()
        .chain(&mut self.routes)
        .chain(&mut self.gates)
        .chain(self.shards.iter_mut().flat_map(|(writes, reads)| [writes, reads]))
        .chain(self.blocks.values_mut())
    }

    /// So many requests to a route within `tick` seconds: how many get an answer. What the route refuses does not count
    /// against the account, what the account refuses is not invoked.
    pub fn request(&mut self, route: Route, wanted: f64, tick: f64) -> f64 {
        if wanted <= 0.0 {
            return 0.0;
        }
        self.used.front += wanted;
        // A single request is let through as a whole or not at all.
        let single = (wanted - 1.0).abs() < 1e-9;
        let ask = |service: &mut Service, wanted: f64| match (single, wanted > 0.0) {
            (true, true) => f64::from(u8::from(service.ask_whole(wanted))),
            _ => service.ask(wanted),
        };
        let through = ask(&mut self.front, wanted);
        let through = ask(&mut self.routes[route as usize], through);
        let through = ask(&mut self.api, through);
        let function = &mut self.functions[route as usize];
        let served = function.invoke(through, tick, &mut self.idle);
        self.used.api += through;
        self.used.invocations += served;
        self.used.gigabyte_seconds += served * function.seconds * MEMORY;
        served
    }

    /// So many requests that caches answer.
    pub fn cached(&mut self, wanted: f64) -> f64 {
        self.used.front += wanted;
        self.front.ask(wanted)
    }

    /// How many environments of a route's function there are.
    #[must_use]
    pub fn environments(&self, route: Route) -> f64 {
        self.functions[route as usize].ready().max(1.0)
    }

    /// Write units at a gate: two for its item, two for the admission's, in one transaction, and one for the index
    /// `lapses`.
    pub fn pass_gate(&mut self, gate: usize) -> bool {
        self.used.writes += 5.0;
        self.waiting_room.ask_whole(5.0) && self.gates[gate].ask_whole(2.0)
    }

    /// A write of some seats of a block: `units` for the block, and what the same step writes into the buyer's book,
    /// which has a key of its own.
    pub fn mark(&mut self, performance: usize, block: usize, shard: usize, units: f64) -> bool {
        let write = self.quotas.partition.0;
        self.used.writes += units;
        self.booking.0.ask_whole(units)
            && self.shards[performance * SHARDS as usize + shard].0.ask_whole(units)
            && self
                .blocks
                .entry((performance, block))
                .or_insert_with(|| Service::new(Bucket::of_a_second(write)))
                .ask_whole(units)
    }

    /// A reading of all marks of a performance, of so many units at each of its keys; refused when one of them does not
    /// answer.
    pub fn read_marks(&mut self, performance: usize, units: &[f64]) -> bool {
        let mut answered = true;
        for (shard, &units) in units.iter().enumerate() {
            self.used.reads += units;
            answered &= self.booking.1.ask_whole(units);
            answered &= self.shards[performance * SHARDS as usize + shard].1.ask_whole(units);
        }
        answered
    }

    /// What came of requests to each service, hot keys by the hottest of their kind.
    #[must_use]
    pub fn meters(&self) -> BTreeMap<String, Meter> {
        let hottest = |services: &mut dyn Iterator<Item = &Service>| {
            let mut all = Meter::default();
            for meter in services.map(Service::meter) {
                all.served += meter.served;
                all.refused += meter.refused;
                all.peak = all.peak.max(meter.peak);
            }
            all
        };
        let mut meters = BTreeMap::from([
            ("CloudFront, requests".to_owned(), self.front.meter()),
            ("HTTP API, requests".to_owned(), self.api.meter()),
            ("waiting-room: counter, WU".to_owned(), self.counter.meter()),
            ("waiting-room: room, RU".to_owned(), self.room.meter()),
            ("waiting-room: hottest gate, WU".to_owned(), hottest(&mut self.gates.iter())),
            ("waiting-room: table, WU".to_owned(), self.waiting_room.meter()),
            ("booking: table, WU".to_owned(), self.booking.0.meter()),
            ("booking: table, RU".to_owned(), self.booking.1.meter()),
            ("booking: hottest shard, WU".to_owned(), hottest(&mut self.shards.iter().map(|shard| &shard.0))),
            ("booking: hottest shard, RU".to_owned(), hottest(&mut self.shards.iter().map(|shard| &shard.1))),
            ("booking: hottest block, WU".to_owned(), hottest(&mut self.blocks.values())),
        ]);
        for (route, (name, _)) in self.routes.iter().zip(ROUTES) {
            meters.insert(format!("route {name}, requests"), route.meter());
        }
        for (function, (name, _)) in self.functions.iter().zip(ROUTES) {
            meters.insert(format!("Lambda {name}, invocations"), function.meter());
        }
        meters
    }

    /// The most environments of one function that were busy at once, and of which.
    #[must_use]
    pub fn most_busy(&self) -> (f64, &'static str) {
        let all = self.functions.iter().zip(ROUTES).map(|(function, (name, _))| (function.most_busy(), name));
        all.fold((0.0, ""), |most, one| if one.0 > most.0 { one } else { most })
    }

    /// The route of questions, for the chart.
    #[must_use]
    pub fn route(&self, route: Route) -> &Service {
        &self.routes[route as usize]
    }
}

//! What the deployment says: functions with their memory, variables and routes, triggers, queues, tables. Read from the
//! templates themselves, so that what is measured is what would be deployed.

mod names;
mod parse;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

pub use names::name_of;

/// The deployment, its references unresolved.
#[derive(Debug, Default)]
pub struct Deployment {
    /// By name: `reserve-seats`.
    pub functions: BTreeMap<String, Function>,
    /// What workers are triggered by, by name: `settle-reservation` of the resource `SettleReservationTrigger`.
    pub triggers: BTreeMap<String, Trigger>,
    /// Queues, by the name of their resource: `PaymentsQueue`.
    pub queues: BTreeMap<String, Queue>,
    /// Secrets, by the name of their resource.
    pub secrets: Vec<String>,
    /// Tables, by the name of their resource.
    pub tables: Vec<String>,
    /// The stack's parameters that have a default, with it.
    pub parameters: BTreeMap<String, String>,
    /// How many resources there are of each type.
    resources: BTreeMap<String, usize>,
}

/// A function.
#[derive(Debug, Clone)]
pub struct Function {
    /// Its memory, in megabytes.
    pub memory: u32,
    /// Its environment, as the template writes it; what all functions have is not in it.
    pub variables: Vec<(String, String)>,
    /// What leads to it.
    pub routes: Vec<Route>,
}

/// A route of the HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`.
    pub method: String,
    /// `/api/v1/events/{eventId}`.
    pub path: String,
    /// Whether the caller must show a token.
    pub guarded: bool,
    /// Scopes of which the token must have one; none when any token will do.
    pub scopes: Vec<String>,
}

/// An event source mapping.
#[derive(Debug, Clone)]
pub struct Trigger {
    /// The function's name.
    pub function: String,
    /// Where events come from.
    pub source: EventSource,
    /// Most messages or records in one invocation.
    pub batch_size: usize,
    /// How long a batch is collected, in seconds.
    pub window_seconds: u64,
    /// Most invocations at a time: of a queue its maximum concurrency; of a stream its parallelisation factor, the
    /// number of lanes that its records are parted into, those of one key in one.
    pub concurrency: usize,
    /// Patterns of which a record must match one; all of them when empty.
    pub filters: Vec<Value>,
}

/// What a trigger reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventSource {
    /// A queue, by its resource.
    Queue(String),
    /// A table's stream, by the table's resource.
    Stream(String),
}

/// A queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Its name without the stack's.
    pub name: String,
    /// Attributes for `CreateQueue`.
    pub attributes: BTreeMap<String, String>,
    /// The resource that failed messages go to, after so many deliveries.
    pub dead_letters: Option<(String, u64)>,
}

/// The templates are not what this reads, or do not have what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeploymentError {
    /// A file that is no YAML.
    #[error("{file} cannot be read: {reason}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// An event source mapping that does not say what it reads for whom in which batches, by its resource.
    #[error("{0} does not say what it reads, in a way that this knows")]
    Unclear(String),
    /// No such function.
    #[error("the template has no function {0}")]
    NoFunction(String),
    /// No such trigger.
    #[error("the template has no trigger {0}")]
    NoTrigger(String),
}

impl Deployment {
    /// Of the templates in this repository, as they were when this program was compiled. They are parsed once.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read() -> Result<&'static Self, DeploymentError> {
        static READ: LazyLock<Result<Deployment, DeploymentError>> = LazyLock::new(parse::deployment);
        READ.as_ref().map_err(Clone::clone)
    }

    /// The function of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn function(&self, name: &str) -> Result<&Function, DeploymentError> {
        self.functions.get(name).ok_or_else(|| DeploymentError::NoFunction(name.to_owned()))
    }

    /// The trigger of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn trigger(&self, name: &str) -> Result<&Trigger, DeploymentError> {
        self.triggers.get(name).ok_or_else(|| DeploymentError::NoTrigger(name.to_owned()))
    }

    /// Whether this function is behind a queue that is first in, first out.
    #[must_use]
    pub fn is_behind_fifo(&self, function: &str) -> bool {
        let triggers = self.triggers.values().filter(|trigger| trigger.function == function);
        triggers.filter_map(|trigger| self.queue_of(trigger)).any(Queue::is_fifo)
    }

    /// How many queues trigger a function: ordinary ones, and those that are first in, first out.
    #[must_use]
    pub fn queue_triggers(&self) -> (usize, usize) {
        let queues = self.triggers.values().filter_map(|trigger| self.queue_of(trigger));
        let (fifo, ordinary): (Vec<_>, Vec<_>) = queues.partition(|queue| queue.is_fifo());
        (ordinary.len(), fifo.len())
    }

    /// How many resources of this type there are: `AWS::CloudWatch::Alarm`. Those of `infra/storage.yaml` and
    /// `infra/web.yaml` are not among them.
    #[must_use]
    pub fn resources(&self, kind: &str) -> usize {
        self.resources.get(kind).copied().unwrap_or_default()
    }

    fn queue_of(&self, trigger: &Trigger) -> Option<&Queue> {
        match &trigger.source {
            EventSource::Queue(resource) => self.queues.get(resource),
            EventSource::Stream(_) => None,
        }
    }
}

impl Queue {
    /// Whether it is first in, first out.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.attributes.get("FifoQueue").is_some_and(|value| value == "true")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deployment() -> &'static Deployment {
        Deployment::read().unwrap()
    }

    #[test]
    fn functions_have_their_routes_and_their_environment() {
        let reserve = deployment().function("reserve-seats").unwrap();
        let [method, path] = ["POST", "/api/v1/seats/reserve"].map(str::to_owned);
        assert_eq!(reserve.routes, [Route { method, path, guarded: true, scopes: Vec::new() }]);
        let table = ("BOOKING_TABLE".to_owned(), "Data.Outputs.BookingTable".to_owned());
        assert!(reserve.variables.contains(&table), "{reserve:?}");
        assert!(!deployment().functions["list-events"].routes[0].guarded);
        assert_eq!(deployment().functions["configure-queue"].routes[0].scopes, ["admin"]);
        assert!(deployment().function("no-such-function").is_err());
    }

    #[test]
    fn functions_have_their_memory_or_that_of_all() {
        let memory = |function: &str| deployment().function(function).unwrap().memory;
        assert_eq!(memory("reserve-seats"), 512);
        assert_eq!(memory("log-in") % 64, 0);
        assert_eq!(memory("expire-reservation"), 256, "its resource says nothing, the globals do");
    }

    #[test]
    fn triggers_keep_what_the_template_says_of_their_batches() {
        let trigger = |name: &str| deployment().trigger(name).unwrap();
        let append = trigger("append-booking-events");
        assert_eq!(append.function, "append-events");
        assert_eq!(append.source, EventSource::Stream("BookingTable".to_owned()));
        assert_eq!((append.batch_size, append.concurrency, append.filters.len()), (100, 10, 1));
        let charge = trigger("charge-payment");
        assert_eq!(charge.source, EventSource::Queue("PaymentsQueue".to_owned()));
        assert_eq!((charge.batch_size, charge.concurrency), (1, 50));
        assert!(trigger("settle-reservation").batch_size >= 1);
        assert!(deployment().trigger("reserve-seats").is_err(), "no queue and no stream calls it");
    }

    #[test]
    fn what_triggers_name_is_there() {
        for trigger in deployment().triggers.values() {
            assert!(deployment().functions.contains_key(&trigger.function), "{trigger:?}");
            let is_there = match &trigger.source {
                EventSource::Queue(queue) => deployment().queues.contains_key(queue),
                EventSource::Stream(table) => deployment().tables.contains(table),
            };
            assert!(is_there, "{trigger:?}");
        }
    }

    #[test]
    fn queues_know_their_dead_letters_and_their_order() {
        let queues = &deployment().queues;
        assert_eq!(queues["PaymentsQueue"].dead_letters, Some(("PaymentsDeadLetterQueue".to_owned(), 6)));
        assert!(deployment().is_behind_fifo("broadcast-changes") && !deployment().is_behind_fifo("deliver-news"));
        let (ordinary, fifo) = deployment().queue_triggers();
        assert!(ordinary > 10);
        assert_eq!(fifo, 1);
    }

    #[test]
    fn resources_of_all_files_are_counted() {
        let count = |kind: &str| deployment().resources(kind);
        assert!(count("AWS::CloudWatch::Alarm") > 10);
        assert_eq!(count("AWS::CloudWatch::Dashboard"), 1);
        assert_eq!(count("AWS::SecretsManager::Secret"), deployment().secrets.len());
        assert_eq!(count("AWS::DynamoDB::Table"), deployment().tables.len());
        assert_eq!(count("AWS::No::Such"), 0);
    }
}

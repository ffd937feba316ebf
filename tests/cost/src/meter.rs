//! What is noted of every request to AWS.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A service of AWS that is asked over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Tables.
    DynamoDb,
    /// Queues.
    Sqs,
    /// Queues in order.
    SqsFifo,
    /// Functions that are invoked by others.
    Lambda,
    /// Mail.
    Ses,
    /// Secrets.
    Secrets,
    /// Objects.
    S3,
    /// Messages to WebSocket connections.
    Connections,
}

/// A request to AWS, a repeated one included: this is below the client library.
#[derive(Debug, Clone)]
pub struct Call {
    /// The function that made it.
    pub function: String,
    /// To whom.
    pub service: Service,
    /// What for, as the service calls it; of an invocation, the function's name.
    pub operation: String,
    /// DynamoDB's write units.
    pub write_units: f64,
    /// DynamoDB's read units.
    pub read_units: f64,
    /// Bytes of its body.
    pub sent: usize,
    /// Bytes of the answer's body.
    pub received: usize,
    began: usize,
    ended: usize,
}

/// Notes requests. Clones note into the same book.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Book>>);

#[derive(Debug, Default)]
struct Book {
    /// Counts beginnings and ends: what matters is their order.
    clock: usize,
    calls: Vec<Call>,
    /// The functions that run, each invoked by the one before.
    running: Vec<String>,
}

impl Book {
    fn tick(&mut self) -> usize {
        self.clock += 1;
        self.clock
    }
}

impl Meter {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on, requests are this function's, until [`Meter::leave`].
    pub fn enter(&self, function: &str) {
        self.book().running.push(function.to_owned());
    }

    /// The function that was entered last is done.
    pub fn leave(&self) {
        self.book().running.pop();
    }

    /// A request goes out; its number.
    pub fn begin(&self, service: Service, operation: &str, sent: usize) -> usize {
        let mut book = self.book();
        let began = book.tick();
        let function = book.running.last().cloned().unwrap_or_default();
        let operation = operation.to_owned();
        // One that invokes a function is over with its own beginning: the function's requests count after it.
        let ended = if service == Service::Lambda { began } else { usize::MAX };
        let (write_units, read_units, received) = (0.0, 0.0, 0);
        book.calls.push(Call { function, service, operation, write_units, read_units, sent, received, began, ended });
        book.calls.len() - 1
    }

    /// Its answer is here.
    pub fn end(&self, number: usize, received: usize, write_units: f64, read_units: f64) {
        let mut book = self.book();
        let now = book.tick();
        if let Some(call) = book.calls.get_mut(number) {
            call.ended = call.ended.min(now);
            (call.received, call.write_units, call.read_units) = (received, write_units, read_units);
        }
    }

    /// All that was noted; then nothing is.
    pub fn take(&self) -> Vec<Call> {
        std::mem::take(&mut self.book().calls)
    }
}

/// How many of the calls had to wait for one another: the longest chain in which each began after the one before had
/// ended. Calls under way at the same time count once.
#[must_use]
pub fn depth<'a>(calls: impl IntoIterator<Item = &'a Call>) -> usize {
    let mut depths: Vec<(usize, usize)> = Vec::new();
    for call in calls {
        let before = depths.iter().filter(|(ended, _)| *ended < call.began).map(|(_, depth)| *depth).max();
        depths.push((call.ended, before.unwrap_or(0) + 1));
    }
    depths.into_iter().map(|(_, depth)| depth).max().unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use super::*;

    fn begin(meter: &Meter) -> usize {
        meter.begin(Service::DynamoDb, "GetItem", 0)
    }

    fn end(meter: &Meter, call: usize) {
        meter.end(call, 0, 0.0, 0.5);
    }

    #[test]
    fn calls_side_by_side_count_once() {
        let meter = Meter::default();
        let (a, b) = (begin(&meter), begin(&meter));
        end(&meter, b);
        let c = begin(&meter);
        end(&meter, a);
        end(&meter, c);
        let d = begin(&meter);
        end(&meter, d);
        let calls = meter.take();
        assert_eq!((calls.len(), depth(&calls)), (4, 3), "b, c, d");
        assert_eq!(depth(&meter.take()), 0);
    }

    #[test]
    fn the_calls_of_an_invoked_function_come_after_the_invocation() {
        let meter = Meter::default();
        meter.enter("request-payment");
        let invoke = meter.begin(Service::Lambda, "Invoke", 10);
        meter.enter("begin-payment");
        let read = begin(&meter);
        end(&meter, read);
        let write = begin(&meter);
        end(&meter, write);
        meter.leave();
        end(&meter, invoke);
        let after = begin(&meter);
        end(&meter, after);
        let calls = meter.take();
        assert_eq!(depth(&calls), 4);
        let functions: Vec<_> = calls.iter().map(|call| call.function.as_str()).collect();
        assert_eq!(functions, ["request-payment", "begin-payment", "begin-payment", "request-payment"]);
    }
}

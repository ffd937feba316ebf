//! What follows from a request: records of streams, messages of queues, and the workers behind them.

use std::collections::{BTreeMap, HashMap};

use aws_lambda_events::sqs::{SqsBatchResponse, SqsEvent};
use booking::queues::SqsOutlets;
use jiff::Timestamp;
use kit::worker::{process, process_messages};
use measure::deployment::{Deployment, name_of};
use realtime::admissions::InvokedAdmissions;
use realtime::broadcast::Broadcast;
use realtime::clock::SystemClock;
use realtime::news::PersonalNews;
use serde_json::{Value, json};

use crate::Failure;
use crate::world::{Step, Trigger, World};

/// How full batches are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// One record or message each: nothing else happens at the time. The most expensive there is.
    Alone,
    /// As full as what happened at the same time and `template.yaml` allow.
    Rush,
}

/// What waits for a worker: the same worker, if the same name.
#[derive(Debug, Default)]
struct Waiting {
    records: BTreeMap<Source, Vec<Due<Value>>>,
    messages: BTreeMap<String, Vec<Due<String>>>,
}

/// Something with the step that it follows from; what was kept back follows from none.
type Due<T> = (Option<usize>, T);

/// A stream's trigger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Source {
    function: &'static str,
    trigger: String,
}

/// Queues whose messages are only kept for whoever asks for them.
const KEPT: [&str; 1] = ["steering"];

impl World {
    /// Lets everything happen that follows from these steps, until nothing more does. Messages that are kept back stay
    /// so.
    ///
    /// # Errors
    /// When a worker fails.
    pub async fn settle(&mut self, mut steps: Vec<Step>, fill: Fill) -> Result<Vec<Step>, Failure> {
        let mut waiting = Waiting::default();
        let last = steps.len().saturating_sub(1);
        self.gather(last, &mut waiting).await?;
        self.work_off(&mut steps, waiting, fill).await?;
        Ok(steps)
    }

    /// The messages that a queue has kept back are delivered now, and everything happens that follows from them.
    ///
    /// # Errors
    /// When a worker fails.
    pub async fn deliver_delayed(&mut self, queue: &str, steps: &mut Vec<Step>, fill: Fill) -> Result<(), Failure> {
        let mut waiting = Waiting::default();
        if let Some(messages) = self.delayed.remove(queue) {
            waiting.messages.insert(queue.to_owned(), messages.into_iter().map(|body| (None, body)).collect());
        }
        self.work_off(steps, waiting, fill).await
    }

    async fn work_off(&mut self, steps: &mut Vec<Step>, mut waiting: Waiting, fill: Fill) -> Result<(), Failure> {
        let deployment = Deployment::read()?;
        while !(waiting.records.is_empty() && waiting.messages.is_empty()) {
            let now = std::mem::take(&mut waiting);
            for (source, records) in now.records {
                let (size, lanes) = match fill {
                    Fill::Alone => (1, 1),
                    Fill::Rush => {
                        let trigger = deployment.trigger(&source.trigger)?;
                        (trigger.batch_size, trigger.concurrency)
                    }
                };
                for lane in by_key(records, lanes) {
                    for batch in lane.chunks(size) {
                        let step = self.run_stream(&source, batch).await?;
                        steps.push(step);
                        self.gather(steps.len() - 1, &mut waiting).await?;
                    }
                }
            }
            for (queue, messages) in now.messages {
                let size = if fill == Fill::Alone { 1 } else { deployment.trigger(worker(&queue)?)?.batch_size };
                for batch in messages.chunks(size) {
                    let step = self.run_queue(&queue, batch).await?;
                    steps.push(step);
                    self.gather(steps.len() - 1, &mut waiting).await?;
                }
            }
        }
        Ok(())
    }

    /// What a step has written and sent.
    async fn gather(&mut self, after: usize, waiting: &mut Waiting) -> Result<(), Failure> {
        for (table, records) in self.streams.read().await? {
            for record in records {
                for source in sources(&table, &record) {
                    waiting.records.entry(source).or_default().push((Some(after), record.clone()));
                }
            }
        }
        for (queue, messages) in self.cloud.take_messages() {
            for message in messages {
                if message.is_delayed || KEPT.contains(&queue.as_str()) {
                    self.delayed.entry(queue.clone()).or_default().push(message.body);
                } else {
                    waiting.messages.entry(queue.clone()).or_default().push((Some(after), message.body));
                }
            }
        }
        Ok(())
    }

    async fn run_stream(&self, source: &Source, batch: &[Due<Value>]) -> Result<Step, Failure> {
        let records: Vec<_> = batch.iter().map(|(_, record)| record).collect();
        let event = json!({"Records": records});
        let now = Timestamp::now();
        self.enter(source.function);
        match source.function {
            "append-events" => {
                let event = serde_json::from_value(event)?;
                insights_functions::append_events::handle(&self.append, event, now).await?;
            }
            _ => {
                let [live, left] = ["live-changes", "seats-left"].map(|name| format!("https://sqs/1/{name}"));
                let outlets = SqsOutlets::new(self.sqs(), live, left);
                let input = serde_json::from_value(event)?;
                booking_functions::refresh_availability::handle(&self.booking, &outlets, input, now).await?;
            }
        }
        Ok(self.left(source.function, Trigger::Stream, batch.first().and_then(|(after, _)| *after)))
    }

    async fn run_queue(&self, queue: &str, batch: &[Due<String>]) -> Result<Step, Failure> {
        let sent_at = Timestamp::now().as_millisecond().to_string();
        let record = |(at, (_, body)): (usize, &Due<String>)| {
            let attributes = json!({"ApproximateReceiveCount": "1", "SentTimestamp": sent_at});
            json!({"messageId": at.to_string(), "body": body, "attributes": attributes})
        };
        let records: Vec<_> = batch.iter().enumerate().map(record).collect();
        let event: SqsEvent = serde_json::from_value(json!({"Records": records}))?;
        let function = worker(queue)?;
        self.enter(function);
        let response = self.work(function, event).await;
        if !response.batch_item_failures.is_empty() {
            let bodies: Vec<_> = batch.iter().map(|(_, body)| body).collect();
            return Err(format!("{function} refuses messages of {bodies:?}").into());
        }
        Ok(self.left(function, Trigger::Queue(batch.len()), batch.first().and_then(|(after, _)| *after)))
    }

    async fn work(&self, function: &'static str, event: SqsEvent) -> SqsBatchResponse {
        let (booking, settlement) = (&*self.booking, &self.settlement);
        let waiting = &self.watch.store;
        match function {
            "charge-payment" => {
                let handle = |delivery| payments_functions::charge_payment::handle(settlement, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "refund-payment" => {
                let handle = |delivery| payments_functions::refund_payment::handle(settlement, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "settle-reservation" => {
                let handle = |delivery| booking_functions::settle_reservation::handle(booking, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "expire-reservation" => {
                let handle = |delivery| booking_functions::expire_reservation::handle(booking, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "apply-catalog-change" => {
                let handle = |delivery| booking_functions::apply_catalog_change::handle(booking, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "apply-admission-change" => {
                let handle = |delivery| booking_functions::apply_admission_change::handle(booking, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "send-notification" => {
                let handle = |delivery| notifications_functions::send_notification::handle(&self.notify, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "apply-sale-news" => {
                let handle = |delivery| waiting_room_functions::apply_sale_news::handle(waiting, delivery);
                Box::pin(process(function, event, &handle)).await
            }
            "apply-seats-left" => {
                let handle = |left| waiting_room_functions::apply_seats_left::handle(waiting, left);
                process_messages(function, event, &handle).await
            }
            "steer-queues" => {
                let handle = |round| waiting_room_functions::steer_queues::handle(waiting, &self.outbox, round);
                Box::pin(process_messages(function, event, &handle)).await
            }
            "apply-popularity" => {
                let handle = |count| catalog_functions::apply_popularity::handle(&self.catalog, count);
                process_messages(function, event, &handle).await
            }
            "project-sales" => Box::pin(insights_functions::project_sales::handle(&self.sales, event)).await,
            "deliver-news" => {
                let news = PersonalNews::new(self.realtime(), self.connections.clone());
                let handle = |delivery| Box::pin(realtime_functions::deliver_news::handle(&news, delivery));
                process(function, event, &handle).await
            }
            _ => {
                let invoked = InvokedAdmissions::new(aws_sdk_lambda::Client::new(&self.config), "admit-buyer");
                let broadcast = Broadcast::new(self.realtime(), self.connections.clone(), invoked, SystemClock);
                Box::pin(realtime_functions::broadcast_changes::handle(&broadcast, event)).await
            }
        }
    }

    fn enter(&self, function: &str) {
        drop(self.cloud.meter.take());
        self.cloud.meter.enter(function);
    }

    fn left(&self, function: &str, trigger: Trigger, after: Option<usize>) -> Step {
        self.cloud.meter.leave();
        Step { function: function.to_owned(), trigger, after, calls: self.cloud.meter.take(), answered: 0 }
    }
}

/// Records in lanes: those of one key stay in one, and keys are spread evenly. A stream hashes them instead, which would
/// be another spread every time.
fn by_key(records: Vec<Due<Value>>, lanes: usize) -> Vec<Vec<Due<Value>>> {
    let mut keys = HashMap::new();
    let mut all = vec![Vec::new(); lanes];
    for record in records {
        let next = keys.len();
        let number = *keys.entry(record.1["dynamodb"]["Keys"].to_string()).or_insert(next);
        all[number % lanes].push(record);
    }
    all
}

/// The worker behind a queue.
fn worker(queue: &str) -> Result<&'static str, Failure> {
    Ok(match queue {
        "payments" => "charge-payment",
        "reservations" => "settle-reservation",
        "refunds" => "refund-payment",
        "expirations" => "expire-reservation",
        "catalog-changes" => "apply-catalog-change",
        "notifications" => "send-notification",
        "sales" => "project-sales",
        "admissions" => "apply-admission-change",
        "sale-news" => "apply-sale-news",
        "live-news" => "deliver-news",
        "popularity" => "apply-popularity",
        "live-changes" => "broadcast-changes",
        "seats-left" => "apply-seats-left",
        "steering" => "steer-queues",
        other => return Err(format!("no worker for {other}").into()),
    })
}

/// The triggers that take a record, by the filters of `template.yaml`.
fn sources(table: &str, record: &Value) -> Vec<Source> {
    let mut sources = Vec::new();
    let image = &record["dynamodb"]["NewImage"];
    let event = image["lastEvent"]["M"]["type"]["S"].as_str();
    if event.is_some() {
        sources.push(Source { function: "append-events", trigger: format!("append-{}-events", name_of(table)) });
    }
    let is_block = record["dynamodb"]["Keys"]["pk"]["S"].as_str().is_some_and(|pk| pk.starts_with("SEATS#"));
    if table == "BookingTable" && (is_block || event == Some("booking.reservation-expired.v1")) {
        sources.push(Source { function: "refresh-availability", trigger: "refresh-availability".to_owned() });
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_records_of_a_key_share_a_lane_in_order() {
        let record = |key: &str, at: usize| (Some(at), json!({"dynamodb": {"Keys": {"pk": {"S": key}}}}));
        let records = vec![record("a", 0), record("b", 1), record("a", 2), record("c", 3)];
        let lanes = by_key(records, 2);
        let places = lanes.iter().map(|lane| lane.iter().filter_map(|(at, _)| *at).collect());
        assert_eq!(places.collect::<Vec<Vec<_>>>(), [vec![0, 2, 3], vec![1]]);
    }
}

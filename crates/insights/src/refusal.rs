//! What is said, in the queue of stream failures, of a record that no further delivery can help.

use contracts::event::Envelope;
use kit::dynamo::{PK, SK};
use kit::worker::chain;
use serde::Serialize;
use serde_dynamo::Item;
use serde_json::Value;

use crate::image::{UnreadableImage, text};
use crate::queues::{MAX_BYTES, Message};

/// How many characters of a reason are kept. One that quotes what it could not read may be as long as that.
const MAX_REASON: usize = 1_000;

/// A record or event that is set aside for people to look at, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refusal {
    reason: String,
    #[serde(flatten)]
    subject: Subject,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
enum Subject {
    Record(RecordId),
    Event(Envelope),
}

/// Where a stream record is found again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordId {
    event_id: String,
    stream: Option<String>,
    sequence_number: Option<String>,
    pk: Option<String>,
    sk: Option<String>,
}

impl RecordId {
    /// The record that the stream calls `event_id`, in the stream of this ARN at this place, of the item with these keys.
    #[must_use]
    pub fn new(event_id: String, stream: Option<String>, sequence_number: Option<String>, keys: &Item) -> Self {
        let part = |attribute| text(keys, attribute).map(str::to_owned);
        Self { event_id, stream, sequence_number, pk: part(PK), sk: part(SK) }
    }
}

impl Refusal {
    /// Of a record that announces an event that cannot be read. The image stays out of it: of an item that is not
    /// understood nobody knows which parts are secret.
    #[must_use]
    pub fn of_record(record: RecordId, why: &UnreadableImage) -> Self {
        Self::new(&chain(why), Subject::Record(record))
    }

    /// Of an event that could be read, but not stored or not sent on.
    #[must_use]
    pub fn of_event(event: Envelope, why: &str) -> Self {
        Self::new(why, Subject::Event(event))
    }

    fn new(reason: &str, subject: Subject) -> Self {
        Self { reason: reason.chars().take(MAX_REASON).collect(), subject }
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What to call the record or the event in a log.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.subject {
            Subject::Record(record) => record.event_id.clone(),
            Subject::Event(event) => event.event_id(),
        }
    }

    /// The message about it, within what a queue takes: an event that is too large goes without its data.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn message(&self) -> serde_json::Result<Message> {
        let whole = Message::json(self, 0)?;
        match &self.subject {
            Subject::Event(event) if whole.body.len() > MAX_BYTES => {
                let event = Envelope { data: Value::Null, ..event.clone() };
                Message::json(&Self { reason: self.reason.clone(), subject: Subject::Event(event) }, 0)
            }
            _ => Ok(whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use contracts::event::EventType;
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::image::envelope;

    fn event(name: &str) -> Envelope {
        let data = json!({"name": name});
        let (event_type, at) = (EventType::UserRegistered, Timestamp::UNIX_EPOCH);
        Envelope { event_type, aggregate_id: "usr_1".into(), version: 3, at, data }
    }

    fn written(refusal: &Refusal) -> Value {
        serde_json::from_str(&refusal.message().unwrap().body).unwrap()
    }

    #[test]
    fn of_an_unreadable_record_its_place_and_keys_are_told_and_nothing_else() {
        let image = json!({
            "pk": "USR#1", "sk": "USR", "passwordHash": "$argon2id$",
            "lastEvent": {"type": "x".repeat(300_000), "at": 0, "state": "state"}, "state": {"name": "민지"},
        });
        let image: Item = serde_dynamo::to_item(image).unwrap();
        let why = envelope(&image).unwrap_err();
        let record = RecordId::new("e7".into(), Some("arn:stream".into()), Some("42".into()), &image);
        let refusal = Refusal::of_record(record, &why);
        assert_eq!(refusal.id(), "e7");
        let said = written(&refusal);
        assert_eq!(
            said,
            json!({
                "reason": refusal.reason(),
                "record": {"eventId": "e7", "stream": "arn:stream", "sequenceNumber": "42", "pk": "USR#1", "sk": "USR"},
            })
        );
        assert!(refusal.reason().starts_with("item USR#1/USR announces") && said.to_string().len() < 2_000, "{said}");
    }

    #[test]
    fn an_event_comes_along_whole_unless_it_is_too_large_for_a_message() {
        let small = Refusal::of_event(event("민지"), "no");
        assert_eq!(small.id(), "usr_1:3");
        assert_eq!(written(&small), json!({"reason": "no", "event": event("민지")}));

        let large = Refusal::of_event(event(&"x".repeat(MAX_BYTES)), "no");
        let mut expected = json!({"reason": "no", "event": event("")});
        expected["event"]["data"] = Value::Null;
        assert_eq!(written(&large), expected);
    }
}

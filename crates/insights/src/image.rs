//! Reads an event off an item as a table's stream delivers it.

use contracts::event::{Envelope, LAST_EVENT, LastEvent};
use jiff::Timestamp;
use kit::dynamo::{PK, SK};
use serde_dynamo::{AttributeValue, Item};
use serde_json::Value;

/// An item announces an event that this version of the code cannot read: an unknown type, or a state that is not there
/// or has no id and version.
#[derive(Debug, thiserror::Error)]
#[error("item {item} announces an event that cannot be read: {reason}")]
pub struct UnreadableImage {
    item: String,
    reason: String,
}

/// The event that an item's image announces; `None` when the item announces none.
///
/// # Errors
/// When it announces one that cannot be read.
pub fn envelope(image: &Item) -> Result<Option<Envelope>, UnreadableImage> {
    let Some(mark) = image.get(LAST_EVENT) else { return Ok(None) };
    read(image, mark).map(Some).map_err(|reason| UnreadableImage { item: name(image), reason })
}

fn read(image: &Item, mark: &AttributeValue) -> Result<Envelope, String> {
    let mark: LastEvent = serde_dynamo::from_attribute_value(mark.clone()).map_err(|error| error.to_string())?;
    let state = image.get(&mark.state).ok_or_else(|| format!("it has no attribute {}", mark.state))?;
    let data: Value = serde_dynamo::from_attribute_value(state.clone()).map_err(|error| error.to_string())?;
    let aggregate_id = data["id"].as_str().ok_or("its state has no id")?.to_owned();
    let version = data["version"].as_u64().ok_or("its state has no version")?;
    let at = Timestamp::from_millisecond(mark.at).map_err(|error| error.to_string())?;
    Ok(Envelope { event_type: mark.event_type, aggregate_id, version, at, data })
}

/// What to call an item in a log: its key. Keys of ours are made of ids and hold nothing private.
fn name(image: &Item) -> String {
    let part = |attribute| text(image, attribute).unwrap_or("?");
    format!("{}/{}", part(PK), part(SK))
}

/// The text in an attribute, if there is one.
pub(crate) fn text<'a>(image: &'a Item, attribute: &str) -> Option<&'a str> {
    match image.get(attribute) {
        Some(AttributeValue::S(text)) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use contracts::event::EventType;
    use serde_json::json;

    use super::*;

    fn image(value: &Value) -> Item {
        serde_dynamo::to_item(value).unwrap()
    }

    #[test]
    fn an_item_with_a_mark_becomes_its_event_and_nothing_secret_comes_along() {
        let item = image(&json!({
            "pk": "USR#1", "sk": "USR", "passwordHash": "$argon2id$", "profile": {"id": "usr_1", "version": 3, "name": "A"},
            "lastEvent": {"type": "identity.user-registered.v1", "at": 1_767_225_600_123_i64, "state": "profile"},
        }));
        let event = envelope(&item).unwrap().unwrap();
        assert_eq!(event.event_type, EventType::UserRegistered);
        assert_eq!(event.event_id(), "usr_1:3");
        assert_eq!(event.at.to_string(), "2026-01-01T00:00:00.123Z");
        assert_eq!(event.data, json!({"id": "usr_1", "version": 3, "name": "A"}));
    }

    #[test]
    fn an_item_without_a_mark_announces_nothing() {
        assert!(
            envelope(&image(&json!({"pk": "a", "sk": "b", "state": {"id": "x", "version": 1}}))).unwrap().is_none()
        );
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_key() {
        let mark = json!({"type": "booking.reservation-held.v1", "at": 0, "state": "state"});
        let broken = [
            (
                json!({"lastEvent": {"type": "booking.seat-blessed.v9", "at": 0, "state": "state"}}),
                "booking.seat-blessed.v9",
            ),
            (json!({"lastEvent": "yes"}), "Expected map"),
            (json!({"lastEvent": mark}), "no attribute state"),
            (json!({"lastEvent": mark, "state": {"version": 1}}), "no id"),
            (json!({"lastEvent": mark, "state": {"id": "rsv_1"}}), "no version"),
            (json!({"lastEvent": mark, "state": {"id": "rsv_1", "version": -1}}), "no version"),
        ];
        for (mut item, reason) in broken {
            item["pk"] = "RSV#1".into();
            item["sk"] = "RSV".into();
            let error = envelope(&image(&item)).unwrap_err().to_string();
            assert!(error.contains("RSV#1/RSV") && error.contains(reason), "{error}");
        }
    }
}

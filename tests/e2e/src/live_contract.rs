//! `docs/websocket.yaml`: which messages there are, and their forms.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Value, json};

/// The messages of the document.
#[derive(Debug)]
pub struct LiveContract {
    /// By what `type` says.
    told: BTreeMap<String, Validator>,
    /// What `action` may say.
    actions: Vec<String>,
}

impl LiveContract {
    /// The document of this checkout.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn get() -> &'static Self {
        static CONTRACT: OnceLock<LiveContract> = OnceLock::new();
        CONTRACT.get_or_init(|| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/websocket.yaml");
            let text = std::fs::read_to_string(path).expect("docs/websocket.yaml is readable");
            let document: Value = serde_saphyr::from_str(&text).expect("docs/websocket.yaml is YAML");
            Self::of(&document)
        })
    }

    fn of(document: &Value) -> Self {
        let messages = document["components"]["messages"].as_object().expect("the document has messages");
        let (mut told, mut actions) = (BTreeMap::new(), Vec::new());
        for message in messages.values() {
            let name = message["name"].as_str().expect("a message has a name").to_owned();
            // A refusal names an action, too.
            if message["payload"]["properties"]["action"]["const"].is_string() {
                actions.push(name);
                continue;
            }
            // References into `components` find them beside the schema.
            let root = json!({"allOf": [message["payload"]], "components": document["components"]});
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&root)
                .expect("the document's schemas are sound");
            told.insert(name, validator);
        }
        Self { told, actions }
    }

    /// What a client may ask for.
    #[must_use]
    pub fn actions(&self) -> &[String] {
        &self.actions
    }

    /// Checks a message of the server: of a documented type, and of its form.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, message: &Value) -> Result<(), String> {
        let kind = message["type"].as_str().ok_or("a message without a type")?;
        let validator = self.told.get(kind).ok_or_else(|| format!("{kind} is not documented"))?;
        let faults: Vec<_> =
            validator.iter_errors(message).map(|fault| format!("{} at {}", fault, fault.instance_path())).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_messages_are_told_from_those_that_are_none() {
        let contract = LiveContract::get();
        assert!(contract.actions().iter().any(|action| action == "ping"));
        assert!(!contract.actions().iter().any(|action| action == "error"));
        let at = "2026-11-26T09:00:02.123Z";
        let refusal = json!({
            "type": "error", "at": at, "title": "Not Found", "status": 404, "detail": "There is no such event.",
            "code": "not_found", "action": "join-event",
        });
        for right in [json!({"type": "pong", "at": at}), refusal] {
            assert_eq!(contract.check(&right), Ok(()));
        }
        for wrong in [
            json!({"type": "pong", "at": "yesterday"}),
            json!({"type": "pong"}),
            json!({"type": "pang", "at": "2026-11-26T09:00:02.123Z"}),
            json!({"message": "Internal server error"}),
        ] {
            assert!(contract.check(&wrong).is_err(), "{wrong}");
        }
    }
}

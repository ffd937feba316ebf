//! Lists: `?limit=` and `?cursor=`.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::problem::{Problem, Violation};

/// What `?limit=` may be at most.
pub const MAX_LIMIT: u32 = 100;

/// What it is when absent.
pub const DEFAULT_LIMIT: u32 = 20;

/// One page of a list, as it is answered.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page starts; absent on the last one.
    pub next_cursor: Option<String>,
}

/// Which page is asked for; flatten it into an operation's own query.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PageQuery {
    limit: Option<String>,
    cursor: Option<String>,
}

impl PageQuery {
    /// How many entries to answer.
    ///
    /// # Errors
    /// 422 when it is not a whole number from 1 to [`MAX_LIMIT`].
    pub fn limit(&self) -> Result<u32, Problem> {
        let Some(text) = &self.limit else { return Ok(DEFAULT_LIMIT) };
        text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)).ok_or_else(|| {
            Problem::invalid(vec![Violation {
                pointer: "/limit".into(),
                detail: format!("must be a whole number from 1 to {MAX_LIMIT}"),
            }])
        })
    }

    /// The position that the cursor names, if one was sent.
    ///
    /// # Errors
    /// 422 when it is not a cursor of ours.
    pub fn position<T: DeserializeOwned>(&self) -> Result<Option<T>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).map(Some).ok_or_else(
            || {
                Problem::invalid(vec![Violation {
                    pointer: "/cursor".into(),
                    detail: "is not a cursor of this list".into(),
                }])
            },
        )
    }
}

/// The cursor for a position. It is opaque to callers, not secret: whoever reads it must check it like any input.
///
/// # Errors
/// When the position does not serialise, a mistake of ours.
pub fn cursor<T: Serialize>(position: &T) -> Result<String, Problem> {
    serde_json::to_vec(position).map(|json| URL_SAFE_NO_PAD.encode(json)).map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_round_trip_and_refuse_nonsense() {
        let query = PageQuery { limit: None, cursor: Some(cursor(&("a", 7)).unwrap()) };
        assert_eq!(query.position::<(String, u32)>().unwrap(), Some(("a".into(), 7)));
        assert_eq!(query.limit().unwrap(), DEFAULT_LIMIT);
        for bad in ["0", "101", "-1", "x", ""] {
            let query = PageQuery { limit: Some(bad.into()), cursor: Some("%%".into()) };
            assert_eq!(query.limit().unwrap_err().status(), 422);
            assert_eq!(query.position::<u32>().unwrap_err().status(), 422);
        }
    }
}

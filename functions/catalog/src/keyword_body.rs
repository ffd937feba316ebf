//! A keyword mapping, as admins see it.

use contracts::catalog::KeywordState;
use contracts::ids::KeywordId;
use serde::Serialize;

/// A keyword mapping.
#[derive(Debug, Serialize)]
pub struct KeywordBody {
    id: KeywordId,
    version: u64,
    term: String,
    aliases: Vec<String>,
}

impl From<KeywordState> for KeywordBody {
    fn from(keyword: KeywordState) -> Self {
        Self { id: keyword.id, version: keyword.version, term: keyword.term, aliases: keyword.aliases }
    }
}

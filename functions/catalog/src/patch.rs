//! Members of a change that tell `null` from nothing.

use serde::{Deserialize, Deserializer};

/// A member that is there, though it may be `null`; absent ones are the field's default.
///
/// # Errors
/// When it is neither `null` nor a `T`.
pub fn present<'de, D, T>(member: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(member).map(Some)
}

//! What was read a moment ago: many requests of one environment share one reading.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;

/// How long an environment answers from the same reading.
const KEPT: SignedDuration = SignedDuration::from_secs(1);

/// Readings at most a second old.
#[derive(Debug)]
pub struct Recent<K, V> {
    known: Mutex<HashMap<K, (Timestamp, Arc<V>)>>,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self { known: Mutex::default() }
    }
}

impl<K: Eq + Hash, V> Recent<K, V> {
    /// The reading under this key, made by `read` unless there is one.
    ///
    /// # Errors
    /// Those of `read`.
    pub async fn get<E>(&self, key: K, now: Timestamp, read: impl Future<Output = Result<V, E>>) -> Result<Arc<V>, E> {
        // The lock is held while reading: concurrent requests wait for one reading instead of all reading.
        let mut known = self.known.lock().await;
        known.retain(|_, (read_at, _)| now.duration_since(*read_at).abs() < KEPT);
        if let Some((_, value)) = known.get(&key) {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(read.await?);
        known.insert(key, (now, Arc::clone(&value)));
        Ok(value)
    }
}

//! Logs: one JSON object a line on standard output, the form that CloudWatch Logs Insights queries.

use tracing_subscriber::EnvFilter;

/// Starts logging. `RUST_LOG` sets the level, `info` when absent. The second call in a process does nothing.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(filter)
        .with_writer(std::io::stdout)
        .try_init();
    // Tests of several functions share a process; the first subscriber serves them all.
    drop(started);
}

//! One cold start: process start, first question for an event, first answer.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tokio::time::timeout;

use crate::Failure;
use crate::contender::{Contender, Transport};
use crate::process::{PATIENCE, Process};
use crate::runtime_api::RuntimeApi;
use crate::tls::TlsProxy;

/// What one cold start took.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// From the start of the process to its first question for an event: Lambda's init.
    pub init: Duration,
    /// From handing it the event to having its answer: the first invocation.
    pub answer: Duration,
    /// CPU time of the init.
    pub init_cpu: Duration,
    /// CPU time of both.
    pub cpu: Duration,
    /// The most memory that was in use, in bytes.
    pub peak_memory: u64,
}

/// Starts the program, lets it answer `event`, and ends it.
///
/// # Errors
/// When it does not start, or answers anything but 201.
pub async fn start_once(
    contender: &Contender,
    variables: &[(String, String)],
    event: Vec<u8>,
    log: &Path,
) -> Result<Sample, Failure> {
    let api = RuntimeApi::start().await?;
    let process = Process::start(&contender.command, variables, &api, log)?;
    let failed = |what: &str| format!("{}: {what}\n{}", contender.title, process.output());
    let asked = timeout(PATIENCE, api.started()).await.map_err(|_| failed("does not ask for an event"))??;
    let init_cpu = process.cpu()?;
    let offered = std::time::Instant::now();
    let answer = timeout(PATIENCE, api.invoke(event)).await.map_err(|_| failed("does not answer"))??;
    let body = answer.outcome.map_err(|error| failed(&String::from_utf8_lossy(&error)))?;
    let status = serde_json::from_slice::<Value>(&body)?["statusCode"].clone();
    if status != 201 {
        return Err(failed(&format!("answered {}", String::from_utf8_lossy(&body))).into());
    }
    let (init, answer) = (asked - process.started, answer.at - offered);
    let used = process.end()?;
    Ok(Sample { init, answer, init_cpu, cpu: used.cpu, peak_memory: used.peak_memory })
}

/// Names and values of a process's environment.
pub type Variables = Vec<(String, String)>;

/// The variables of every contender over every transport.
#[must_use]
pub fn settings<'a>(
    contenders: &'a [Contender],
    plain: &str,
    proxy: &TlsProxy,
) -> Vec<(&'a Contender, Transport, Variables)> {
    let each = |transport| contenders.iter().map(move |contender| (contender, transport));
    let all = Transport::ALL.into_iter().flat_map(each);
    all.map(|(contender, transport)| (contender, transport, contender.variables(transport, plain, proxy))).collect()
}

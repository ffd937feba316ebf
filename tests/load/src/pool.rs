//! Execution environments of one function: a process each, which answers one event at a time and is kept for the next.
//! The first event without a free one starts another, up to a limit; beyond it events wait.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bench::runtime_api::{NoAnswer, RuntimeApi};
use bytes::Bytes;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Nothing takes longer, be it a start or an event: API Gateway would not wait longer either.
const LIMIT: Duration = Duration::from_secs(30);

/// What environments of a function are started from.
#[derive(Debug, Clone)]
pub struct Program {
    /// The function's name.
    pub function: String,
    /// The program's file.
    pub file: PathBuf,
    /// Its environment variables.
    pub variables: Vec<(String, String)>,
    /// What it prints is added here.
    pub log: PathBuf,
}

/// The environments of a function.
#[derive(Debug)]
pub struct Pool {
    program: Program,
    permits: Semaphore,
    free: Mutex<Vec<Environment>>,
    pids: Mutex<Vec<u32>>,
    invocations: AtomicU64,
    errors: AtomicU64,
    repeated: AtomicU64,
}

#[derive(Debug)]
struct Environment {
    api: RuntimeApi,
    /// Ends with this.
    process: Child,
}

impl Environment {
    /// What comes of it, unless the process ends first.
    async fn unless_it_ends<T>(
        process: &mut Child,
        work: impl Future<Output = Result<T, NoAnswer>>,
    ) -> Result<T, NoAnswer> {
        tokio::select! {
            outcome = work => outcome,
            _ = process.wait() => Err(NoAnswer::Ended),
        }
    }
}

/// An invocation did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The function answered with this error.
    #[error("{function} failed: {error}")]
    Function {
        /// Which one.
        function: String,
        /// The error document.
        error: String,
    },
    /// The environment did not start or ended.
    #[error("{function} gave no answer: {reason}")]
    Environment {
        /// Which one.
        function: String,
        /// Why.
        reason: String,
    },
}

impl Pool {
    /// Up to `most` environments of this program, none of them started yet.
    #[must_use]
    pub fn new(program: Program, most: usize) -> Arc<Self> {
        Arc::new(Self {
            program,
            permits: Semaphore::new(most),
            free: Mutex::default(),
            pids: Mutex::default(),
            invocations: AtomicU64::new(0),
            errors: AtomicU64::new(0),
            repeated: AtomicU64::new(0),
        })
    }

    /// Hands an event to a free environment, or to a new one, and waits for the answer.
    ///
    /// # Errors
    /// When the function fails, or its process does not start or ends.
    pub async fn invoke(&self, event: Bytes) -> Result<Bytes, Failed> {
        let failed = |reason: String| Failed::Environment { function: self.program.function.clone(), reason };
        let _permit = self.permits.acquire().await.map_err(|error| failed(error.to_string()))?;
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut environment = match free {
            Some(environment) => environment,
            None => self.start().await.map_err(|error| failed(error.to_string()))?,
        };
        let Environment { api, process } = &mut environment;
        let answer = timeout(LIMIT, Environment::unless_it_ends(process, api.invoke(event))).await;
        self.invocations.fetch_add(1, Ordering::Relaxed);
        let outcome = match answer {
            Ok(Ok(answer)) => {
                self.free.lock().unwrap_or_else(PoisonError::into_inner).push(environment);
                let error = |error: Bytes| String::from_utf8_lossy(&error).into_owned();
                answer.outcome.map_err(|document| Failed::Function {
                    function: self.program.function.clone(),
                    error: error(document),
                })
            }
            Ok(Err(NoAnswer::Init(reason))) => Err(failed(reason)),
            Ok(Err(NoAnswer::Ended)) => Err(failed("its process ended".to_owned())),
            Err(_) => Err(failed(format!("not within {} s", LIMIT.as_secs()))),
        };
        self.errors.fetch_add(outcome.is_err().into(), Ordering::Relaxed);
        outcome
    }

    /// Starts so many environments and waits until they ask for events.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn warm(&self, environments: usize) -> Result<(), Failed> {
        for _ in 0..environments {
            let failed = |reason: String| Failed::Environment { function: self.program.function.clone(), reason };
            let mut environment = self.start().await.map_err(|error| failed(error.to_string()))?;
            let Environment { api, process } = &mut environment;
            let started = timeout(LIMIT, Environment::unless_it_ends(process, api.started())).await;
            let started = started.map_err(|_| failed(format!("not within {} s", LIMIT.as_secs())))?;
            started.map_err(|error| failed(error.to_string()))?;
            self.free.lock().unwrap_or_else(PoisonError::into_inner).push(environment);
        }
        Ok(())
    }

    /// What its environments are started from.
    #[must_use]
    pub const fn program(&self) -> &Program {
        &self.program
    }

    /// The process ids of its environments.
    #[must_use]
    pub fn pids(&self) -> Vec<u32> {
        self.pids.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many events were handed out, and how many of them failed.
    #[must_use]
    pub fn counts(&self) -> (u64, u64) {
        (self.invocations.load(Ordering::Relaxed), self.errors.load(Ordering::Relaxed))
    }

    /// Notes that so much has to be handed over once more.
    pub fn repeat(&self, times: usize) {
        self.repeated.fetch_add(times as u64, Ordering::Relaxed);
    }

    /// How much had to be handed over once more.
    #[must_use]
    pub fn repeated(&self) -> u64 {
        self.repeated.load(Ordering::Relaxed)
    }

    async fn start(&self) -> std::io::Result<Environment> {
        let Program { function, file, variables, log } = &self.program;
        let api = RuntimeApi::start().await?;
        let log = append(log)?;
        let process = Command::new(file)
            .env_clear()
            .envs(variables.iter().cloned())
            .envs(api.variables(function))
            .stdin(Stdio::null())
            .stderr(log.try_clone()?)
            .stdout(log)
            .kill_on_drop(true)
            .spawn()?;
        self.pids.lock().unwrap_or_else(PoisonError::into_inner).extend(process.id());
        Ok(Environment { api, process })
    }
}

fn append(file: &Path) -> std::io::Result<std::fs::File> {
    std::fs::OpenOptions::new().create(true).append(true).open(file)
}

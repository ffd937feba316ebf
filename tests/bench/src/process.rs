//! Starts a program as Lambda does, and says what it has used.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use crate::Failure;
use crate::runtime_api::RuntimeApi;

/// The longest that starting, or one answer, may take.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running program.
#[derive(Debug)]
pub struct Process {
    /// Until it is known to have ended: its id may be somebody else's after that.
    child: Option<Child>,
    /// When it was started.
    pub started: Instant,
    log: PathBuf,
}

/// What a program has used from its start to its end.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// CPU time, its own and the kernel's for it.
    pub cpu: Duration,
    /// The most memory it had at once, in bytes.
    pub peak_memory: u64,
}

impl Process {
    /// Starts a program that finds its Runtime API by `api`; what it prints goes into `log`. Of our own environment it
    /// sees nothing but the path.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(
        command: &[String],
        variables: &[(String, String)],
        api: &RuntimeApi,
        log: &Path,
    ) -> Result<Self, Failure> {
        let (program, arguments) = command.split_first().ok_or("no program to start")?;
        let output = std::fs::File::create(log)?;
        let mut prepared = Command::new(program);
        prepared
            .args(arguments)
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .envs(api.variables("reserve-seats"))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let started = Instant::now();
        let child = prepared.spawn().map_err(|error| format!("{program} does not start: {error}"))?;
        Ok(Self { child: Some(child), started, log: log.to_owned() })
    }

    /// CPU time of the threads that are there now.
    ///
    /// # Errors
    /// When the program has ended.
    pub fn cpu(&self) -> Result<Duration, Failure> {
        let mut total = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.id()?))? {
            let facts = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            total += facts.split(' ').next().unwrap_or_default().parse::<u64>()?;
        }
        Ok(Duration::from_nanos(total))
    }

    /// Ends the program, as Lambda does: without asking.
    ///
    /// # Errors
    /// When it has ended by itself.
    pub fn end(mut self) -> Result<Used, Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id()?))?;
        // Not the kernel's count for ended processes: that begins with what this program had when it started the other.
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        let peak = peak.ok_or_else(|| format!("it has ended:\n{}", self.output()))?;
        let peak_memory = peak.trim().parse::<u64>()? * 1024;
        let mut child = self.child.take().ok_or("it has ended")?;
        child.kill()?;
        let used = child.wait4()?.rusage;
        Ok(Used { cpu: used.utime + used.stime, peak_memory })
    }

    /// Asks the program to end, and waits until it has.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn ask_to_end(mut self) -> Result<(), Failure> {
        let mut child = self.child.take().ok_or("it has ended")?;
        Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        let deadline = Instant::now() + PATIENCE;
        while child.try_wait()?.is_none() {
            if Instant::now() > deadline {
                child.kill()?;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// The process id.
    ///
    /// # Errors
    /// When it has ended.
    pub fn id(&self) -> Result<u32, Failure> {
        Ok(self.child.as_ref().ok_or("it has ended")?.id())
    }

    /// What the program has printed.
    #[must_use]
    pub fn output(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

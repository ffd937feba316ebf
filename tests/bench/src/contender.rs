//! The programs that are measured.

use std::path::{Path, PathBuf};

use crate::hall::TABLE;
use crate::tls::TlsProxy;

/// How a program is told whom to trust besides, or instead of, whom it knows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// By `SSL_CERT_FILE`: all authorities of the machine, and ours.
    Rust,
    /// By `SSL_CERT_FILE`: those that Jari's functions have built in, which they would then not read, and ours.
    Jari,
    /// By `NODE_EXTRA_CA_CERTS`: ours, the others are built in.
    Node,
    /// By `AWS_CA_BUNDLE`: all authorities.
    Python,
}

/// A program that holds seats.
#[derive(Debug, Clone)]
pub struct Contender {
    /// Its name in files.
    pub key: String,
    /// Its name in tables.
    pub title: String,
    /// How it is started.
    pub command: Vec<String>,
    /// What is deployed of it.
    pub deployed: PathBuf,
    /// How it learns whom to trust.
    pub trust: Trust,
    /// Where its packages are, for a program that has to be told.
    pub packages: Option<PathBuf>,
}

/// How DynamoDB is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// HTTP.
    Plain,
    /// HTTPS through the proxy.
    Tls,
}

impl Transport {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Plain, Self::Tls];

    /// Its name in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Tls => "tls",
        }
    }
}

impl Contender {
    /// A Rust program.
    #[must_use]
    pub fn rust(key: &str, title: &str, program: &Path, trust: Trust) -> Self {
        Self {
            key: key.to_owned(),
            title: title.to_owned(),
            command: vec![program.display().to_string()],
            deployed: program.to_owned(),
            trust,
            packages: None,
        }
    }

    /// The environment that Lambda and the template would give it.
    #[must_use]
    pub fn variables(&self, transport: Transport, plain: &str, proxy: &TlsProxy) -> Vec<(String, String)> {
        let endpoint = match transport {
            Transport::Plain => plain,
            Transport::Tls => &proxy.endpoint,
        };
        let bundle = proxy.bundle.display().to_string();
        let trusted = match self.trust {
            Trust::Rust => ("SSL_CERT_FILE", bundle),
            Trust::Jari => ("SSL_CERT_FILE", proxy.few.display().to_string()),
            Trust::Node => ("NODE_EXTRA_CA_CERTS", proxy.authority.display().to_string()),
            Trust::Python => ("AWS_CA_BUNDLE", bundle),
        };
        let mut variables = vec![
            ("AWS_REGION", "us-east-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_SESSION_TOKEN", "test"),
            ("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
            ("BOOKING_TABLE", TABLE),
            ("ADMISSION_SECRET_ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:admission"),
            ("RUST_LOG", "info"),
            ("LANG", "en_US.UTF-8"),
            ("TZ", ":UTC"),
        ];
        // A Rust program without it reads the machine's authorities twice, once from a file and once from a folder.
        if transport == Transport::Tls || self.trust == Trust::Rust {
            variables.push((trusted.0, &trusted.1));
        }
        let packages = self.packages.as_deref().map(|path| path.display().to_string());
        variables.extend(packages.as_deref().map(|path| ("PYTHONPATH", path)));
        variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// How large what is deployed is, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        size(&self.deployed)
    }
}

fn size(path: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(path) else {
        return std::fs::metadata(path).map(|facts| facts.len()).unwrap_or_default();
    };
    entries.flatten().filter(|entry| !entry.path().is_symlink()).map(|entry| size(&entry.path())).sum()
}

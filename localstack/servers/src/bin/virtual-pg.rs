//! The virtual PG as a program: `virtual-pg --port 4570 --callback-url http://… --state-file pg.json`.

use std::error::Error;
use std::process::ExitCode;

use jari_local_servers::args::Args;
use jari_local_servers::server;
use jari_local_servers::virtual_pg::{self, Config};

const FLAGS: [&str; 4] = ["--port", "--secret-key", "--callback-url", "--state-file"];

#[tokio::main]
async fn main() -> ExitCode {
    server::init_logging();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "virtual PG cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let args = Args::parse(std::env::args().skip(1), &FLAGS)?;
    let defaults = Config::default();
    let handle = virtual_pg::spawn(Config {
        port: args.require("--port")?,
        secret_key: args.get("--secret-key")?.unwrap_or(defaults.secret_key),
        callback_url: args.get("--callback-url")?,
        state_file: args.get("--state-file")?,
        ..Config::default()
    })
    .await?;
    tracing::info!(url = handle.url, "virtual PG is ready");
    server::stop_requested().await?;
    handle.stop().await?;
    Ok(())
}

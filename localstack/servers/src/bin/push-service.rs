//! The push service as a program: `push-service --port 4574`.

use std::error::Error;
use std::process::ExitCode;

use jari_local_servers::args::Args;
use jari_local_servers::{push_service, server};

#[tokio::main]
async fn main() -> ExitCode {
    server::init_logging();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the push service cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let args = Args::parse(std::env::args().skip(1), &["--port"])?;
    let handle = push_service::spawn(args.require("--port")?).await?;
    tracing::info!(url = handle.url, "the push service is ready");
    server::stop_requested().await?;
    Ok(())
}

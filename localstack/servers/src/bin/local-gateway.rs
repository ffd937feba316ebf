//! The gateway as a program:
//! `local-gateway --port 3000 --api-url http://… --websocket-url ws://… --aws-endpoint http://… --checkout-url http://…
//! --web web/dist`.

use std::error::Error;
use std::process::ExitCode;

use jari_local_servers::args::Args;
use jari_local_servers::gateway::{self, Config};
use jari_local_servers::server;

const FLAGS: [&str; 6] = ["--port", "--api-url", "--websocket-url", "--aws-endpoint", "--checkout-url", "--web"];

#[tokio::main]
async fn main() -> ExitCode {
    server::init_logging();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the gateway cannot run");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let args = Args::parse(std::env::args().skip(1), &FLAGS)?;
    let handle = gateway::spawn(Config {
        port: args.require("--port")?,
        api_url: args.require("--api-url")?,
        websocket_url: args.require("--websocket-url")?,
        aws_endpoint: args.require("--aws-endpoint")?,
        checkout_url: args.require("--checkout-url")?,
        web: args.get("--web")?,
    })
    .await?;
    tracing::info!(url = handle.url, "the gateway is ready");
    server::stop_requested().await?;
    Ok(())
}

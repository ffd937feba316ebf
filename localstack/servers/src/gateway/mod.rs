//! The front door on a laptop: `http://localhost:3000` for pages, `/api/v1` and `/ws`.
//!
//! What a web distribution does in production, this does here: it passes `/api/v1/…` on to the
//! HTTP API as it is and keeps answers that never change, `/ws` on to the WebSocket API, and serves the built pages for the rest.
//! `X-Forwarded-For` ends in the address of whoever connected, as behind API Gateway.

mod cache;
mod pages;
mod problem;
mod proxy;
mod socket;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use tokio::task::JoinHandle;

use proxy::Upstream;
use socket::Sockets;

/// How the gateway runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Port on 127.0.0.1 and `[::1]`; 0 means any free one.
    pub port: u16,
    /// Where the API answers; `/api/v1/…` is appended as it came.
    pub api_url: String,
    /// Where the WebSocket API answers: `ws://…`, with its stage.
    pub websocket_url: String,
    /// The local AWS: where pictures come from, and a link of the page for demonstrations.
    pub aws_endpoint: String,
    /// The payment gateway's own page, which buyers are sent to.
    pub checkout_url: String,
    /// Folder of the built pages; it may come to be later. Without it `/` is the page for demonstrations.
    pub web: Option<PathBuf>,
}

/// A running gateway; it stops when this is dropped.
#[derive(Debug)]
pub struct Handle {
    /// Base address, without a slash at its end.
    pub url: String,
    servers: Vec<JoinHandle<()>>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        for server in &self.servers {
            server.abort();
        }
    }
}

/// Starts a gateway on 127.0.0.1 and, where the machine has IPv6, on `[::1]`.
///
/// # Errors
/// A port that is taken, or an HTTP client that cannot be built.
pub async fn spawn(config: Config) -> std::io::Result<Handle> {
    let v4 = crate::server::listen_v4(config.port)?;
    let address = v4.local_addr()?;
    let mut listeners = vec![v4];
    match crate::server::listen_v6(address.port()) {
        Ok(v6) => listeners.push(v6),
        Err(error) => tracing::info!(%error, "not listening on [::1]"),
    }
    let routes = routes(&config)?.into_make_service_with_connect_info::<SocketAddr>();
    let servers = listeners
        .into_iter()
        .map(|listener| {
            let routes = routes.clone();
            tokio::spawn(async move {
                if let Err(error) = axum::serve(listener, routes).await {
                    tracing::error!(%error, "gateway stopped");
                }
            })
        })
        .collect();
    Ok(Handle { url: format!("http://{address}"), servers })
}

fn routes(config: &Config) -> std::io::Result<Router> {
    let upstream = Upstream::new(&config.api_url).map_err(std::io::Error::other)?;
    let sockets = Sockets::new(&config.websocket_url);
    Ok(Router::new()
        .route("/ws", any(socket::connect).with_state(Arc::new(sockets)))
        .route("/api/v1", any(proxy::forward))
        .route("/api/v1/{*path}", any(proxy::forward))
        .with_state(Arc::new(upstream))
        .merge(pages::routes(config)?))
}

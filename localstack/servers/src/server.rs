//! What every server of this package does alike: bind to loopback, log, stop on a signal.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{TcpListener, TcpSocket};

/// Pending connections the kernel keeps while the server is busy; a burst of buyers arrives at once.
const BACKLOG: u32 = 1024;

/// Listens on `127.0.0.1:port`; `port` 0 means any free one.
///
/// # Errors
/// The operating system's, most often that the port is taken.
pub fn listen_v4(port: u16) -> std::io::Result<TcpListener> {
    listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
}

/// Listens on `[::1]:port`, which is what `localhost` means first on many machines.
///
/// # Errors
/// The operating system's; a machine without IPv6 answers `AddrNotAvailable`.
pub fn listen_v6(port: u16) -> std::io::Result<TcpListener> {
    listen(SocketAddr::from((Ipv6Addr::LOCALHOST, port)))
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    // Connections have it from here. Without it the second half of an answer waits until the first was acknowledged, 40 ms.
    socket.set_nodelay(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Writes log lines to standard output; `RUST_LOG` chooses how many.
pub fn init_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).init();
}

/// Completes when the process is asked to stop (SIGTERM or Ctrl-C).
///
/// # Errors
/// The operating system's, if a signal handler cannot be installed.
pub async fn stop_requested() -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        result = tokio::signal::ctrl_c() => result,
    }
}

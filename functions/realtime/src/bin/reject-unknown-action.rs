//! Route `$default`.

use realtime_functions::{Setup, reject_unknown_action, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let desk = Setup::start().await.desk()?;
    socket::run("reject-unknown-action", &desk, reject_unknown_action::handle).await
}

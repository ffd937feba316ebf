//! Route `ping`.

use realtime_functions::{Setup, answer_ping, socket};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let desk = Setup::start().await.desk()?;
    socket::run("answer-ping", &desk, answer_ping::handle).await
}

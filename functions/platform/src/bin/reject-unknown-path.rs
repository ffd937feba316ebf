//! Every path that no other function serves (`$default`).

use platform_functions::reject_unknown_path;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::http::run("reject-unknown-path", |call| async move { reject_unknown_path::handle(&call) }).await
}

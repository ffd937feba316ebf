//! `POST /auth/login`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let sessions = identity_functions::sessions_from_env().await?;
    kit::http::run("log-in", |call| identity_functions::log_in::handle(&sessions, call)).await
}

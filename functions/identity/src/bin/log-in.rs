//! `POST /auth/login`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let sessions = identity_functions::sessions_from_env().await?;
    let origin = identity_functions::origin_from_env().await?;
    kit::http::run("log-in", |call| identity_functions::log_in::handle(&sessions, &origin, call)).await
}

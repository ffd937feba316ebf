//! `POST /auth/refresh`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let sessions = identity_functions::sessions_from_env().await?;
    kit::http::run("refresh-session", |call| identity_functions::refresh_session::handle(&sessions, call)).await
}

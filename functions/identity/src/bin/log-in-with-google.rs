//! `POST /auth/google`

use identity_functions::log_in_with_google::handle;

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let google = identity_functions::google_from_env().await?;
    let sessions = identity_functions::sessions_from_env().await?;
    kit::http::run("log-in-with-google", |call| handle(google.as_ref(), &sessions, call)).await
}

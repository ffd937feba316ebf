//! `GET /auth/google`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let google = identity_functions::google_from_env().await?;
    kit::http::run("start-google-log-in", |call| identity_functions::start_google_log_in::handle(google.as_ref(), call))
        .await
}

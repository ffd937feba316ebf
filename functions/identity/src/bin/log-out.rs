//! `POST /auth/logout`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let accounts = identity_functions::accounts_from_env().await?;
    kit::http::run("log-out", |call| identity_functions::log_out::handle(&accounts, call)).await
}

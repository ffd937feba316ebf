//! `PATCH /users/me`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let accounts = identity_functions::accounts_from_env().await?;
    kit::http::run("update-my-profile", |call| identity_functions::update_my_profile::handle(&accounts, call)).await
}

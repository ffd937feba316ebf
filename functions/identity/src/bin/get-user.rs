//! `GET /users/{userId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let accounts = identity_functions::accounts_from_env().await?;
    kit::http::run("get-user", |call| identity_functions::get_user::handle(&accounts, call)).await
}

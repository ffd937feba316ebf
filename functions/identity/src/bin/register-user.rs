//! `POST /auth/register`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let sessions = identity_functions::sessions_from_env().await?;
    kit::http::run("register-user", |call| identity_functions::register_user::handle(&sessions, call)).await
}

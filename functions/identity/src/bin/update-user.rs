//! `PATCH /admin/users/{userId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let administration = identity_functions::administration_from_env().await?;
    kit::http::run("update-user", |call| identity_functions::update_user::handle(&administration, call)).await
}

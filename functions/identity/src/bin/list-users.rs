//! `GET /admin/users`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let administration = identity_functions::administration_from_env().await?;
    kit::http::run("list-users", |call| identity_functions::list_users::handle(&administration, call)).await
}

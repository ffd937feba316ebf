//! `POST /admin/images`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let uploads = catalog_functions::sign_image_upload::Uploads::from_env().await?;
    kit::http::run("sign-image-upload", |call| catalog_functions::sign_image_upload::handle(&uploads, call)).await
}

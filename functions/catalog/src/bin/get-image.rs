//! `GET /admin/images/{imageId}`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let images = catalog_functions::get_image::Images::from_env().await?;
    kit::http::run("get-image", |call| catalog_functions::get_image::handle(&images, call)).await
}

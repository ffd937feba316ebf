//! Worker behind the queue `sale-news`.

use waiting_room_functions::{Setup, apply_sale_news};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let store = Setup::from_env().await.store()?;
    kit::worker::run("apply-sale-news", |delivery| apply_sale_news::handle(&store, delivery)).await
}

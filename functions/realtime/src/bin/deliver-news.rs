//! Worker behind the queue `live-news`.

use realtime::news::PersonalNews;
use realtime_functions::{Setup, deliver_news};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let setup = Setup::start().await;
    let news = PersonalNews::new(setup.store()?, setup.poster()?);
    kit::worker::run("deliver-news", |delivery| Box::pin(deliver_news::handle(&news, delivery))).await
}

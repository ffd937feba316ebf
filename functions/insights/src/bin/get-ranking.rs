//! `GET /events/ranking`

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let rankings = insights_functions::rankings_from_env().await?;
    kit::http::run("get-ranking", |call| insights_functions::get_ranking::handle(&rankings, call)).await
}

//! Invoked with an `AdmitBuyer` when it is somebody's turn; answers an `EntryAnswer`.

use contracts::waiting_room::AdmitBuyer;
use lambda_runtime::{LambdaEvent, service_fn};
use waiting_room_functions::{Setup, admit_buyer};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    kit::telemetry::init();
    let desk = &Setup::from_env().await.desk().await?;
    let answer = |event: LambdaEvent<AdmitBuyer>| admit_buyer::handle(desk, event.payload);
    lambda_runtime::run(service_fn(answer)).await
}

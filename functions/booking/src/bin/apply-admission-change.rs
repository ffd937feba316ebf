//! Worker behind the queue `admissions`.

use booking_functions::{App, apply_admission_change};

#[tokio::main(flavor = "current_thread")]
async fn main() -> kit::MainResult {
    let app = App::from_env().await?;
    kit::worker::run("apply-admission-change", |delivery| apply_admission_change::handle(&app, delivery)).await
}

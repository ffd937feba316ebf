//! Taking a keyword mapping back.

use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;

/// 204; its words stand for themselves again.
///
/// # Errors
/// 404 when it is not there, or no more.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    app.catalog.remove_keyword(call.path_id("keywordId")?, Timestamp::now()).await?;
    Ok(Reply::no_content())
}

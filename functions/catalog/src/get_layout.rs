//! One layout, to draw it.

use kit::http::{Call, Reply};
use kit::problem::Problem;

use crate::App;
use crate::dto::LayoutBody;

/// 200 with the geometry, to be kept for ever.
///
/// # Errors
/// 404 when there is none.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    let layout = app.catalog.layout(call.path_id("layoutId")?).await?;
    Ok(Reply::ok(&LayoutBody::from(layout))?.immutable())
}

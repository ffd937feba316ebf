//! Storing a venue's geometry.

use contracts::catalog::{Geometry, Section};
use contracts::geometry::inflate;
use contracts::ids::LayoutId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::{Problem, Violation};
use serde::Deserialize;

use crate::App;
use crate::dto::LayoutBody;
use crate::manager::manager;

/// The geometry is either plain, in `sections`, or compressed, in `geometry`: base64 of the gzip of `{"sections": […]}`.
/// A body may have 256 KB; that is some 3,000 seats in plain and the largest layout there may be when compressed.
#[derive(Deserialize)]
struct Request {
    name: String,
    sections: Option<Vec<Section>>,
    geometry: Option<String>,
}

/// 201 with the layout. Pointers to what is wrong with a compressed geometry start with `/geometry/sections`.
///
/// # Errors
/// 422 for an unsound or too large layout.
pub async fn handle(app: &App, call: Call) -> Result<Reply, Problem> {
    manager(&call)?;
    let Request { name, sections, geometry } = call.body()?;
    let (geometry, root) = match (sections, geometry) {
        (Some(sections), None) => (Geometry { sections }, ""),
        (None, Some(compressed)) => (decompressed(&compressed)?, "/geometry"),
        _ => return Err(invalid("/sections", "must be given, or a geometry, but not both")),
    };
    let layout = app.catalog.create_layout(LayoutId::generate(), &name, &geometry, root, Timestamp::now()).await?;
    Reply::created(&LayoutBody::from(layout))
}

fn decompressed(text: &str) -> Result<Geometry, Problem> {
    let json = inflate(text).map_err(|error| invalid("/geometry", error.to_string()))?;
    serde_json::from_slice(&json).map_err(|error| invalid("/geometry", format!("does not hold sections: {error}")))
}

fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
    Problem::invalid(vec![Violation { pointer: pointer.into(), detail: detail.into() }])
}

//! Layouts: storing a venue's geometry, for ever.

use std::collections::BTreeMap;

use contracts::catalog::{Geometry, LayoutState};
use contracts::geometry::{MAX_PACKED_BYTES, pack, unpack};
use contracts::ids::LayoutId;
use jiff::Timestamp;
use kit::validate::Checks;

use crate::domain::layout::{check, seat_count, section_seats};
use crate::store::LayoutSummary;
use crate::{Catalog, Error};

/// The longest plain JSON of a geometry, in bytes: a function's answer may have 6 MB, and the rest of it needs room.
pub const MAX_PLAIN_BYTES: usize = 5_000_000;

/// A layout, ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// What it is, without its geometry.
    pub summary: LayoutSummary,
    /// Its geometry.
    pub geometry: Geometry,
}

impl Catalog {
    /// Stores a layout. `root` is where the geometry stood in the caller's body, for the pointers to what is wrong.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unsound or too large one.
    pub async fn create_layout(
        &self,
        id: LayoutId,
        name: &str,
        geometry: &Geometry,
        root: &str,
        now: Timestamp,
    ) -> Result<Layout, Error> {
        let mut checks = Checks::new();
        check(name, geometry, root, &mut checks);
        checks.done().map_err(Error::Invalid)?;

        let packed = pack(geometry);
        // What is stored is what everybody gets: positions to a thousandth.
        let geometry = unpack(&packed)?;
        let plain_bytes = serde_json::to_vec(&geometry).map_or(usize::MAX, |json| json.len());
        checks
            .ensure(
                packed.len() <= MAX_PACKED_BYTES && plain_bytes <= MAX_PLAIN_BYTES,
                format!("{root}/sections"),
                format!(
                    "is too large: {} bytes packed ({MAX_PACKED_BYTES} allowed), {plain_bytes} plain ({MAX_PLAIN_BYTES} allowed)",
                    packed.len()
                ),
            )
            .done()
            .map_err(Error::Invalid)?;

        let seats = u32::try_from(seat_count(&geometry)).unwrap_or(u32::MAX);
        let layout = LayoutState { id, version: 1, name: name.trim().to_owned(), seat_count: seats, geometry: packed };
        let summary = summary(&layout, &geometry);
        self.store.create_layout(&layout, &summary, now).await?;
        Ok(Layout { summary, geometry })
    }

    /// One layout.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub async fn layout(&self, id: LayoutId) -> Result<Layout, Error> {
        let layout = self.store.layout(id).await?.ok_or(Error::NotFound)?;
        let geometry = unpack(&layout.geometry)?;
        Ok(Layout { summary: summary(&layout, &geometry), geometry })
    }

    /// The sections of a layout with the number of seats of each; `None` when there is no such layout.
    ///
    /// # Errors
    /// When the table does not answer.
    pub(crate) async fn sections(&self, id: LayoutId) -> Result<Option<BTreeMap<String, u32>>, Error> {
        let Some(mut summary) = self.store.layout_summary(id).await? else {
            return Ok(None);
        };
        if summary.section_seats.len() != summary.section_ids.len() {
            // Stored before seats were counted by section.
            summary = self.layout(id).await?.summary;
        }
        Ok(Some(summary.section_ids.into_iter().zip(summary.section_seats).collect()))
    }

    /// A page of layouts, newest first, and after which one the next page starts, if there is one.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn layouts(
        &self,
        after: Option<LayoutId>,
        limit: u32,
    ) -> Result<(Vec<LayoutSummary>, Option<LayoutId>), Error> {
        let (summaries, more) = self.store.layout_summaries(after, limit).await?;
        let next = summaries.last().filter(|_| more).map(|last| last.id);
        Ok((summaries, next))
    }
}

fn summary(layout: &LayoutState, geometry: &Geometry) -> LayoutSummary {
    LayoutSummary {
        id: layout.id,
        version: layout.version,
        name: layout.name.clone(),
        seat_count: layout.seat_count,
        section_ids: geometry.sections.iter().map(|section| section.id.clone()).collect(),
        section_seats: geometry.sections.iter().map(section_seats).collect(),
    }
}

//! Everything that the search knows, in one object.
//!
//! Gzipped lines of JSON: first the format, then a change a line, last the stamp of the latest of them. What has no
//! last line was cut off. A snapshot is the beginning of the list of changes with all that was overtaken left out, so
//! that an index is built from it in the same way as from the table.

use std::io::{BufRead as _, BufReader, Error, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::index::Change;
use crate::store::Stamp;

/// Raised with every change that code before it could not read.
const FORMAT: u32 = 1;

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It was cut off, or is no snapshot at all.
    #[error("the snapshot is unreadable")]
    Unreadable(#[from] Error),
    /// Other code wrote it.
    #[error("the snapshot has format {0}, not {FORMAT}")]
    OtherFormat(u32),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Line {
    Format(u32),
    Change(Change),
    Latest(String),
}

/// A snapshot in the making.
#[derive(Debug)]
pub struct Writer {
    lines: GzEncoder<Vec<u8>>,
    changes: usize,
    latest: Option<Stamp>,
}

impl Writer {
    /// With nothing in it.
    ///
    /// # Errors
    /// None that memory can cause.
    pub fn new() -> Result<Self, Error> {
        let mut lines = GzEncoder::new(Vec::new(), Compression::default());
        write(&mut lines, &Line::Format(FORMAT))?;
        Ok(Self { lines, changes: 0, latest: None })
    }

    /// Adds a change.
    ///
    /// # Errors
    /// When it does not serialise, a mistake of ours.
    pub fn add(&mut self, stamp: Stamp, change: Change) -> Result<(), Error> {
        self.changes += 1;
        self.latest = self.latest.take().max(Some(stamp));
        write(&mut self.lines, &Line::Change(change))
    }

    /// The object, how many changes are in it, and the stamp of the latest.
    ///
    /// # Errors
    /// None that memory can cause.
    pub fn finish(mut self) -> Result<(Vec<u8>, usize, Option<Stamp>), Error> {
        let latest = self.latest.as_ref().map(Stamp::to_string).unwrap_or_default();
        write(&mut self.lines, &Line::Latest(latest))?;
        Ok((self.lines.finish()?, self.changes, self.latest))
    }
}

/// Hands all changes of a snapshot to `take`; the stamp of the latest.
///
/// # Errors
/// When it is none, cut off, or in another format; what was handed out before is right all the same.
pub fn read(object: &[u8], mut take: impl FnMut(Change)) -> Result<Stamp, SnapshotError> {
    let mut lines = BufReader::new(GzDecoder::new(object));
    let mut text = String::new();
    let mut next = || -> Result<Line, Error> {
        text.clear();
        lines.read_line(&mut text)?;
        Ok(serde_json::from_str(&text)?)
    };
    match next()? {
        Line::Format(FORMAT) => {}
        Line::Format(other) => return Err(SnapshotError::OtherFormat(other)),
        _ => return Err(Error::other("the format is missing").into()),
    }
    loop {
        match next()? {
            Line::Change(change) => take(change),
            Line::Latest(stamp) => return Ok(Stamp::new(stamp)),
            Line::Format(_) => return Err(Error::other("the format stands in the middle").into()),
        }
    }
}

fn write(lines: &mut GzEncoder<Vec<u8>>, line: &Line) -> Result<(), Error> {
    serde_json::to_writer(&mut *lines, line)?;
    lines.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use contracts::ids::EventId;

    use super::*;

    fn changes() -> Vec<Change> {
        let popularity = |tickets| Change::Popularity { event_id: EventId::generate(), tickets, revision: 1 };
        (0..100).map(popularity).collect()
    }

    fn snapshot(changes: &[Change]) -> Vec<u8> {
        let mut writer = Writer::new().unwrap();
        for (index, change) in changes.iter().enumerate() {
            writer.add(Stamp::new(format!("{:015}#x", index)), change.clone()).unwrap();
        }
        writer.finish().unwrap().0
    }

    #[test]
    fn what_was_written_is_read() {
        let changes = changes();
        let mut found = Vec::new();
        let latest = read(&snapshot(&changes), |change| found.push(change)).unwrap();
        assert_eq!((found, latest.to_string()), (changes, "000000000000099#x".to_owned()));
    }

    #[test]
    fn what_is_no_whole_snapshot_of_this_format_is_refused() {
        let whole = snapshot(&changes());
        for end in (0..whole.len() - 100).step_by(31) {
            assert!(read(&whole[..end], drop).is_err(), "{end} of {} bytes", whole.len());
        }
        let other = |line: &str| {
            let mut lines = GzEncoder::new(Vec::new(), Compression::fast());
            lines.write_all(line.as_bytes()).unwrap();
            lines.finish().unwrap()
        };
        assert!(matches!(read(&other("{\"format\":2}\n"), drop), Err(SnapshotError::OtherFormat(2))));
        for bad in ["", "{\"latest\":\"\"}\n", "{\"format\":1}\n", "{\"format\":1}\n{\"format\":1}\n", "<xml/>"] {
            assert!(read(&other(bad), drop).is_err(), "{bad}");
        }
    }
}

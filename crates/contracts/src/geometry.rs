//! Geometry on its way through items and queues: small enough for one DynamoDB item and one SQS message.
//!
//! The packed form is JSON in columns, one list per property and block, compressed by gzip, in base64. Positions are
//! whole thousandths of the layout's unit, each told as its distance from the seat before. Like stands beside like,
//! so that 20,000 seats need about 80 kB in straight rows and 135 kB on arcs, half of what their plain JSON would.

use std::io::{Read as _, Write as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};

use crate::catalog::{Block, Geometry, Seat, Section};

/// The longest packed geometry that a layout may have, in bytes. A queue message carries it inside an envelope and
/// must stay under 256 KiB.
pub const MAX_PACKED_BYTES: usize = 180_000;

/// The most that [`inflate`] inflates, in bytes: plain JSON of some 150,000 seats, and harmless in a small function.
pub const MAX_INFLATED_BYTES: usize = 16 * 1024 * 1024;

/// Steps in one unit of the layout: the precision of positions.
const STEPS_PER_UNIT: f64 = 1000.0;

/// A text is not base64 of gzip, or not a harmless one.
#[derive(Debug, thiserror::Error)]
pub enum InflateError {
    /// Not standard base64.
    #[error("is not base64")]
    NotBase64(#[from] base64::DecodeError),
    /// Not gzip, cut short, or its checksum is wrong.
    #[error("is not gzip-compressed")]
    NotGzip(#[from] std::io::Error),
    /// Inflates to more than [`MAX_INFLATED_BYTES`].
    #[error("inflates to more than {MAX_INFLATED_BYTES} bytes")]
    TooLarge,
}

/// A text is not a packed geometry.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// There is nothing readable in it.
    #[error(transparent)]
    Inflate(#[from] InflateError),
    /// The JSON in it is not what [`pack`] writes.
    #[error("does not hold a packed geometry")]
    NotAGeometry(#[from] serde_json::Error),
    /// The columns of a block differ in length.
    #[error("block {0} has columns of different lengths")]
    Ragged(String),
}

#[derive(Serialize, Deserialize)]
struct PackedGeometry {
    sections: Vec<PackedSection>,
}

#[derive(Serialize, Deserialize)]
struct PackedSection {
    id: String,
    name: String,
    blocks: Vec<PackedBlock>,
}

#[derive(Default, Serialize, Deserialize)]
struct PackedBlock {
    id: String,
    ids: Vec<String>,
    labels: Vec<String>,
    rows: Vec<String>,
    x: Vec<i64>,
    y: Vec<i64>,
    /// Slots of the accessible seats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    accessible: Vec<usize>,
}

/// The packed form of a geometry. The same geometry always packs to the same text.
///
/// Positions are kept to a thousandth of the layout's unit; everything else exactly.
#[must_use]
#[expect(clippy::expect_used, reason = "infallible")]
pub fn pack(geometry: &Geometry) -> String {
    let section = |section: &Section| PackedSection {
        id: section.id.clone(),
        name: section.name.clone(),
        blocks: section.blocks.iter().map(pack_block).collect(),
    };
    let columns = PackedGeometry { sections: geometry.sections.iter().map(section).collect() };
    let json = serde_json::to_vec(&columns).expect("texts and whole numbers always serialise");
    deflate(&json)
}

/// The geometry that [`pack`] packed.
///
/// # Errors
/// When the text is not one of [`pack`]'s, or would inflate beyond [`MAX_INFLATED_BYTES`].
pub fn unpack(packed: &str) -> Result<Geometry, UnpackError> {
    let columns: PackedGeometry = serde_json::from_slice(&inflate(packed)?)?;
    let section = |section: PackedSection| {
        let blocks = section.blocks.into_iter().map(unpack_block);
        Ok(Section { id: section.id, name: section.name, blocks: blocks.collect::<Result<_, UnpackError>>()? })
    };
    let sections = columns.sections.into_iter().map(section);
    Ok(Geometry { sections: sections.collect::<Result<_, UnpackError>>()? })
}

/// Bytes, compressed by gzip, in base64.
#[must_use]
#[expect(clippy::expect_used, reason = "infallible")]
pub fn deflate(bytes: &[u8]) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let compressed = encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail");
    STANDARD.encode(compressed)
}

/// The bytes that [`deflate`] compressed. The text may come from anybody.
///
/// # Errors
/// When it is not base64 of gzip, or would inflate beyond [`MAX_INFLATED_BYTES`].
pub fn inflate(text: &str) -> Result<Vec<u8>, InflateError> {
    let compressed = STANDARD.decode(text)?;
    let mut bytes = Vec::new();
    let one_too_many = MAX_INFLATED_BYTES as u64 + 1;
    GzDecoder::new(compressed.as_slice()).take(one_too_many).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_INFLATED_BYTES {
        return Err(InflateError::TooLarge);
    }
    Ok(bytes)
}

/// The whole thousandths of the layout's unit that a position is kept as.
#[must_use]
pub fn steps(position: f64) -> i64 {
    (position * STEPS_PER_UNIT).round() as i64
}

fn pack_block(block: &Block) -> PackedBlock {
    let mut packed = PackedBlock { id: block.id.clone(), ..PackedBlock::default() };
    let (mut last_x, mut last_y) = (0, 0);
    for (slot, seat) in block.seats.iter().enumerate() {
        let (x, y) = (steps(seat.x), steps(seat.y));
        packed.ids.push(seat.id.clone());
        packed.labels.push(seat.label.clone());
        packed.rows.push(seat.row.clone());
        packed.x.push(x.saturating_sub(last_x));
        packed.y.push(y.saturating_sub(last_y));
        if seat.accessible {
            packed.accessible.push(slot);
        }
        (last_x, last_y) = (x, y);
    }
    packed
}

fn unpack_block(packed: PackedBlock) -> Result<Block, UnpackError> {
    let count = packed.ids.len();
    let lengths = [packed.labels.len(), packed.rows.len(), packed.x.len(), packed.y.len()];
    if lengths.iter().any(|&length| length != count) {
        return Err(UnpackError::Ragged(packed.id));
    }
    let names = packed.ids.into_iter().zip(packed.labels).zip(packed.rows);
    let places = positions(&packed.x).zip(positions(&packed.y));
    let mut seats: Vec<_> = names
        .zip(places)
        .map(|(((id, label), row), (x, y))| Seat { id, label, row, x, y, accessible: false })
        .collect();
    for slot in packed.accessible {
        let Some(seat) = seats.get_mut(slot) else {
            return Err(UnpackError::Ragged(packed.id));
        };
        seat.accessible = true;
    }
    Ok(Block { id: packed.id, seats })
}

fn positions(distances: &[i64]) -> impl Iterator<Item = f64> {
    distances.iter().scan(0_i64, |position, distance| {
        *position = position.saturating_add(*distance);
        Some(*position as f64 / STEPS_PER_UNIT)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An arena of arcs, the shape that compresses worst.
    fn arena(sections: usize, rows: usize, seats_per_row: usize) -> Geometry {
        let place = |section: usize, row: usize, number: usize| {
            let turn = (section as f64 + number as f64 / (seats_per_row + 4) as f64) / sections as f64;
            let (sine, cosine) = (turn * std::f64::consts::TAU).sin_cos();
            let radius = 40.0 + 0.9 * row as f64;
            let thousandths = |position: f64| (position * 1000.0).round() / 1000.0;
            (thousandths(radius * cosine), thousandths(radius * sine))
        };
        let seat = |section, row, number| {
            let (x, y) = place(section, row, number);
            Seat {
                id: format!("{section}-{row}-{number}"),
                label: number.to_string(),
                row: row.to_string(),
                x,
                y,
                accessible: row == 1 && number <= 2,
            }
        };
        let block = |section, row| Block {
            id: format!("{section}-{row}"),
            seats: (1..=seats_per_row).map(|number| seat(section, row, number)).collect(),
        };
        let section = |section| Section {
            id: format!("S{section}"),
            name: format!("{section}구역"),
            blocks: (1..=rows).map(|row| block(section, row)).collect(),
        };
        Geometry { sections: (1..=sections).map(section).collect() }
    }

    #[test]
    fn round_trips_and_is_stable() {
        let geometry = arena(2, 3, 10);
        let packed = pack(&geometry);
        assert_eq!(unpack(&packed).unwrap(), geometry);
        assert_eq!(pack(&unpack(&packed).unwrap()), packed);
    }

    #[test]
    fn positions_survive_plain_json() {
        let geometry = arena(2, 3, 10);
        let json = serde_json::to_string(&geometry).unwrap();
        assert_eq!(serde_json::from_str::<Geometry>(&json).unwrap(), geometry);
    }

    #[test]
    fn twenty_thousand_seats_on_arcs_fit() {
        let geometry = arena(20, 25, 40);
        let packed = pack(&geometry);
        assert!(packed.len() <= MAX_PACKED_BYTES, "{} bytes", packed.len());
        assert!(unpack(&packed).unwrap() == geometry);
    }

    #[test]
    fn refuses_whatever_is_not_a_packed_geometry() {
        let packed = pack(&arena(1, 1, 10));
        let cut_short = STANDARD.encode(&STANDARD.decode(&packed).unwrap()[..40]);
        for not_inflatable in ["%", "", &STANDARD.encode("plain"), &cut_short] {
            let error = unpack(not_inflatable).unwrap_err();
            assert!(matches!(error, UnpackError::Inflate(_)), "{not_inflatable}: {error}");
        }
        for not_a_geometry in [b"{\"sections\": 7}".as_slice(), b"[", &[0xff]] {
            let error = unpack(&deflate(not_a_geometry)).unwrap_err();
            assert!(matches!(error, UnpackError::NotAGeometry(_)), "{error}");
        }
        let block = |columns: &str| {
            deflate(format!(r#"{{"sections":[{{"id":"S","name":"S","blocks":[{{"id":"B",{columns}}}]}}]}}"#).as_bytes())
        };
        let even = block(r#""ids":["1"],"labels":["1"],"rows":["1"],"x":[1],"y":[1]"#);
        assert!(unpack(&even).is_ok());
        for ragged in [
            r#""ids":["1"],"labels":[],"rows":["1"],"x":[1],"y":[1]"#,
            r#""ids":["1"],"labels":["1"],"rows":["1"],"x":[1],"y":[1],"accessible":[1]"#,
        ] {
            assert!(matches!(unpack(&block(ragged)), Err(UnpackError::Ragged(_))));
        }
    }

    #[test]
    fn a_bomb_is_not_inflated() {
        let bomb = deflate(&vec![b' '; MAX_INFLATED_BYTES + 1]);
        assert!(bomb.len() < 64 * 1024);
        assert!(matches!(inflate(&bomb), Err(InflateError::TooLarge)));
    }
}

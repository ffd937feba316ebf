//! Which geometry is sound.

use std::collections::HashSet;

use contracts::catalog::{GENERAL_ADMISSION_PREFIX, Geometry, MAX_SEATS_PER_BLOCK, Seat, Section};
use contracts::geometry::steps;
use kit::validate::Checks;

/// The furthest from the origin that a seat may be, in the layout's unit.
pub const FARTHEST: f64 = 1_000_000.0;

/// Most sections that a layout may have.
pub const MAX_SECTIONS: usize = 500;

/// Most seats that a layout may have.
pub const MAX_SEATS: usize = 50_000;

/// Notes everything wrong with a layout at the pointers a caller knows; `root` is where its geometry was in the body.
pub fn check(name: &str, geometry: &Geometry, root: &str, checks: &mut Checks) {
    checks.text("/name", name, 1..=100);
    let mut seen = Seen::default();
    checks.ensure(
        (1..=MAX_SECTIONS).contains(&geometry.sections.len()),
        format!("{root}/sections"),
        format!("must have 1 to {MAX_SECTIONS} entries"),
    );
    checks.ensure(
        seat_count(geometry) <= MAX_SEATS,
        format!("{root}/sections"),
        format!("must have at most {MAX_SEATS} seats in all"),
    );
    for (index, section) in geometry.sections.iter().enumerate() {
        let pointer = format!("{root}/sections/{index}");
        check_id(&mut seen.sections, &section.id, &pointer, checks);
        checks.text(format!("{pointer}/name"), &section.name, 1..=100);
        checks.ensure(!section.blocks.is_empty(), format!("{pointer}/blocks"), "must not be empty");
        for (index, block) in section.blocks.iter().enumerate() {
            let pointer = format!("{pointer}/blocks/{index}");
            check_id(&mut seen.blocks, &block.id, &pointer, checks);
            checks.ensure(
                (1..=MAX_SEATS_PER_BLOCK).contains(&block.seats.len()),
                format!("{pointer}/seats"),
                format!("must have 1 to {MAX_SEATS_PER_BLOCK} entries"),
            );
            for (index, seat) in block.seats.iter().enumerate() {
                check_seat(&mut seen, seat, &format!("{pointer}/seats/{index}"), checks);
            }
        }
    }
}

/// How many seats there are.
#[must_use]
pub fn seat_count(geometry: &Geometry) -> usize {
    geometry.sections.iter().flat_map(|section| &section.blocks).map(|block| block.seats.len()).sum()
}

/// How many seats a section has.
#[must_use]
pub fn section_seats(section: &Section) -> u32 {
    section.blocks.iter().map(|block| u32::try_from(block.seats.len()).unwrap_or(u32::MAX)).sum()
}

#[derive(Default)]
struct Seen<'a> {
    sections: HashSet<&'a str>,
    blocks: HashSet<&'a str>,
    seats: HashSet<&'a str>,
    places: HashSet<(i64, i64)>,
}

fn check_id<'a>(seen: &mut HashSet<&'a str>, id: &'a str, pointer: &str, checks: &mut Checks) {
    checks.slug(format!("{pointer}/id"), id);
    let reserved = id.starts_with(GENERAL_ADMISSION_PREFIX);
    checks.ensure(!reserved, format!("{pointer}/id"), format!("must not begin with '{GENERAL_ADMISSION_PREFIX}'"));
    checks.ensure(seen.insert(id), format!("{pointer}/id"), "is taken by an earlier one of this layout");
}

fn check_seat<'a>(seen: &mut Seen<'a>, seat: &'a Seat, pointer: &str, checks: &mut Checks) {
    check_id(&mut seen.seats, &seat.id, pointer, checks);
    checks.text(format!("{pointer}/label"), &seat.label, 1..=20);
    checks.text(format!("{pointer}/row"), &seat.row, 1..=20);
    for (axis, position) in [("x", seat.x), ("y", seat.y)] {
        checks.ensure(
            position.abs() <= FARTHEST,
            format!("{pointer}/{axis}"),
            format!("must be from -{FARTHEST} to {FARTHEST}"),
        );
    }
    checks.ensure(
        seen.places.insert((steps(seat.x), steps(seat.y))),
        pointer,
        "is on the same place as an earlier seat, to a thousandth",
    );
}

#[cfg(test)]
mod tests {
    use contracts::catalog::Block;

    use super::*;

    fn seat(id: &str, x: f64) -> Seat {
        Seat { id: id.into(), label: "1".into(), row: "A".into(), x, y: 0.0, accessible: false }
    }

    fn sound() -> Geometry {
        let block = |id: &str, seats| Block { id: id.into(), seats };
        let section = |id: &str, blocks| Section { id: id.into(), name: id.into(), blocks };
        Geometry {
            sections: vec![
                section("floor", vec![block("F1", vec![seat("a", 1.0), seat("b", 2.0)])]),
                section("balcony", vec![block("B1", vec![seat("c", 3.0)])]),
            ],
        }
    }

    fn pointers(name: &str, geometry: &Geometry) -> Vec<String> {
        let mut checks = Checks::new();
        check(name, geometry, "", &mut checks);
        let Err(problem) = checks.done() else {
            return Vec::new();
        };
        let document = problem.document("/", "");
        let errors = document["errors"].as_array().unwrap();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_sound_layout_passes() {
        assert!(pointers("Hall", &sound()).is_empty());
        assert_eq!(seat_count(&sound()), 3);
        assert_eq!(sound().sections.iter().map(section_seats).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn each_fault_is_found_where_it_is() {
        type Break = fn(&mut Geometry);
        let table: &[(&str, Break)] = &[
            ("/sections", |g| g.sections.clear()),
            ("/sections/1/id", |g| g.sections[1].id = "floor".into()),
            ("/sections/1/id", |g| g.sections[1].id = "a#b".into()),
            ("/sections/0/name", |g| g.sections[0].name = " ".into()),
            ("/sections/0/blocks", |g| g.sections[0].blocks.clear()),
            ("/sections/1/blocks/0/id", |g| g.sections[1].blocks[0].id = "F1".into()),
            ("/sections/1/blocks/0/seats", |g| g.sections[1].blocks[0].seats.clear()),
            ("/sections/0/blocks/0/seats", |g| {
                g.sections[0].blocks[0].seats = (0..51).map(|n| seat(&format!("s{n}"), 10.0 + f64::from(n))).collect();
            }),
            ("/sections/1/blocks/0/seats/0/id", |g| g.sections[1].blocks[0].seats[0].id = "a".into()),
            ("/sections/0/blocks/0/seats/1/label", |g| g.sections[0].blocks[0].seats[1].label.clear()),
            ("/sections/0/blocks/0/seats/1/row", |g| g.sections[0].blocks[0].seats[1].row = "r".repeat(21)),
            ("/sections/0/blocks/0/seats/1/x", |g| g.sections[0].blocks[0].seats[1].x = f64::NAN),
            ("/sections/0/blocks/0/seats/1/y", |g| g.sections[0].blocks[0].seats[1].y = -1.1e6),
            ("/sections/1/blocks/0/seats/0", |g| g.sections[1].blocks[0].seats[0].x = 1.000_04),
        ];
        for (pointer, break_it) in table {
            let mut geometry = sound();
            break_it(&mut geometry);
            assert_eq!(pointers("Hall", &geometry), [*pointer]);
        }
        assert_eq!(pointers("", &sound()), ["/name"]);
    }
}

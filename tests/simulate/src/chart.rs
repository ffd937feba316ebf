//! Pictures of a run: lines over time, as SVG.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

const WIDTH: i32 = 760;
const HEIGHT: i32 = 340;
const LEFT: i32 = 70;
const RIGHT: i32 = 20;
const TOP: i32 = 70;
const BOTTOM: i32 = 46;
/// How many lines across.
const STEPS: i32 = 5;

/// Colours of lines, in the order in which they are drawn.
const COLOURS: [RGBColor; 4] =
    [RGBColor(150, 150, 150), RGBColor(214, 126, 44), RGBColor(31, 111, 178), RGBColor(60, 140, 80)];

/// A line.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is of.
    pub label: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// Draws lines over time, with the units of both axes.
///
/// # Errors
/// When the file cannot be written.
pub fn lines(file: &Path, title: &str, (unit, time): (&str, &str), lines: &[Line]) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(file, (u32::try_from(WIDTH)?, u32::try_from(HEIGHT)?)).into_drawing_area();
    area.fill(&WHITE)?;
    let font = |size: i32| ("sans-serif", size).into_font().color(&BLACK);
    let left = |size| font(size).pos(Pos::new(HPos::Left, VPos::Center));
    area.draw_text(title, &left(17), (10, 20))?;
    let points = || lines.iter().flat_map(|line| &line.points);
    let right = round_up(points().map(|point| point.0).fold(f64::MIN_POSITIVE, f64::max));
    let most = round_up(points().map(|point| point.1).fold(f64::MIN_POSITIVE, f64::max));
    let at = |(x, y): (f64, f64)| {
        let across = x / right * f64::from(WIDTH - LEFT - RIGHT);
        let up = y / most * f64::from(HEIGHT - TOP - BOTTOM);
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let place = (LEFT + across.round() as i32, HEIGHT - BOTTOM - up.round() as i32);
        place
    };
    for step in 0..=STEPS {
        let share = f64::from(step) / f64::from(STEPS);
        let (_, y) = at((0.0, most * share));
        area.draw(&PathElement::new([(LEFT, y), (WIDTH - RIGHT, y)], BLACK.mix(0.15)))?;
        let number = label(most * share);
        area.draw_text(&number, &font(12).pos(Pos::new(HPos::Right, VPos::Center)), (LEFT - 8, y))?;
        let (x, y) = at((right * share, 0.0));
        area.draw_text(&label(right * share), &font(12).pos(Pos::new(HPos::Center, VPos::Center)), (x, y + 14))?;
    }
    area.draw_text(unit, &left(12), (10, 40))?;
    area.draw_text(time, &font(12).pos(Pos::new(HPos::Right, VPos::Center)), (WIDTH - RIGHT, HEIGHT - 12))?;
    let mut x = LEFT + 110;
    for (line, colour) in lines.iter().zip(COLOURS) {
        area.draw(&PathElement::new([(x, 52), (x + 22, 52)], colour.stroke_width(3)))?;
        area.draw_text(&line.label, &left(12), (x + 28, 52))?;
        x += 48 + 7 * i32::try_from(line.label.len())?;
        let path: Vec<_> = line.points.iter().map(|&point| at(point)).collect();
        area.draw(&PathElement::new(path, colour.stroke_width(2)))?;
    }
    area.present()?;
    Ok(())
}

/// The next number that divides well.
fn round_up(value: f64) -> f64 {
    let size = 10_f64.powf(value.log10().floor());
    let steps = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    steps.into_iter().map(|step| step * size).find(|&round| round >= value).unwrap_or(value)
}

fn label(value: f64) -> String {
    if value >= 10_000.0 { format!("{:.0}k", value / 1_000.0) } else { format!("{}", (value * 10.0).round() / 10.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_numbers_that_divide_well() {
        assert_eq!([0.9, 1.2, 17.0, 99.0, 20_000.0].map(round_up), [1.0, 1.5, 20.0, 100.0, 20_000.0]);
        assert_eq!([0.0, 2.5, 20_000.0].map(label), ["0", "2.5", "20k"]);
    }
}

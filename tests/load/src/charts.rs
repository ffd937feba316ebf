//! Pictures of a run: horizontal bars, as SVG.

use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::Failure;

const WIDTH: u32 = 760;
const BAR: i32 = 22;
const GAP: i32 = 10;
const TOP: i32 = 44;
/// Where bars begin, and how long the longest is.
const LEFT: i32 = 210;
const LONGEST: f64 = 440.0;

/// Our own bars, and those they are compared with.
pub const OURS: RGBColor = RGBColor(31, 111, 178);
/// The others'.
pub const THEIRS: RGBColor = RGBColor(150, 150, 150);

/// A bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is.
    pub value: f64,
    /// What stands behind it.
    pub note: String,
    /// Its colour.
    pub colour: RGBColor,
}

/// Draws bars, the first on top.
///
/// # Errors
/// When the file cannot be written.
pub fn bars(file: &Path, title: &str, bars: &[Bar]) -> Result<(), Failure> {
    let height = TOP + (BAR + GAP) * i32::try_from(bars.len())? + GAP;
    let area = SVGBackend::new(file, (WIDTH, u32::try_from(height)?)).into_drawing_area();
    area.fill(&WHITE)?;
    let font = |size: i32| ("sans-serif", size).into_font().color(&BLACK);
    let title_font = font(17).pos(Pos::new(HPos::Left, VPos::Center));
    area.draw_text(title, &title_font, (GAP, TOP / 2))?;
    let most = bars.iter().map(|bar| bar.value).fold(f64::MIN_POSITIVE, f64::max);
    for (at, bar) in bars.iter().enumerate() {
        let top = TOP + (BAR + GAP) * i32::try_from(at)?;
        #[allow(clippy::cast_possible_truncation, reason = "pixels")]
        let length = ((bar.value / most * LONGEST).round() as i32).max(1);
        let shape = Rectangle::new([(LEFT, top), (LEFT + length, top + BAR)], bar.colour.filled());
        area.draw(&shape)?;
        let middle = top + BAR / 2;
        area.draw_text(&bar.label, &font(13).pos(Pos::new(HPos::Right, VPos::Center)), (LEFT - GAP, middle))?;
        area.draw_text(
            &bar.note,
            &font(13).pos(Pos::new(HPos::Left, VPos::Center)),
            (LEFT + length + GAP / 2, middle),
        )?;
    }
    area.present()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_the_largest_value() {
        let file = std::env::temp_dir().join(format!("load-bars-{}.svg", std::process::id()));
        let bar = |label: &str, value| {
            let [label, note] = [label, "note"].map(str::to_owned);
            Bar { label, value, note, colour: OURS }
        };
        bars(&file, "Holds a second", &[bar("ours", 200.0), bar("theirs", 100.0)]).unwrap();
        let svg = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert!(svg.contains("ours") && svg.contains("theirs") && svg.contains("Holds a second"), "{svg}");
        assert!(svg.contains(r#"width="440""#) && svg.contains(r#"width="220""#), "{svg}");
    }
}

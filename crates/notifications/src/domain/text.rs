//! Text that others wrote, made fit for a line of ours.

/// The text on one line: control characters and line ends become spaces, runs of spaces one, and marks that turn the
/// reading direction of what follows are dropped. A name cannot then add lines to a mail or rewrite ours.
pub fn single_line(text: &str) -> String {
    let turns = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().filter(|c| !turns(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters, the last one an ellipsis when something was cut.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_others_starts_a_line_of_its_own() {
        assert_eq!(single_line("  A\r\nBcc: x\t\u{2028}y\u{0}z "), "A Bcc: x y z");
        assert_eq!(single_line("\u{202e}exe.pdf"), "exe.pdf");
        assert_eq!(single_line("뮤지컬 〈빨래〉 👩‍👩‍👧"), "뮤지컬 〈빨래〉 👩‍👩‍👧");
        assert_eq!(single_line("\n"), "");
    }

    #[test]
    fn cuts_between_characters() {
        assert_eq!(shortened("가나다", 3), "가나다");
        assert_eq!(shortened("가나다라", 3), "가나…");
        assert_eq!(shortened("a b c", 3), "a…");
    }
}

//! The language to write to somebody in, from what the browser says it prefers.

use contracts::identity::Locale;

/// The language of ours that an `Accept-Language` header (RFC 9110 §12.5.4) ranks highest; the default when it names
/// none of them.
#[must_use]
pub fn preferred(accept_language: Option<&str>) -> Locale {
    let mut best: Option<(Locale, f32)> = None;
    for range in accept_language.unwrap_or_default().split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let locale = match language.as_str() {
            "ko" => Locale::Ko,
            "en" => Locale::En,
            _ => continue,
        };
        // Of equal ranks the first named counts.
        if quality > best.map_or(0.0, |(_, known)| known) {
            best = Some((locale, quality));
        }
    }
    best.map_or_else(Locale::default, |(locale, _)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_ranked_language_of_ours_counts() {
        for (header, locale) in [
            (None, Locale::Ko),
            (Some(""), Locale::Ko),
            (Some("*"), Locale::Ko),
            (Some("fr-FR, de;q=0.8"), Locale::Ko),
            (Some("en"), Locale::En),
            (Some("EN-gb;q=0.9, ko;q=0.8"), Locale::En),
            (Some("fr, ko-KR;q=0.9, en;q=0.8"), Locale::Ko),
            (Some("en;q=0, ko;q=0.1"), Locale::Ko),
            (Some("ko, en"), Locale::Ko),
            (Some("en;q=x, ;;, q=1,\u{fe0f}"), Locale::Ko),
        ] {
            assert_eq!(preferred(header), locale, "{header:?}");
        }
    }
}

//! Money as people write it.

use contracts::identity::Locale;

/// Currencies without a minor unit (ISO 4217).
const WHOLE: [&str; 16] =
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];

/// Currencies with three decimals (ISO 4217).
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// An amount in the currency's minor unit: `₩45,000` in Korean, `KRW 45,000` in English, where the sign would leave
/// open which won, yen or dollar is meant.
pub fn format(amount: i64, currency: &str, locale: Locale) -> String {
    let decimals = match currency {
        code if WHOLE.contains(&code) => 0,
        code if THOUSANDTHS.contains(&code) => 3,
        _ => 2,
    };
    let sign = if amount < 0 { "−" } else { "" };
    let unit = match (locale, currency) {
        (Locale::Ko, "KRW") => "₩".to_owned(),
        (Locale::Ko, "USD") => "$".to_owned(),
        (Locale::Ko, "EUR") => "€".to_owned(),
        (Locale::Ko, "JPY") => "¥".to_owned(),
        _ => format!("{currency}\u{a0}"),
    };
    format!("{sign}{unit}{}", grouped(amount.unsigned_abs(), decimals))
}

fn grouped(amount: u64, decimals: usize) -> String {
    let digits = format!("{amount:0>width$}", width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_people_write_it() {
        for (amount, currency, korean, english) in [
            (45_000, "KRW", "₩45,000", "KRW\u{a0}45,000"),
            (0, "KRW", "₩0", "KRW\u{a0}0"),
            (999, "KRW", "₩999", "KRW\u{a0}999"),
            (1_234_567_890, "KRW", "₩1,234,567,890", "KRW\u{a0}1,234,567,890"),
            (-1_000, "JPY", "−¥1,000", "−JPY\u{a0}1,000"),
            (5, "USD", "$0.05", "USD\u{a0}0.05"),
            (123_456, "EUR", "€1,234.56", "EUR\u{a0}1,234.56"),
            (1_234_567, "KWD", "KWD\u{a0}1,234.567", "KWD\u{a0}1,234.567"),
            (i64::MIN, "XOF", "−XOF\u{a0}9,223,372,036,854,775,808", "−XOF\u{a0}9,223,372,036,854,775,808"),
        ] {
            assert_eq!(format(amount, currency, Locale::Ko), korean);
            assert_eq!(format(amount, currency, Locale::En), english);
        }
    }
}

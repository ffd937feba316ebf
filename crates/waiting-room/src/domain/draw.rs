//! The draw: whoever enters before the opening gets a place by chance, and can check that it was chance.
//!
//! A ticket's id is fixed by who enters, its score by the id and the queue's seed. The seed's hash is public before
//! anybody enters, the seed itself once the draw is over. `docs/fairness.md` tells the same for people.

use std::fmt;

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use contracts::ids::{EventId, UserId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest as _, Sha256};

/// Bytes of a ticket's id: nobody meets another one's by chance.
const TICKET_ID_BYTES: usize = 16;

/// 32 secret random bytes, as 64 hexadecimal digits when written down.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// Of these bytes, which must be random.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What may be shown of it beforehand: the SHA-256 of its bytes, in hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0))
    }

    /// The key itself, in hexadecimal digits.
    #[must_use]
    pub fn reveal(&self) -> String {
        hex(&self.0)
    }

    fn mac(&self, text: &str) -> hmac::Tag {
        hmac::sign(&hmac::Key::new(HMAC_SHA256, &self.0), text.as_bytes())
    }
}

/// The id of the ticket by which a person takes part in the draw of an era: always the same one, so that asking often
/// is no second chance. Nobody without `key` can tell whose it is.
#[must_use]
pub fn ticket_id(key: &Key, event: EventId, era: u32, user: UserId) -> String {
    hex(&key.mac(&format!("{event}|{era}|{user}")).as_ref()[..TICKET_ID_BYTES])
}

/// What a ticket has drawn: the first eight bytes of the HMAC-SHA256 of its id under the seed, as a big-endian number.
/// Divided by 2^64 it is even over 0 to 1.
#[must_use]
pub fn score(seed: &Key, ticket_id: &str) -> u64 {
    let mac = seed.mac(ticket_id);
    mac.as_ref().iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// The place in the line, from 0, of a score among so many entrants: the score's share of them, rounded down.
#[must_use]
pub fn place(score: u64, entrants: u64) -> u64 {
    let scaled = (u128::from(score) * u128::from(entrants)) >> 64;
    // Below `entrants`, as the score is below 2^64.
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key(of hash {})", self.hash())
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.reveal())
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        unhex(&text).map(Self).ok_or_else(|| D::Error::custom("not 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The worked example of `docs/fairness.md`; `localstack/tests/test_draw.py` checks the same numbers.
    #[test]
    fn the_worked_example() {
        let seed = Key::new(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        assert_eq!(seed.reveal(), "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        assert_eq!(seed.hash(), "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
        let ticket = "5f2d8c1b9a3e47065f2d8c1b9a3e4706";
        let drawn = 17_411_656_393_680_872_572;
        assert_eq!(score(&seed, ticket), drawn);
        assert_eq!(place(drawn, 10_000), 9_438);
    }

    fn users(count: usize) -> Vec<UserId> {
        let mut random = fastrand::Rng::with_seed(7);
        (0..count).map(|_| UserId::from_uuid(uuid::Uuid::from_u128(random.u128(..)))).collect()
    }

    #[test]
    fn one_account_has_one_ticket_an_era_and_event() {
        let (key, event) = (Key::new([1; 32]), EventId::generate());
        let user = users(1)[0];
        assert_eq!(ticket_id(&key, event, 1, user), ticket_id(&key, event, 1, user));
        assert_ne!(ticket_id(&key, event, 1, user), ticket_id(&key, event, 2, user));
        assert_ne!(ticket_id(&key, event, 1, user), ticket_id(&key, EventId::generate(), 1, user));
        assert_ne!(ticket_id(&key, event, 1, user), ticket_id(&Key::new([2; 32]), event, 1, user));
    }

    /// 10,000 entrants in the order in which they came. Their places are neither in that order nor in any other one:
    /// Spearman's rank correlation is as small as chance makes it, and each tenth of the arrivals is spread evenly over
    /// the tenths of the line.
    #[test]
    fn the_order_of_arrival_has_no_influence() {
        const ENTRANTS: usize = 10_000;
        let (key, seed, event) = (Key::new([1; 32]), Key::new([2; 32]), "evt_01a1fc49-7425-76f7-a59f-dcb1b648a32e");
        let event: EventId = event.parse().unwrap();
        let places: Vec<u64> = users(ENTRANTS)
            .iter()
            .map(|user| place(score(&seed, &ticket_id(&key, event, 1, *user)), ENTRANTS as u64))
            .collect();

        let mut by_place: Vec<usize> = (0..ENTRANTS).collect();
        by_place.sort_by_key(|arrival| places[*arrival]);
        let distance: f64 =
            by_place.iter().enumerate().map(|(rank, arrival)| (rank as f64 - *arrival as f64).powi(2)).sum();
        let n = ENTRANTS as f64;
        let correlation = 1.0 - 6.0 * distance / (n * (n * n - 1.0));
        // Three standard deviations of independent ranks.
        assert!(correlation.abs() < 3.0 / n.sqrt(), "{correlation}");

        let mut cells = [[0_u32; 10]; 10];
        for (arrival, place) in places.iter().enumerate() {
            cells[arrival * 10 / ENTRANTS][usize::try_from(*place).unwrap() * 10 / ENTRANTS] += 1;
        }
        let chi_square: f64 = cells.iter().flatten().map(|count| (f64::from(*count) - 100.0).powi(2) / 100.0).sum();
        // The 99.9th percentile of chi-square with 90 degrees of freedom (rows are fixed, columns are not).
        assert!(chi_square < 137.2, "{chi_square}");
    }

    proptest! {
        #[test]
        fn places_are_within_the_line_and_in_the_order_of_scores(a: u64, b: u64, entrants in 1_u64..20_000_000) {
            prop_assert!(place(a, entrants) < entrants);
            prop_assert_eq!(place(a, entrants).cmp(&place(b, entrants)) as i8 * a.cmp(&b) as i8 >= 0, true);
        }
    }

    #[test]
    fn keys_read_back_as_written_and_do_not_show_in_logs() {
        let key = Key::new([0xab; 32]);
        let text = serde_json::to_string(&key).unwrap();
        assert_eq!(serde_json::from_str::<Key>(&text).unwrap(), key);
        assert!(!format!("{key:?}").contains("abab"));
        for bad in ["\"ab\"", "\"zz\"", "1"] {
            assert!(serde_json::from_str::<Key>(bad).is_err());
        }
    }
}

//! How a total is divided between points and card.

use std::ops::RangeInclusive;

use contracts::payments::PaymentMethod;

use super::MAX_AMOUNT;

/// How somebody wants to pay. Amounts are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// All by card.
    Card,
    /// All in points; when an amount is named, it must be the total.
    Point {
        /// The total that the payer expects.
        expected: Option<i64>,
    },
    /// So much in points, at least 1, and the rest, at least 1, by card.
    Mixed {
        /// The points part.
        points: i64,
    },
}

/// A divided total, in minor units. Neither part is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The points part.
    pub points: i64,
    /// The card part.
    pub card: i64,
}

/// Why a total cannot be paid as chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// The chosen amounts do not make up the total.
    #[error("the chosen amounts do not make up the total")]
    AmountMismatch,
    /// The account has fewer points than chosen.
    #[error("there are not enough points")]
    InsufficientPoints,
}

impl Choice {
    /// Its name in the contract.
    #[must_use]
    pub const fn method(self) -> PaymentMethod {
        match self {
            Self::Card => PaymentMethod::Card,
            Self::Point { .. } => PaymentMethod::Point,
            Self::Mixed { .. } => PaymentMethod::Mixed,
        }
    }

    /// Whether any points are wanted.
    #[must_use]
    pub const fn takes_points(self) -> bool {
        !matches!(self, Self::Card)
    }

    /// Divides `total`, whatever the balance is.
    ///
    /// # Errors
    /// [`SplitError::AmountMismatch`] only.
    pub fn divide(self, total: i64) -> Result<Split, SplitError> {
        let split = match self {
            Self::Card if total >= 1 => Split { points: 0, card: total },
            Self::Point { expected } if expected.is_none_or(|expected| expected == total) => {
                Split { points: total, card: 0 }
            }
            Self::Mixed { points } if points >= 1 && points < total => Split { points, card: total - points },
            _ => return Err(SplitError::AmountMismatch),
        };
        if (0..=MAX_AMOUNT).contains(&total) { Ok(split) } else { Err(SplitError::AmountMismatch) }
    }

    /// Divides `total` for an account that holds `balance` points.
    ///
    /// # Errors
    /// Either way a choice can be wrong; a mismatch comes first.
    pub fn split(self, total: i64, balance: i64) -> Result<Split, SplitError> {
        let split = self.divide(total)?;
        if split.points > balance {
            return Err(SplitError::InsufficientPoints);
        }
        Ok(split)
    }

    /// The totals that [`Choice::split`] accepts with this balance: what booking is told before it knows the payer's
    /// choice and before payments knows the total. Empty when the points do not suffice for any.
    #[must_use]
    pub fn payable(self, balance: i64) -> RangeInclusive<i64> {
        #[allow(clippy::reversed_empty_ranges, reason = "an empty range is the answer")]
        const NOTHING: RangeInclusive<i64> = 1..=0;
        match self {
            Self::Card => 1..=MAX_AMOUNT,
            Self::Point { expected: None } => 0..=balance.min(MAX_AMOUNT),
            Self::Point { expected: Some(total) } if (0..=balance.min(MAX_AMOUNT)).contains(&total) => total..=total,
            Self::Mixed { points } if points >= 1 && points <= balance && points < MAX_AMOUNT => {
                points + 1..=MAX_AMOUNT
            }
            Self::Point { .. } | Self::Mixed { .. } => NOTHING,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amounts() -> impl Strategy<Value = i64> {
        prop_oneof![0..50_i64, 0..=MAX_AMOUNT, Just(MAX_AMOUNT)]
    }

    fn choices() -> impl Strategy<Value = Choice> {
        prop_oneof![
            Just(Choice::Card),
            proptest::option::of(amounts()).prop_map(|expected| Choice::Point { expected }),
            amounts().prop_map(|points| Choice::Mixed { points }),
        ]
    }

    proptest! {
        #[test]
        fn the_range_told_to_booking_is_what_can_be_split(
            choice in choices(), total in amounts(), balance in amounts()
        ) {
            prop_assert_eq!(choice.payable(balance).contains(&total), choice.split(total, balance).is_ok());
        }

        #[test]
        fn the_parts_make_up_the_total_and_fit_the_method(
            choice in choices(), total in amounts(), balance in amounts()
        ) {
            if let Ok(split) = choice.split(total, balance) {
                prop_assert_eq!(split.points + split.card, total);
                prop_assert!(split.points >= 0 && split.card >= 0 && split.points <= balance);
                match choice.method() {
                    PaymentMethod::Card => prop_assert_eq!(split.points, 0),
                    PaymentMethod::Point => prop_assert_eq!(split.card, 0),
                    PaymentMethod::Mixed => prop_assert!(split.points > 0 && split.card > 0),
                }
            }
        }
    }

    #[test]
    fn a_wrong_amount_comes_before_a_short_balance() {
        let mixed = Choice::Mixed { points: 500 };
        assert_eq!(mixed.split(500, 0), Err(SplitError::AmountMismatch));
        assert_eq!(mixed.split(501, 499), Err(SplitError::InsufficientPoints));
        let exact = Choice::Point { expected: Some(100) };
        assert_eq!(exact.split(99, 0), Err(SplitError::AmountMismatch));
        assert_eq!(exact.split(100, 99), Err(SplitError::InsufficientPoints));
        assert_eq!(Choice::Card.split(0, 0), Err(SplitError::AmountMismatch));
        assert_eq!(Choice::Point { expected: None }.split(0, 0), Ok(Split { points: 0, card: 0 }));
    }
}

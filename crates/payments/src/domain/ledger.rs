//! The points ledger: entries are only ever appended, and the balance is their sum.

use contracts::ids::{PaymentId, PointsAccountId, UserId};
use contracts::payments::{PointsEntry, PointsEntryType, PointsState};
use jiff::Timestamp;

use super::MAX_AMOUNT;

/// Points on their way: positive into the account, negative out of it, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Why they move.
    pub reason: PointsEntryType,
    /// How many.
    pub amount: i64,
}

/// Why points cannot move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// More would go out than there are.
    #[error("there are not enough points")]
    Insufficient,
    /// The balance would be more than [`MAX_AMOUNT`].
    #[error("the balance would be too large to count")]
    TooMany,
}

/// The account of `user` after `movement`, caused by `payment`. An account begins with its first entry.
///
/// # Errors
/// When the balance would leave 0 to [`MAX_AMOUNT`].
pub fn post(
    account: Option<&PointsState>,
    user: UserId,
    movement: Movement,
    payment: PaymentId,
    now: Timestamp,
) -> Result<PointsState, LedgerError> {
    let (version, balance) = account.map_or((0, 0), |account| (account.version, account.balance));
    let balance =
        balance.checked_add(movement.amount).filter(|balance| *balance <= MAX_AMOUNT).ok_or(LedgerError::TooMany)?;
    if balance < 0 {
        return Err(LedgerError::Insufficient);
    }
    Ok(PointsState {
        id: PointsAccountId::of(user),
        version: version + 1,
        balance,
        entry: PointsEntry {
            entry_type: movement.reason,
            amount: movement.amount,
            balance_after: balance,
            reference: payment,
            created_at: now,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn never_negative_and_always_the_sum_of_its_entries(
            amounts in proptest::collection::vec(-1_000..1_000_i64, 0..60)
        ) {
            let (user, payment) = (UserId::generate(), PaymentId::generate());
            let mut account: Option<PointsState> = None;
            let (mut sum, mut entries) = (0, 0);
            for amount in amounts {
                let movement = Movement { reason: PointsEntryType::Charge, amount };
                match post(account.as_ref(), user, movement, payment, Timestamp::UNIX_EPOCH) {
                    Ok(next) => {
                        sum += next.entry.amount;
                        entries += 1;
                        prop_assert!(next.balance >= 0);
                        prop_assert_eq!((next.balance, next.entry.balance_after, next.version), (sum, sum, entries));
                        account = Some(next);
                    }
                    Err(error) => {
                        prop_assert_eq!(error, LedgerError::Insufficient);
                        prop_assert!(sum + amount < 0);
                    }
                }
            }
        }
    }

    #[test]
    fn counts_no_further_than_everybody_can_read() {
        let (user, payment) = (UserId::generate(), PaymentId::generate());
        let give = |account: Option<&PointsState>, amount| {
            let movement = Movement { reason: PointsEntryType::Charge, amount };
            post(account, user, movement, payment, Timestamp::UNIX_EPOCH)
        };
        let full = give(None, MAX_AMOUNT).unwrap();
        assert_eq!(give(Some(&full), 1), Err(LedgerError::TooMany));
        assert_eq!(give(Some(&full), i64::MAX), Err(LedgerError::TooMany));
        assert_eq!(give(None, i64::MIN), Err(LedgerError::Insufficient));
    }
}

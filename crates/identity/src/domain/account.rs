//! The life of an account.

use std::ops::RangeInclusive;

use contracts::identity::{Locale, Provider, Role, UserState};
use contracts::ids::UserId;

use super::Email;

/// How many characters a name may have, blanks at both ends aside.
pub const NAME_LENGTH: RangeInclusive<usize> = 1..=100;

/// A new buyer's account, opened with e-mail and password.
#[must_use]
pub fn open(id: UserId, email: &Email, name: &str, locale: Locale) -> UserState {
    UserState {
        id,
        version: 1,
        email: email.as_given().to_owned(),
        name: name.trim().to_owned(),
        provider: Provider::Local,
        profile_image: None,
        role: Role::Buyer,
        locale,
    }
}

/// The account after its owner was given `role`; `None` when that is the owner's role already and nothing happens.
#[must_use]
pub fn change_role(account: &UserState, role: Role) -> Option<UserState> {
    (account.role != role).then(|| UserState { version: account.version + 1, role, ..account.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_changes_once_and_nothing_else_does() {
        let email = Email::parse("Min@Example.com").unwrap();
        let opened = open(UserId::generate(), &email, "  Min ", Locale::En);
        assert_eq!((opened.version, opened.role, opened.name.as_str()), (1, Role::Buyer, "Min"));
        assert_eq!(change_role(&opened, Role::Buyer), None);
        let promoted = change_role(&opened, Role::Admin).unwrap();
        assert_eq!(promoted, UserState { version: 2, role: Role::Admin, ..opened });
    }
}

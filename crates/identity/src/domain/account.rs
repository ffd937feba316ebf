//! The life of an account.

use std::ops::RangeInclusive;

use contracts::identity::{Locale, Provider, Role, UserState};
use contracts::ids::UserId;

use super::{Email, GooglePerson};

/// How many characters a name may have, blanks at both ends aside.
pub const NAME_LENGTH: RangeInclusive<usize> = 1..=100;

/// What its owner may change of an account. What is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfilePatch {
    /// What to call them.
    pub name: Option<String>,
    /// How to write to them.
    pub locale: Option<Locale>,
}

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

/// A new buyer's account, opened by somebody whom Google vouches for as the owner of `email`.
#[must_use]
pub fn open_with_google(id: UserId, email: &Email, person: &GooglePerson, locale: Locale) -> UserState {
    let opened = open(id, email, &person.name, locale);
    UserState { provider: Provider::Google, profile_image: person.picture.clone(), ..opened }
}

/// The account after Google has vouched for `person` as the owner of its address: from now on Google says who they are.
/// A name and a picture that are there stay.
///
/// `None` for an account that is somebody's at Google already, and when `issuer` cannot know whose the address is today:
/// whoever was given it since would get the account of whoever had it.
#[must_use]
pub fn link_google(account: &UserState, issuer: &str, person: &GooglePerson) -> Option<UserState> {
    let may = account.provider == Provider::Local && person.has_address_for_sure(issuer);
    may.then(|| UserState {
        version: account.version + 1,
        provider: Provider::Google,
        profile_image: account.profile_image.clone().or_else(|| person.picture.clone()),
        ..account.clone()
    })
}

/// The account after its owner's change; `None` when everything is like that already and nothing happens.
#[must_use]
pub fn change_profile(account: &UserState, patch: &ProfilePatch) -> Option<UserState> {
    let name = patch.name.as_deref().map_or(account.name.as_str(), str::trim).to_owned();
    let locale = patch.locale.unwrap_or(account.locale);
    let differs = name != account.name || locale != account.locale;
    differs.then(|| UserState { version: account.version + 1, name, locale, ..account.clone() })
}

/// The account after its owner was given `role`; `None` when that is the owner's role already and nothing happens.
#[must_use]
pub fn change_role(account: &UserState, role: Role) -> Option<UserState> {
    (account.role != role).then(|| UserState { version: account.version + 1, role, ..account.clone() })
}

/// Whether somebody whose role becomes `after` may no longer do something that `before` allowed.
#[must_use]
pub fn takes_away(before: Role, after: Role) -> bool {
    before.scopes().iter().any(|scope| !after.scopes().contains(scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> UserState {
        open(UserId::generate(), &Email::parse("Min@Example.com").unwrap(), "  Min ", Locale::En)
    }

    fn person(picture: Option<&str>) -> GooglePerson {
        GooglePerson::new("1", Some(("min@example.com", true)), Some("Kim Min"), picture).unwrap()
    }

    #[test]
    fn a_role_changes_once_and_nothing_else_does() {
        let opened = opened();
        assert_eq!((opened.version, opened.role, opened.name.as_str()), (1, Role::Buyer, "Min"));
        assert_eq!(change_role(&opened, Role::Buyer), None);
        let promoted = change_role(&opened, Role::Admin).unwrap();
        assert_eq!(promoted, UserState { version: 2, role: Role::Admin, ..opened });
    }

    #[test]
    fn a_role_is_taken_away_by_one_that_allows_less_or_something_else() {
        use Role::{Admin, Buyer, Organizer, Staff};
        for role in [Buyer, Staff, Organizer, Admin] {
            assert!(!takes_away(role, role) && !takes_away(role, Admin) && !takes_away(Buyer, role), "{role:?}");
        }
        for (before, after) in
            [(Admin, Buyer), (Admin, Staff), (Admin, Organizer), (Staff, Buyer), (Staff, Organizer), (Organizer, Staff)]
        {
            assert!(takes_away(before, after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_profile_changes_by_what_is_given_and_only_if_it_differs() {
        let before = opened();
        for (name, locale, expected) in [
            (None, None, None),
            (Some(" Min"), Some(Locale::En), None),
            (Some(" 민지 "), None, Some(("민지", Locale::En))),
            (None, Some(Locale::Ko), Some(("Min", Locale::Ko))),
            (Some("민지"), Some(Locale::Ko), Some(("민지", Locale::Ko))),
        ] {
            let patch = ProfilePatch { name: name.map(str::to_owned), locale };
            let after = change_profile(&before, &patch);
            let expected =
                expected.map(|(name, locale)| UserState { version: 2, name: name.into(), locale, ..before.clone() });
            assert_eq!(after, expected, "{patch:?}");
        }
    }

    #[test]
    fn google_opens_accounts_and_takes_them_over_without_changing_what_is_there() {
        let (email, picture) = (Email::parse("min@example.com").unwrap(), "https://img.example/1");
        let new = open_with_google(UserId::generate(), &email, &person(Some(picture)), Locale::Ko);
        assert_eq!((new.provider, new.name.as_str(), new.role), (Provider::Google, "Kim Min", Role::Buyer));
        assert_eq!(new.profile_image.as_deref(), Some(picture));

        let before = UserState { role: Role::Organizer, ..opened() };
        let link = |account, person| link_google(account, "https://login.example.com", &person);
        let linked = link(&before, person(Some(picture))).unwrap();
        let expected = UserState {
            version: 2,
            provider: Provider::Google,
            profile_image: Some(picture.to_owned()),
            ..before.clone()
        };
        assert_eq!(linked, expected);
        let pictured = UserState { profile_image: Some("https://img.example/2".to_owned()), ..before.clone() };
        let kept = link(&pictured, person(Some(picture))).unwrap();
        assert_eq!(kept.profile_image, pictured.profile_image);
        assert_eq!(link(&before, person(None)).unwrap().profile_image, None);
        assert_eq!(link(&linked, person(None)), None, "it is somebody's at Google");
        assert_eq!(link_google(&before, "https://accounts.google.com", &person(None)), None, "not Google's to say");
    }
}

//! What every test needs: a table, a signing key, somebody to register.

use std::sync::LazyLock;

use contracts::identity::Locale;
use contracts::ids::UserId;
use identity::domain::{Email, Password};
use identity::keys::KeyRing;
use identity::sessions::{Registration, Session};
use identity::tokens::AccessTokens;
use identity::{Accounts, Error, Sessions, Store};
use jiff::Timestamp;
use testkit::{Faults, TestTable};

pub const PASSWORD: &str = "correct horse battery";

/// Making an RSA key takes a while; one serves all tests of a process.
static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());

pub struct World {
    pub table: TestTable,
    pub sessions: Sessions,
    pub accounts: Accounts,
}

impl World {
    pub async fn new() -> Self {
        let table = TestTable::start().await;
        let store = Store::new(table.client(), table.name.clone());
        Self { sessions: sessions(store.clone()), accounts: Accounts::new(store), table }
    }

    /// The same table, seen through calls that fail.
    pub fn failing(&self, faults: &Faults) -> (Sessions, Accounts) {
        let store = Store::new(self.table.failing_client(faults), self.table.name.clone());
        (sessions(store.clone()), Accounts::new(store))
    }

    pub async fn register(&self, email: &str) -> Session {
        self.sessions.register(registration(email), now(0)).await.unwrap()
    }

    pub async fn log_in(&self, email: &str, password: &str, seconds: i64) -> Result<Session, Error> {
        self.sessions.log_in(email, Password::new(password.to_owned()), now(seconds)).await
    }
}

fn sessions(store: Store) -> Sessions {
    Sessions::new(store, AccessTokens::new(&RING, "https://issuer.example".into(), "jari".into()).unwrap())
}

pub fn registration(email: &str) -> Registration {
    Registration {
        id: UserId::generate(),
        email: Email::parse(email).unwrap(),
        name: "Min".into(),
        password: Password::new(PASSWORD.into()),
        locale: Locale::En,
    }
}

/// A moment so many seconds after the beginning.
pub fn now(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

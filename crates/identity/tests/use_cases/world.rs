//! What every test needs: a table, a signing key, somebody to register.

use std::sync::LazyLock;

use contracts::event::{LAST_EVENT, LastEvent};
use contracts::identity::{Locale, UserState};
use contracts::ids::UserId;
use identity::domain::{Email, Network, Password};
use identity::keys::KeyRing;
use identity::sessions::{Registration, Session};
use identity::tokens::AccessTokens;
use identity::{Accounts, Administration, Error, Sessions, Signer, Store};
use jiff::Timestamp;
use kit::dynamo::{Item, read};
use testkit::{Faults, Pause, TestTable};

pub const PASSWORD: &str = "correct horse battery";

/// Making an RSA key takes a while; one serves all tests of a process.
static RING: LazyLock<KeyRing> = LazyLock::new(|| KeyRing::generate(Timestamp::UNIX_EPOCH).unwrap());

/// All use cases over one client of the table.
pub struct Desk {
    pub sessions: Sessions,
    pub accounts: Accounts,
    pub administration: Administration,
}

pub struct World {
    pub table: TestTable,
    pub store: Store,
    pub sessions: Sessions,
    pub accounts: Accounts,
    pub administration: Administration,
}

impl World {
    pub async fn new() -> Self {
        let table = TestTable::like("IdentityTable").await;
        let store = Store::new(table.client(), table.name.clone());
        let Desk { sessions, accounts, administration } = desk(store.clone());
        Self { table, store, sessions, accounts, administration }
    }

    /// The same table, seen through calls that fail.
    pub fn failing(&self, faults: &Faults) -> Desk {
        desk(Store::new(self.table.failing_client(faults), self.table.name.clone()))
    }

    /// The same table, seen through a call that waits.
    pub fn pausing(&self, pause: &Pause) -> Desk {
        desk(Store::new(self.table.pausing_client(pause), self.table.name.clone()))
    }

    pub async fn register(&self, email: &str) -> Session {
        self.sessions.register(registration(email), now(0)).await.unwrap()
    }

    pub async fn log_in(&self, email: &str, password: &str, seconds: i64) -> Result<Session, Error> {
        self.sessions.log_in(email, Password::new(password.to_owned()), None, now(seconds)).await
    }

    /// What the account's item announces: the event, and the state it points at.
    pub async fn announced(&self, id: UserId) -> (LastEvent, UserState) {
        let items = self.table.items().await;
        let of_user = |item: &&Item| read::<UserState>(item, "state").unwrap().is_some_and(|user| user.id == id);
        let item = items.iter().find(of_user).unwrap();
        let event: LastEvent = read(item, LAST_EVENT).unwrap().unwrap();
        let state = read(item, &event.state).unwrap().unwrap();
        (event, state)
    }

    /// The hash that is stored for an address.
    pub async fn password_hash(&self, email: &str) -> Option<String> {
        self.store.log_in(&Email::parse(email).unwrap()).await.unwrap().credentials.unwrap().password_hash
    }
}

fn desk(store: Store) -> Desk {
    let tokens = AccessTokens::new(&RING, "https://issuer.example".into(), "jari".into()).unwrap();
    Desk {
        sessions: Sessions::new(store.clone(), Signer::always(tokens)),
        accounts: Accounts::new(store.clone()),
        administration: Administration::new(store),
    }
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

pub fn network(address: &str) -> Option<Network> {
    Some(Network::of(address.parse().unwrap()))
}

/// A moment so many seconds after the beginning.
pub fn now(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

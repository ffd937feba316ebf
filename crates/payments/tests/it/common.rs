//! A payments table, a PG, and shorthands.

use std::time::Duration;

use contracts::ids::{PaymentId, PerformanceId, ReservationId, UserId};
use contracts::payments::{PaymentMethod, PaymentPurpose, PaymentState, PaymentStatus};
use jari_local_servers::virtual_pg::{self, Config, Totals};
use jiff::Timestamp;
use payments::domain::payment::{Order, Step, requested};
use payments::domain::split::Split;
use payments::settle::{Advance, Settlement};
use payments::store::Store;
use payments::toss::Toss;
use testkit::{Faults, TestTable};

/// Long enough for the virtual PG to answer on a busy machine, short enough to wait for it three times.
pub const PG_TIMEOUT: Duration = Duration::from_millis(400);

pub struct World {
    pub table: TestTable,
    pub pg: virtual_pg::Handle,
    pub user: UserId,
}

/// What a payment and its payer's account have come to, and what the PG keeps.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    pub status: PaymentStatus,
    pub failure: Option<String>,
    pub balance: i64,
    pub entries: Vec<i64>,
    pub kept_by_pg: u64,
    pub approvals: u64,
}

impl World {
    pub async fn new() -> Self {
        let config = Config { late_approval: Duration::from_secs(1), ..Config::default() };
        Self { table: TestTable::start().await, pg: virtual_pg::spawn(config).await.unwrap(), user: UserId::generate() }
    }

    pub fn store(&self) -> Store {
        Store::new(self.table.client(), &self.table.name)
    }

    pub fn failing_store(&self, faults: &Faults) -> Store {
        Store::new(self.table.failing_client(faults), &self.table.name)
    }

    pub fn toss(&self) -> Toss {
        Toss::new(&self.pg.url, &*self.pg.secret_key, PG_TIMEOUT).unwrap()
    }

    pub fn settlement(&self) -> Settlement<Toss> {
        Settlement::new(self.store(), self.toss())
    }

    /// A settlement whose PG nobody answers for.
    pub fn without_pg(&self) -> Settlement<Toss> {
        let nobody = Toss::new("http://127.0.0.1:1", "key", PG_TIMEOUT).unwrap();
        Settlement::new(self.store(), nobody)
    }

    pub async fn give_points(&self, amount: i64) {
        let order = Order {
            user_id: self.user,
            purpose: PaymentPurpose::Points,
            method: PaymentMethod::Card,
            split: Split { points: 0, card: amount },
            currency: "KRW".into(),
            payment_key: Some("ok_given".into()),
        };
        let payment = requested(PaymentId::generate(), order);
        let store = self.store();
        assert!(store.create(&payment, Timestamp::now()).await.unwrap());
        let given = store.advance(payment, Step::Succeed, Timestamp::now()).await.unwrap();
        assert!(matches!(given, Advance::Done(_)));
    }

    /// A requested payment of a reservation.
    pub async fn payment(&self, points: i64, card: i64, key: &str) -> PaymentState {
        let method = match (points, card) {
            (0, 1..) => PaymentMethod::Card,
            (_, 0) => PaymentMethod::Point,
            _ => PaymentMethod::Mixed,
        };
        let purpose = PaymentPurpose::Reservation {
            reservation_id: ReservationId::generate(),
            performance_id: PerformanceId::generate(),
        };
        self.put(purpose, method, Split { points, card }, key).await
    }

    /// A requested purchase of points.
    pub async fn purchase(&self, amount: i64, key: &str) -> PaymentState {
        let split = Split { points: 0, card: amount };
        self.put(PaymentPurpose::Points, PaymentMethod::Card, split, key).await
    }

    async fn put(&self, purpose: PaymentPurpose, method: PaymentMethod, split: Split, key: &str) -> PaymentState {
        let order = Order {
            user_id: self.user,
            purpose,
            method,
            split,
            currency: "KRW".into(),
            payment_key: (split.card > 0).then(|| key.to_owned()),
        };
        let payment = requested(PaymentId::generate(), order);
        assert!(self.store().create(&payment, Timestamp::now()).await.unwrap());
        payment
    }

    /// Waits until the PG has approved the payment, as it does of its own accord with a `late_` key.
    pub async fn until_approved(&self, id: PaymentId) {
        for _ in 0..500 {
            if self.picture(id).await.approvals > 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{id} is not approved within ten seconds");
    }

    /// Charges with deliveries until one succeeds, beginning with the one numbered `attempt`.
    pub async fn charge(&self, id: PaymentId, attempt: u32) {
        let settlement = self.settlement();
        for attempt in attempt..attempt + 20 {
            if settlement.charge(id, attempt, Timestamp::now()).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{id} is not settled");
    }

    /// The end of `id`; checks on the way that the account is the sum of its entries.
    pub async fn picture(&self, id: PaymentId) -> Picture {
        let store = self.store();
        let payment = store.payment(id).await.unwrap().expect("a payment");
        let account = store.account(self.user).await.unwrap();
        let history = store.history(self.user, None, 100).await.unwrap();
        let entries: Vec<i64> = history.entries.iter().rev().map(|entry| entry.amount).collect();
        let balance = account.map_or(0, |account| account.balance);
        assert_eq!(balance, entries.iter().sum::<i64>());
        assert!(history.entries.iter().all(|entry| entry.balance_after >= 0));
        let Totals { approvals, captured, cancelled } = self.pg.overview().totals;
        Picture {
            status: payment.status,
            failure: payment.failure_code,
            balance,
            entries,
            kept_by_pg: captured - cancelled,
            approvals,
        }
    }
}

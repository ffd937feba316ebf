//! What operators invoke without an HTTP route.

use contracts::identity::{Locale, Role};
use contracts::ids::UserId;
use identity::domain::RefreshToken;
use identity::domain::refresh_token::Family;
use identity::domain::{Email, account};
use identity::{Administration, Store};
use identity_functions::set_user_role::{Request, handle};
use jiff::Timestamp;
use serde_json::json;
use testkit::TestTable;

#[tokio::test]
async fn the_first_admin_is_made_by_an_invocation() {
    let table = TestTable::start().await;
    let store = Store::new(table.client(), table.name.clone());
    let email = Email::parse("min@example.com").unwrap();
    let user = account::open(UserId::generate(), &email, "Min", Locale::Ko);
    let token = RefreshToken::new(Family::new(user.id, [0; 16]), [0; 32]);
    store.register(&user, &email, "hash", &token, Timestamp::now()).await.unwrap();

    let administration = Administration::new(store);
    let request = || serde_json::from_value::<Request>(json!({"email": "MIN@example.com", "role": "admin"})).unwrap();
    for _ in 0..2 {
        let changed = handle(&administration, request()).await.unwrap();
        assert_eq!((changed.id, changed.role, changed.version), (user.id, Role::Admin, 2));
    }
    let nobody = Request { email: "nobody@example.com".into(), role: Role::Admin };
    assert_eq!(handle(&administration, nobody).await.unwrap_err().to_string(), "there is no such account");
    assert!(serde_json::from_value::<Request>(json!({"email": "min@example.com", "role": "emperor"})).is_err());
}

//! `POST /notifications/push-subscriptions`: a browser of the caller's wants push messages.

use contracts::ids::PushSubscriptionId;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use notifications::domain::PushServices;
use notifications::store::Store;
use notifications::subscribing;

use crate::dto::{SubscriptionBody, SubscriptionRequest};

/// 201 with the subscription's id; the same one for the same browser.
///
/// # Errors
/// 401 without a caller, 422 for an address of no push service that is known or for keys that are none.
pub async fn handle(store: &Store, services: &PushServices, call: Call) -> Result<Reply, Problem> {
    let caller = call.caller()?;
    let now = Timestamp::now();
    let wish = call.body::<SubscriptionRequest>()?.wish(services, now)?;
    let id = subscribing::subscribe(store, caller.user_id, wish, PushSubscriptionId::generate(), now).await?;
    Reply::created(&SubscriptionBody { id })
}

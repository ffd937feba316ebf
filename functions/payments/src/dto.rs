//! What several operations read or answer.

use contracts::ids::PaymentId;
use contracts::payments::PublicStatus;
use jiff::Timestamp;
use kit::http::Call;
use kit::problem::Problem;
use kit::validate::Checks;
use payments::domain::chosen_id::is_acceptable;
use payments::store::ChosenId;
use serde::Serialize;

/// The longest payment key, in characters; Toss's own limit.
const MAX_KEY_LENGTH: usize = 200;

/// The answer to an order that is charged later.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    id: PaymentId,
    status: PublicStatus,
}

impl Accepted {
    /// Of the payment `id`. The same for every repetition of the request, however far the payment is by then.
    #[must_use]
    pub const fn new(id: PaymentId) -> Self {
        Self { id, status: PublicStatus::Processing }
    }
}

/// Notes a payment key that the PG cannot have given out.
pub(crate) fn check_payment_key(checks: &mut Checks, key: &str) {
    let fits = (1..=MAX_KEY_LENGTH).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    checks.ensure(
        fits,
        "/paymentKey",
        format!("must have 1 to {MAX_KEY_LENGTH} printable ASCII characters and no blanks"),
    );
}

/// The payment's id that a body chooses at `pointer`, if it does.
///
/// # Errors
/// 422 when nobody can have made it for this request.
pub(crate) fn chosen_id(
    call: &Call,
    text: Option<&str>,
    pointer: &str,
    now: Timestamp,
) -> Result<Option<ChosenId>, Problem> {
    let Some(text) = text else { return Ok(None) };
    // The PG was told this very text; one that is written otherwise would be another order there.
    let id = text.parse().ok().filter(|id: &PaymentId| id.to_string() == text && is_acceptable(*id, now));
    let mut checks = Checks::new();
    let detail = format!("must be {}<UUIDv7> in small letters, made within the last day", PaymentId::PREFIX);
    checks.ensure(id.is_some(), pointer, detail);
    checks.done()?;
    let fingerprint = call.fingerprint()?;
    Ok(id.map(|id| ChosenId { id, fingerprint }))
}

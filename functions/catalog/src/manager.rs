//! Who may use the back office.

use catalog::domain::programme::Manager;
use kit::http::Call;
use kit::problem::Problem;

/// The caller as a manager of events.
///
/// # Errors
/// 401 for nobody, 403 for an account that is neither organizer nor admin.
pub fn manager(call: &Call) -> Result<Manager, Problem> {
    let caller = call.caller()?;
    if caller.may("admin") {
        return Ok(Manager::Admin(caller.user_id));
    }
    caller.demand("organizer")?;
    Ok(Manager::Organizer(caller.user_id))
}

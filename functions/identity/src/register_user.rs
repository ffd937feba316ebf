//! Opening an account.

use contracts::ids::UserId;
use identity::Sessions;
use identity::domain::password::PASSWORD_LENGTH;
use identity::domain::{Email, Password, locale};
use identity::sessions::Registration;
use jiff::Timestamp;
use kit::http::{Call, Reply};
use kit::problem::Problem;
use kit::validate::Checks;
use serde::Deserialize;

use crate::dto::check_name;
use crate::session_cookie::Keeper;

#[derive(Deserialize)]
struct Request {
    email: String,
    password: String,
    name: String,
}

/// 201 with a session.
///
/// # Errors
/// 422 for a bad address, name or password, 409 `email_taken`.
pub async fn handle(sessions: &Sessions, call: Call) -> Result<Reply, Problem> {
    let (keeper, body): (_, Request) = (Keeper::of(&call)?, call.body()?);
    let locale = locale::preferred(call.header("accept-language"));
    let registration = check(body, UserId::generate(), locale)?;
    let session = sessions.register(registration, Timestamp::now()).await?;
    keeper.reply(session, true)
}

fn check(body: Request, id: UserId, locale: contracts::identity::Locale) -> Result<Registration, Problem> {
    let (email, password) = (Email::parse(&body.email), Password::new(body.password));
    let mut checks = Checks::new();
    if let Err(reason) = email {
        checks.ensure(false, "/email", reason.to_string());
    }
    let length = format!("must have {} to {} characters", PASSWORD_LENGTH.start(), PASSWORD_LENGTH.end());
    checks.ensure(password.is_acceptable(), "/password", length);
    check_name(&mut checks, &body.name);
    checks.done()?;
    let email = email.map_err(|reason| Problem::malformed(reason.to_string()))?;
    Ok(Registration { id, email, name: body.name, password, locale })
}

//! All accounts, for admins.

use contracts::identity::Role;
use identity::Administration;
use identity::domain::Email;
use kit::http::{Call, Reply};
use kit::page::{Page, PageQuery, cursor};
use kit::problem::{Problem, Violation};
use serde::Deserialize;

use crate::dto::UserBody;

#[derive(Deserialize)]
struct Query {
    email: Option<String>,
    role: Option<Role>,
    #[serde(flatten)]
    page: PageQuery,
}

/// 200 with a page of accounts, the latest opened first: `?email=&role=&limit=&cursor=`. With an address it is the one
/// account that has it, or none.
///
/// # Errors
/// 401 without a caller, 403 for anybody but an admin, 422 for a bad address, role, limit or cursor.
pub async fn handle(administration: &Administration, call: Call) -> Result<Reply, Problem> {
    call.caller()?.demand("admin")?;
    let Query { email, role, page } = call.query()?;
    let (limit, after) = (page.limit()?, page.position()?);
    let (users, next) = match email {
        None => administration.list(role, limit, after).await?,
        Some(email) => {
            let email = Email::parse(&email).map_err(|reason| {
                Problem::invalid(vec![Violation { pointer: "/email".into(), detail: reason.to_string() }])
            })?;
            (administration.find(&email, role).await?.into_iter().collect(), None)
        }
    };
    let items = users.into_iter().map(UserBody::from).collect();
    Reply::ok(&Page { items, next_cursor: next.map(|id| cursor(&id)).transpose()? })
}

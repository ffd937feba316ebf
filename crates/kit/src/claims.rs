//! Who calls. API Gateway's JWT authorizer has verified signature, issuer, audience and time before a function runs;
//! what it found is in the request context, out of a caller's reach.

use std::collections::HashMap;

use contracts::ids::UserId;

use crate::problem::Problem;

/// A logged-in caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user_id: UserId,
    scopes: Vec<String>,
}

impl Caller {
    /// A caller with these scopes; for handlers that are driven without a gateway.
    #[must_use]
    pub fn new(user_id: UserId, scopes: &[&str]) -> Self {
        Self { user_id, scopes: scopes.iter().map(|&scope| scope.to_owned()).collect() }
    }

    /// The caller that the verified claims name.
    ///
    /// # Errors
    /// 401 when the subject is not one of our user ids.
    pub fn from_claims(claims: &HashMap<String, String>) -> Result<Self, Problem> {
        let user_id = claims.get("sub").and_then(|sub| sub.parse().ok()).ok_or_else(Problem::unauthenticated)?;
        let scopes = claims.get("scope").map(String::as_str).unwrap_or_default();
        Ok(Self { user_id, scopes: scopes.split_whitespace().map(str::to_owned).collect() })
    }

    /// Whether the token grants `scope`.
    #[must_use]
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Refuses a caller without `scope`. The gateway has checked already; this holds where it is not in the way.
    ///
    /// # Errors
    /// 403 without it.
    pub fn demand(&self, scope: &str) -> Result<(), Problem> {
        if self.may(scope) { Ok(()) } else { Err(Problem::forbidden()) }
    }
}

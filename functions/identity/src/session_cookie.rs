//! How a session reaches its client: its refresh token in the body or, for browsers, in a cookie that no script can read.
//!
//! A request says which by the header `X-Session`. Pages of other sites cannot send that header, since this API names it in
//! no answer to a preflight request; so they cannot spend the cookie, and `SameSite` does not even let them carry it.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use identity::sessions::{REFRESH_LIFETIME_SECONDS, Session};
use kit::http::{Call, Reply};
use kit::problem::{Problem, Violation};

use crate::dto::SessionBody;

/// The request header by which a client says where it keeps its refresh token.
const HEADER: &str = "x-session";

/// The cookie's name. Browsers take one of this prefix from secure origins only.
const NAME: &str = "__Secure-jari-refresh";

/// Where browsers send it: not to the rest of the API, which has no use for it.
const PATH: &str = "/api/v1/auth";

/// Where a client keeps its refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The client itself: the token is in bodies.
    Client,
    /// The browser: the token is in a cookie.
    Browser,
}

impl Keeper {
    /// Who keeps it for the sender of this request.
    ///
    /// # Errors
    /// 422 for a header of another value: whoever sends it means something that is not understood here.
    pub fn of(call: &Call) -> Result<Self, Problem> {
        match call.header(HEADER) {
            None => Ok(Self::Client),
            Some("cookie") => Ok(Self::Browser),
            Some(_) => {
                let detail = "must be `cookie` or absent".to_owned();
                Err(Problem::invalid(vec![Violation { pointer: "/X-Session".to_owned(), detail }]))
            }
        }
    }

    /// A session that has begun, 201, or goes on, 200.
    ///
    /// # Errors
    /// When it does not serialise, a mistake of ours.
    pub fn reply(self, session: Session, has_begun: bool) -> Result<Reply, Problem> {
        let (mut body, token) = SessionBody::apart(session);
        let cookie = match self {
            Self::Browser => Some(keep(token)),
            Self::Client => {
                body.refresh_token = Some(token);
                None
            }
        };
        let reply = if has_begun { Reply::created(&body)? } else { Reply::ok(&body)? };
        Ok(match cookie {
            Some(cookie) => reply.setting_cookie(&cookie),
            None => reply,
        })
    }

    /// The same refusal, which also takes the cookie away when it says that the session has ended.
    #[must_use]
    pub fn refusal(self, problem: Problem) -> Problem {
        if self == Self::Browser && problem.status() == 401 { problem.setting_cookie(forget()) } else { problem }
    }

    /// The same reply, which also takes the cookie away.
    #[must_use]
    pub fn farewell(self, reply: Reply) -> Reply {
        if self == Self::Browser { reply.setting_cookie(&forget()) } else { reply }
    }
}

/// The refresh token in the request's cookie.
#[must_use]
pub fn shown(call: &Call) -> Option<String> {
    let all = Cookie::split_parse(call.cookies()?.to_owned());
    all.flatten().find(|cookie| cookie.name() == NAME).map(|cookie| cookie.value().to_owned())
}

fn keep(token: String) -> String {
    with_value(token, Duration::seconds(REFRESH_LIFETIME_SECONDS))
}

fn forget() -> String {
    with_value(String::new(), Duration::ZERO)
}

fn with_value(value: String, max_age: Duration) -> String {
    let cookie = Cookie::build((NAME, value)).path(PATH).http_only(true).secure(true).same_site(SameSite::Strict);
    cookie.max_age(max_age).to_string()
}

#[cfg(test)]
mod tests {
    use lambda_http::{Body, http::Request};

    use super::*;

    fn with_cookies(value: &str) -> Call {
        Call::new(Request::builder().header("cookie", value).body(Body::Empty).unwrap())
    }

    #[test]
    fn the_cookie_is_for_nobody_but_the_browser_and_these_functions() {
        let expected =
            "__Secure-jari-refresh=a.b; HttpOnly; SameSite=Strict; Secure; Path=/api/v1/auth; Max-Age=2592000";
        assert_eq!(keep("a.b".into()), expected);
        let expected = "__Secure-jari-refresh=; HttpOnly; SameSite=Strict; Secure; Path=/api/v1/auth; Max-Age=0";
        assert_eq!(forget(), expected);
    }

    #[test]
    fn it_is_found_among_others() {
        for (sent, found) in [
            ("__Secure-jari-refresh=a.b", Some("a.b")),
            ("theme=dark; __Secure-jari-refresh=a.b; lang=ko", Some("a.b")),
            ("=; ;;x; __Secure-jari-refresh=", Some("")),
            ("jari-refresh=a.b; __secure-jari-refresh=c.d", None),
            ("", None),
        ] {
            assert_eq!(shown(&with_cookies(sent)).as_deref(), found, "{sent}");
        }
        assert_eq!(shown(&Call::new(Request::new(Body::Empty))), None);
    }
}

//! Who sends a message: the token of RFC 8292.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

/// No token may be good for longer, in seconds: a day.
const LONGEST: i64 = 24 * 60 * 60;

#[derive(Deserialize)]
struct Claims {
    exp: i64,
    sub: String,
}

/// A sender whose token holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sender {
    /// Its public key, base64url.
    pub(super) public_key: String,
    /// Where its operators are reached.
    pub(super) subject: String,
}

/// The sender that a header `Authorization: vapid t=<token>, k=<key>` proves; or what is wrong with it.
pub(super) fn sender(header: &str, audience: &str, now: Timestamp) -> Result<Sender, String> {
    let parameters = header.strip_prefix("vapid ").ok_or("the scheme is not vapid")?;
    let parameter = |name: &str| {
        let mut all = parameters.split(',').filter_map(|part| part.trim().split_once('='));
        all.find(|(known, _)| *known == name).map(|(_, value)| value).ok_or(format!("there is no {name}"))
    };
    let (token, public_key) = (parameter("t")?, parameter("k")?);
    let point = BASE64.decode(public_key).map_err(|_| "k is not base64url")?;
    let [4, coordinates @ ..] = point.as_slice() else { return Err("k is no uncompressed point".into()) };
    let (x, y) = coordinates.split_at_checked(32).ok_or("k is too short")?;
    let key =
        DecodingKey::from_ec_components(&BASE64.encode(x), &BASE64.encode(y)).map_err(|error| error.to_string())?;
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["aud", "exp", "sub"]);
    let claims = decode::<Claims>(token, &key, &validation).map_err(|error| error.to_string())?.claims;
    if claims.exp - now.as_second() > LONGEST {
        return Err("the token is good for more than a day".into());
    }
    if !claims.sub.starts_with("mailto:") && !claims.sub.starts_with("https:") {
        return Err("sub is neither mailto: nor https:".into());
    }
    Ok(Sender { public_key: public_key.to_owned(), subject: claims.sub })
}

//! What a shop asks of a buyer, as it stands in the page's address and in its form.

use url::Host;
use url::Url;
use url::form_urlencoded;

/// Toss's rule: 6 to 64 letters, digits and `-`, `_`, `=`.
const ORDER_ID: &str = "6 to 64 letters, digits, -, _ and =";
const AMOUNT: &str = "a whole number of won, at least 1";
const CURRENCY: &str = "KRW";
const ORDER_NAME: &str = "1 to 100 characters";
const ADDRESS: &str = "an address that begins with http://localhost or http://127.0.0.1";

/// The longest order name that Toss takes, in characters.
const MAX_NAME: usize = 100;

/// A parameter that cannot be used, and what it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub parameter: &'static str,
    pub rule: &'static str,
}

/// An order that can be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// The shop's name for it.
    pub id: String,
    /// In won.
    pub amount: u64,
    /// What is bought, in the shop's words.
    pub name: String,
    /// Who pays; may be empty.
    pub customer: String,
    /// Where a buyer goes who has paid.
    pub success_url: Url,
    /// Where a buyer goes who has not.
    pub fail_url: Url,
    /// `ko` or `en`.
    pub locale: String,
}

impl Order {
    /// Reads the fields of a query or a form.
    pub fn read(fields: &[u8]) -> Result<Self, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let mut take = |parameter, rule, is_right: &dyn Fn(&str) -> bool| {
            let value = field(fields, parameter).unwrap_or_default();
            if !is_right(&value) {
                wrong.push(Wrong { parameter, rule });
            }
            value
        };
        let id = take("orderId", ORDER_ID, &is_order_id);
        let amount = take("amount", AMOUNT, &|text| text.parse().is_ok_and(|amount: u64| amount > 0));
        take("currency", CURRENCY, &|text| text.is_empty() || text == CURRENCY);
        let name = take("orderName", ORDER_NAME, &|text| (1..=MAX_NAME).contains(&text.chars().count()));
        let success_url = take("successUrl", ADDRESS, &|text| shop(text).is_some());
        let fail_url = take("failUrl", ADDRESS, &|text| shop(text).is_some());
        let locale = take("locale", "ko or en", &|text| matches!(text, "" | "ko" | "en"));
        match (amount.parse(), shop(&success_url), shop(&fail_url)) {
            (Ok(amount), Some(success_url), Some(fail_url)) if wrong.is_empty() => {
                let customer = field(fields, "customerName").unwrap_or_default();
                Ok(Self { id, amount, name, customer, success_url, fail_url, locale })
            }
            _ => Err(wrong),
        }
    }

    /// The shop's address after a payment.
    pub fn succeeded(&self, payment_key: &str) -> Url {
        let amount = self.amount.to_string();
        with(&self.success_url, &[("paymentKey", payment_key), ("orderId", &self.id), ("amount", &amount)])
    }

    /// The shop's address when there was none.
    pub fn failed(&self, code: &str, message: &str) -> Url {
        with(&self.fail_url, &[("code", code), ("message", message), ("orderId", &self.id)])
    }
}

/// The last field of that name.
pub(super) fn field(fields: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(fields).filter(|(key, _)| key == name).last().map(|(_, value)| value.into_owned())
}

fn is_order_id(text: &str) -> bool {
    (6..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
}

/// An address on this machine: the page leads nowhere else, whoever made the link to it.
fn shop(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_local = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.octets() == [127, 0, 0, 1],
        Host::Ipv6(_) => false,
    };
    let is_plain = url.scheme() == "http" && url.username().is_empty() && url.password().is_none();
    (is_local && is_plain).then_some(url)
}

fn with(address: &Url, fields: &[(&str, &str)]) -> Url {
    let mut address = address.clone();
    address.query_pairs_mut().extend_pairs(fields);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "orderId=pay_01&amount=55000&orderName=The+Seagull\
                         &successUrl=http%3A%2F%2Flocalhost%3A3000%2Fok%3Fa%3D1\
                         &failUrl=http%3A%2F%2F127.0.0.1%3A3000%2Fno";

    #[test]
    fn keeps_the_query_of_the_shop() {
        let order = Order::read(SOUND.as_bytes()).unwrap();
        let wanted = "http://localhost:3000/ok?a=1&paymentKey=ok_1&orderId=pay_01&amount=55000";
        assert_eq!(order.succeeded("ok_1").as_str(), wanted);
        assert_eq!(order.failed("C", "a b").as_str(), "http://127.0.0.1:3000/no?code=C&message=a+b&orderId=pay_01");
    }

    #[test]
    fn says_what_is_wrong() {
        for (change, parameter) in [
            ("orderId=pay", "orderId"),
            ("orderId=pay_1<script>", "orderId"),
            ("amount=0", "amount"),
            ("amount=-1", "amount"),
            ("amount=1.5", "amount"),
            ("currency=USD", "currency"),
            ("orderName=", "orderName"),
            ("locale=fr", "locale"),
        ] {
            let wrong = Order::read(format!("{SOUND}&{change}").as_bytes()).unwrap_err();
            assert_eq!(wrong.iter().map(|wrong| wrong.parameter).collect::<Vec<_>>(), [parameter], "{change}");
        }
        let missing = Order::read(b"").unwrap_err();
        assert_eq!(missing.len(), 5);
    }

    #[test]
    fn leads_nowhere_but_to_this_machine() {
        for address in [
            "https://example.com/",
            "https://localhost:3000/",
            "http://localhost.example.com/",
            "http://localhost@example.com/",
            "http://me@localhost/",
            "http://127.0.0.2/",
            "//example.com",
            "/relative",
            "javascript:alert(1)",
            "http:\\\\example.com",
        ] {
            assert_eq!(shop(address), None, "{address}");
        }
    }
}

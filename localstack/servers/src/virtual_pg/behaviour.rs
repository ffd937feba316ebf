//! What a payment key orders the virtual PG to do.

/// How the PG treats a request to approve a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// `ok_…`: approves.
    Approve,
    /// `decline_…`: declines, as a card company does.
    Decline,
    /// `error_…`: fails with 500 before anything happened.
    Error,
    /// `timeout_ok_…`: approves, but the answer never arrives.
    ApproveSilently,
    /// `timeout_no_…`: neither approves nor answers.
    Ignore,
    /// `late_…`: answers "in progress", approves later and tells by webhook.
    ApproveLate,
}

impl Behaviour {
    /// Reads the behaviour off a payment key; `None` for a key no buyer could have been given.
    #[must_use]
    pub fn of(payment_key: &str) -> Option<Self> {
        const PREFIXES: [(&str, Behaviour); 6] = [
            ("ok_", Behaviour::Approve),
            ("decline_", Behaviour::Decline),
            ("error_", Behaviour::Error),
            ("timeout_ok_", Behaviour::ApproveSilently),
            ("timeout_no_", Behaviour::Ignore),
            ("late_", Behaviour::ApproveLate),
        ];
        PREFIXES.into_iter().find(|(prefix, _)| payment_key.starts_with(prefix)).map(|(_, behaviour)| behaviour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_decides() {
        assert_eq!(Behaviour::of("ok_decline_1"), Some(Behaviour::Approve));
        assert_eq!(Behaviour::of("timeout_ok_1"), Some(Behaviour::ApproveSilently));
        assert_eq!(Behaviour::of("timeout_no_1"), Some(Behaviour::Ignore));
        assert_eq!(Behaviour::of("timeout_1"), None);
        assert_eq!(Behaviour::of(""), None);
    }
}

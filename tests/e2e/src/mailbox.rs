//! Mail that was sent, as the local AWS keeps it.

use serde_json::Value;

use crate::stack::{Stack, client};
use crate::wait::{LATER, eventually, when};

/// A mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its HTML part.
    pub html: String,
    /// Its text part.
    pub text: String,
}

/// The mails to this address so far, oldest first.
///
/// # Panics
/// When the mailbox cannot be read.
pub async fn mails_to(address: &str) -> Vec<Mail> {
    let client = client().build().expect("a client can be built");
    let url = format!("{}/_ministack/ses/messages", Stack::get().aws_endpoint);
    let all: Value = client.get(url).send().await.expect("the mailbox answers").json().await.expect("in JSON");
    let part = |mail: &Value, name: &str| mail[name].as_str().unwrap_or_default().to_owned();
    messages(&all)
        .filter(|mail| mail["To"].as_array().is_some_and(|to| to.iter().any(|to| to == address)))
        .map(|mail| Mail { subject: part(mail, "Subject"), html: part(mail, "BodyHtml"), text: part(mail, "BodyText") })
        .collect()
}

/// The mail to this address with this in its subject and that in its text, as soon as it is there. There must be only
/// one.
///
/// # Panics
/// When it does not come, or comes twice.
pub async fn mail_about(address: &str, subject: &str, matter: &str) -> Mail {
    let mut found = eventually(&format!("the mail {subject:?} about {matter}"), LATER, async || {
        let mut mails = mails_to(address).await;
        mails.retain(|mail| mail.subject.contains(subject) && mail.text.contains(matter));
        when(!mails.is_empty(), mails)
    })
    .await;
    assert_eq!(found.len(), 1, "one mail for one piece of news");
    found.remove(0)
}

fn messages(all: &Value) -> impl Iterator<Item = &Value> {
    let by_account = all["messages"].as_object().expect("mails by account");
    by_account.values().flat_map(|mails| mails.as_array().into_iter().flatten())
}

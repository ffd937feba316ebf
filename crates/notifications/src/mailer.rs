//! The port to the post, and SES behind it.

use aws_sdk_ses::Client;
use aws_sdk_ses::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_ses::types::{Body, Content, Destination, Message};

use crate::domain::Mail;

/// A mail was not accepted, or nobody knows whether it was.
///
/// SES repeats the recipient in what it says of a refusal. Only its code is kept: addresses do not belong in a log.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The post refused it.
    #[error("the mail was refused: {code}")]
    Refused {
        /// The code of the refusal.
        code: String,
    },
    /// No answer; it may have been accepted all the same.
    #[error("the mail service did not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Takes mails to the post.
pub trait Mailer {
    /// Hands a mail over; answers with the name that the post gave it.
    ///
    /// # Errors
    /// When the mail was not accepted for sure.
    fn send(&self, mail: &Mail) -> impl Future<Output = Result<String, MailError>>;
}

/// SES.
#[derive(Debug, Clone)]
pub struct SesMailer {
    client: Client,
    from: String,
}

impl SesMailer {
    /// With this sender, whose address or domain SES must have verified.
    #[must_use]
    pub const fn new(client: Client, from: String) -> Self {
        Self { client, from }
    }
}

impl Mailer for SesMailer {
    async fn send(&self, mail: &Mail) -> Result<String, MailError> {
        let content = |text: &str| {
            let content = Content::builder().charset("UTF-8").data(text).build();
            content.map_err(|error| MailError::Unavailable(error.into()))
        };
        let body = Body::builder().html(content(&mail.html)?).text(content(&mail.text)?).build();
        let request = self
            .client
            .send_email()
            .source(&self.from)
            .destination(Destination::builder().to_addresses(mail.to.expose()).build())
            .message(Message::builder().subject(content(&mail.subject)?).body(body).build());
        match request.send().await {
            Ok(answer) => Ok(answer.message_id),
            Err(SdkError::ServiceError(refusal)) => {
                Err(MailError::Refused { code: refusal.err().code().unwrap_or("Unknown").to_owned() })
            }
            Err(error) => Err(MailError::Unavailable(error.into())),
        }
    }
}

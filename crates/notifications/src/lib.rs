//! Mail, inbox and push messages to buyers: who they are, what they booked, and one message about each change.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | what a message says, in the reader's language and the venue's time; where it may be sent |
//! | [`notify`] | the use case: learn from events, tell people about some of them |
//! | [`inbox`] | the use cases of readers |
//! | [`subscribing`] | the use cases of browsers that want push messages |
//! | [`store`] | contacts, performances, mails, inboxes and browsers in DynamoDB |
//! | [`mailer`] | the port to the post, and SES behind it |
//! | [`push`] | the port to the push services, and Web Push behind it |

pub mod domain;
pub mod inbox;
pub mod mailer;
pub mod notify;
pub mod push;
pub mod store;
pub mod subscribing;

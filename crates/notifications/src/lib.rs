//! Mail to buyers: who they are, what they booked, and one message about each change.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | what a mail says, in the reader's language and the venue's time |
//! | [`notify`] | the use case: learn from events, write about some of them |
//! | [`store`] | contacts, performances and the record of mails in DynamoDB |
//! | [`mailer`] | the port to the post, and SES behind it |

pub mod domain;
pub mod mailer;
pub mod notify;
pub mod store;

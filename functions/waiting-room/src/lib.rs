//! The waiting room's Lambda functions.

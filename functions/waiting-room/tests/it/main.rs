//! The waiting room's functions, driven by events of API Gateway and SQS.

mod answers;
mod workers;
mod world;

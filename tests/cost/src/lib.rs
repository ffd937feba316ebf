//! What every operation and journey costs on AWS, counted while the real handlers and workers run.
//!
//! | module | what it does |
//! |---|---|
//! | [`meter`] | notes each request to AWS; `testkit::capacity` says what DynamoDB charges for it |
//! | [`cloud`], [`streams`] | AWS below the clients: an embedded DynamoDB, queues, mail |
//! | [`world`], [`pump`] | the functions; what follows from a request, step by step, as streams and queues trigger it |
//! | [`request`] | events of API Gateway |
//! | [`stage`] | halls, events, people |
//! | [`operations`], [`sagas`], [`usual`] | what is measured, and the usual design beside it |
//! | [`prices`] | what AWS asks |
//! | [`card`], [`targets`], [`report`] | the result as JSON, what it is to reach, the result as tables |

pub mod card;
pub mod cloud;
pub mod meter;
pub mod operations;
pub mod prices;
pub mod pump;
pub mod report;
pub mod request;
pub mod sagas;
pub mod stage;
pub mod streams;
pub mod targets;
pub mod usual;
pub mod world;

/// Why the measurement cannot go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Everything, measured anew.
///
/// # Errors
/// When a step does not do what it is measured for.
pub async fn measure() -> Result<card::Card, Failure> {
    let mut card = card::Card::default();
    let mut world = world::World::start().await?;
    let stage = stage::Stage::set(&mut world).await?;
    operations::measure(&mut world, &stage, &mut card).await?;
    sagas::measure(&mut world, &stage, &mut card).await?;
    usual::measure(&mut card).await?;
    Ok(card)
}

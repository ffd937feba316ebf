//! Which generations there are, kept in one item that every worker reads first.

use kit::dynamo::{Conditional as _, Item, StoreError, n};

use super::items::{BUILDING, LIVE, generations_key};
use super::store::SalesStore;
use crate::domain::{Generation, Generations};

impl SalesStore {
    /// The generations that there are now.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn generations(&self) -> Result<Generations, StoreError> {
        let request = self.client.get_item().table_name(&self.table).set_key(Some(generations_key()));
        let item = request.consistent_read(true).send().await?.item;
        Ok(item.map(serde_dynamo::from_item).transpose()?.unwrap_or_default())
    }

    /// Has a generation built; answers which one: the next one, or the one that is being built already.
    pub(super) async fn begin(&self) -> Result<Generation, StoreError> {
        let known = self.generations().await?;
        if let Some(building) = known.building {
            return Ok(building);
        }
        let building = known.live.next();
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item(Generations { building: Some(building), ..known })?))
            .condition_expression("attribute_not_exists(#live) OR (#live = :live AND attribute_not_exists(#building))")
            .expression_attribute_names("#live", LIVE)
            .expression_attribute_names("#building", BUILDING)
            .expression_attribute_values(":live", n(known.live));
        match put.send().await.conditional()? {
            Ok(_) => Ok(building),
            Err(_) => Err(StoreError::Contended),
        }
    }

    /// Has the generation read that was being built. Harmless when it is already.
    pub(super) async fn switch(&self, to: Generation) -> Result<(), StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item(Generations { live: to, building: None })?))
            .condition_expression("#building = :to OR (#live = :to AND attribute_not_exists(#building))")
            .expression_attribute_names("#live", LIVE)
            .expression_attribute_names("#building", BUILDING)
            .expression_attribute_values(":to", n(to));
        match put.send().await.conditional()? {
            Ok(_) => Ok(()),
            Err(_) => Err(StoreError::Contended),
        }
    }
}

fn item(generations: Generations) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(generations)?;
    item.extend(generations_key());
    Ok(item)
}

//! Sales of performances that nothing is known of yet.

use aws_sdk_dynamodb::types::{ConditionCheck, Put, TransactWriteItem};
use contracts::ids::PerformanceId;
use kit::dynamo::{Item, PK, StoreError, partition};

use super::items::{performance_key, waiting_item, waiting_pk};
use super::store::{SalesStore, incomplete, key_of};
use crate::domain::{Generation, Sale};

impl SalesStore {
    /// Keeps a sale for when its performance is known; `false` when it is known already.
    pub(super) async fn park(&self, generation: Generation, sale: &Sale) -> Result<bool, StoreError> {
        let unknown = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(performance_key(generation, sale.performance_id)))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK);
        let put = Put::builder().table_name(&self.table).set_item(Some(waiting_item(generation, sale)?));
        let unknown = TransactWriteItem::builder().condition_check(unknown.build().map_err(incomplete)?).build();
        let put = TransactWriteItem::builder().put(put.build().map_err(incomplete)?).build();
        self.transact(vec![unknown, put]).await
    }

    /// The sales that were kept for a performance, with their keys.
    pub(super) async fn parked(
        &self,
        generation: Generation,
        performance: PerformanceId,
    ) -> Result<Vec<(Item, Sale)>, StoreError> {
        let items = partition(&self.client, &self.table, waiting_pk(generation, performance), "").await?;
        let sales = items.into_iter().map(|item| Ok((key_of(&item), serde_dynamo::from_item(item)?)));
        sales.collect()
    }
}

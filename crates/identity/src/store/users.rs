//! The accounts themselves.

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, TransactWriteItem, Update};
use contracts::event::{EventType, LAST_EVENT, LastEvent};
use contracts::identity::{Role, UserState};
use contracts::ids::UserId;
use jiff::Timestamp;
use kit::dynamo::{Conditional as _, StoreError, attribute, key, n, read, s};

use super::{ERA, LISTING, LISTING_PK, LISTING_SK, STATE, Store, USER, USERS, user_pk};

/// How many accounts one query looks at when only some of them are wanted.
const LOOKED_AT: i32 = 1_000;

/// How many queries one page takes at most.
const QUERIES: u32 = 5;

/// An account as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// What it says.
    pub user: UserState,
    /// How often all of its logins were ended at once.
    pub era: u64,
}

/// Some accounts, and the one that the next page starts after.
pub type UserPage = (Vec<UserState>, Option<UserId>);

impl Store {
    /// The account's state, if there is one.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn user(&self, id: UserId) -> Result<Option<UserState>, StoreError> {
        Ok(self.account(id).await?.map(|account| account.user))
    }

    /// The account, if there is one.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn account(&self, id: UserId) -> Result<Option<Account>, StoreError> {
        let found = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key(user_pk(id), USER)))
            .consistent_read(true)
            .projection_expression("#state, #era")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#era", ERA)
            .send()
            .await?;
        let Some(item) = found.item else { return Ok(None) };
        let era = read(&item, ERA)?.unwrap_or_default();
        Ok(read(&item, STATE)?.map(|user| Account { user, era }))
    }

    /// Stores the next version of an account with the event that made it; `ends_logins` ends all of its logins in the
    /// same write. `false`: it is not the next any more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn update_user(
        &self,
        next: &UserState,
        event: EventType,
        ends_logins: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = self.change(next, event, ends_logins, now)?;
        let request = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(update.key))
            .update_expression(update.update_expression)
            .set_condition_expression(update.condition_expression)
            .set_expression_attribute_names(update.expression_attribute_names)
            .set_expression_attribute_values(update.expression_attribute_values);
        Ok(request.send().await.conditional()?.is_ok())
    }

    /// [`Store::update_user`] while `admin` is an admin. `false` also when they are not any more.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn update_user_by(
        &self,
        admin: UserId,
        next: &UserState,
        event: EventType,
        ends_logins: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let still_admin = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key(user_pk(admin), USER)))
            .condition_expression("#state.#role = :admin")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#role", "role")
            .expression_attribute_values(":admin", attribute(&Role::Admin)?)
            .build()
            .map_err(|error| StoreError::Unreadable(Box::new(error)))?;
        self.write_together(vec![
            TransactWriteItem::builder().condition_check(still_admin).build(),
            TransactWriteItem::builder().update(self.change(next, event, ends_logins, now)?).build(),
        ])
        .await
    }

    /// The update that stores the next version of an account.
    pub(super) fn change(
        &self,
        next: &UserState,
        event: EventType,
        ends_logins: bool,
        now: Timestamp,
    ) -> Result<Update, StoreError> {
        // Also for accounts from before there was a list of them.
        let sets = "SET #state = :state, #lastEvent = :lastEvent, #listingPk = :users, #listingSk = :id";
        let with_era = |update: UpdateBuilder| {
            update
                .update_expression(format!("{sets} ADD #era :one"))
                .expression_attribute_names("#era", ERA)
                .expression_attribute_values(":one", n(1))
        };
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key(user_pk(next.id), USER)))
            .condition_expression("#state.#version = :before")
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#lastEvent", LAST_EVENT)
            .expression_attribute_names("#listingPk", LISTING_PK)
            .expression_attribute_names("#listingSk", LISTING_SK)
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":state", attribute(next)?)
            .expression_attribute_values(":lastEvent", attribute(&LastEvent::new(event, now, STATE))?)
            .expression_attribute_values(":users", s(USERS))
            .expression_attribute_values(":id", s(next.id.to_string()))
            .expression_attribute_values(":before", n(next.version.saturating_sub(1)));
        let update = if ends_logins { with_era(update) } else { update.update_expression(sets) };
        update.build().map_err(|error| StoreError::Unreadable(Box::new(error)))
    }

    /// At most `limit` accounts after `after`, the latest opened first; of one role only, if it is given. A page of
    /// one role may hold fewer although there are more. It may miss what was written a moment ago.
    ///
    /// # Errors
    /// When the table did not answer.
    pub async fn users(&self, role: Option<Role>, limit: u32, after: Option<UserId>) -> Result<UserPage, StoreError> {
        let limit = limit as usize;
        let (mut found, mut after) = (Vec::<UserState>::new(), after);
        for _ in 0..QUERIES {
            let answer = self.query_users(role, limit, after).await?;
            for item in answer.items.unwrap_or_default() {
                found.extend(read::<UserState>(&item, STATE)?);
            }
            after = answer.last_evaluated_key.map_or(Ok(None), |last| read(&last, LISTING_SK))?;
            if found.len() > limit {
                found.truncate(limit);
                after = found.last().map(|user| user.id);
            }
            if found.len() >= limit || after.is_none() {
                break;
            }
        }
        Ok((found, after))
    }

    async fn query_users(
        &self,
        role: Option<Role>,
        limit: usize,
        after: Option<UserId>,
    ) -> Result<aws_sdk_dynamodb::operation::query::QueryOutput, StoreError> {
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(LISTING)
            .scan_index_forward(false)
            .expression_attribute_names("#listingPk", LISTING_PK)
            .expression_attribute_values(":users", s(USERS));
        query = match after {
            None => query.key_condition_expression("#listingPk = :users"),
            Some(after) => query
                .key_condition_expression("#listingPk = :users AND #listingSk < :after")
                .expression_attribute_names("#listingSk", LISTING_SK)
                .expression_attribute_values(":after", s(after.to_string())),
        };
        query = match role {
            // One more than wanted tells whether there is a next page.
            None => query.limit(i32::try_from(limit + 1).unwrap_or(LOOKED_AT)),
            Some(role) => query
                .limit(LOOKED_AT)
                .filter_expression("#state.#role = :role")
                .expression_attribute_names("#state", STATE)
                .expression_attribute_names("#role", "role")
                .expression_attribute_values(":role", attribute(&role)?),
        };
        Ok(query.send().await?)
    }
}

/// The same change, only of an account in whose state `name` is `value`.
pub(super) fn demanding(mut update: Update, name: &str, value: AttributeValue) -> Update {
    update.condition_expression =
        update.condition_expression.map(|before| format!("{before} AND #state.#demanded = :demanded"));
    update.expression_attribute_names.get_or_insert_default().insert("#demanded".to_owned(), name.to_owned());
    update.expression_attribute_values.get_or_insert_default().insert(":demanded".to_owned(), value);
    update
}

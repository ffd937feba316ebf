//! A table as the stack declares it.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
use kit::dynamo::Item;

use crate::declaration::Declaration;
use crate::{Database, Faults, Pause};

/// A fresh, empty table in an embedded DynamoDB that lives as long as the test's runtime.
#[derive(Debug, Clone)]
pub struct TestTable {
    /// Its name.
    pub name: String,
    endpoint: String,
}

impl TestTable {
    /// With the keys that every table of Jari has, and no index.
    ///
    /// # Panics
    /// When the embedded DynamoDB does not start.
    pub async fn start() -> Self {
        Self::declared(&Declaration::keys_only()).await
    }

    /// With the keys and indexes of this resource of `infra/data.yaml`, such as `CatalogTable`.
    ///
    /// # Panics
    /// When there is no such table, or the embedded DynamoDB does not start.
    pub async fn like(resource: &str) -> Self {
        Self::declared(&Declaration::of(resource)).await
    }

    async fn declared(declaration: &Declaration) -> Self {
        let Database { endpoint } = Database::start().await;
        let table = Self { name: "table".to_owned(), endpoint };
        declaration.on(table.client().create_table().table_name(&table.name)).send().await.expect("a table");
        table
    }

    /// A client that retries nothing, so that a test sees every failure.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::from_conf(self.config().build())
    }

    /// A client some of whose calls fail as `faults` says.
    #[must_use]
    pub fn failing_client(&self, faults: &Faults) -> Client {
        Client::from_conf(self.config().interceptor(faults.clone()).build())
    }

    /// A client one of whose calls waits as `pause` says.
    #[must_use]
    pub fn pausing_client(&self, pause: &Pause) -> Client {
        Client::from_conf(self.config().interceptor(pause.clone()).build())
    }

    /// A client of a DynamoDB that refuses everything with the error of this code, for answers the embedded one never
    /// gives.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn refusing_client(&self, code: &'static str) -> Client {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("its address"));
        let body = format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"on purpose"}}"#);
        let refuse = move || async move { (axum::http::StatusCode::BAD_REQUEST, body) };
        let app = axum::Router::new().fallback(refuse);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Client::from_conf(self.config().endpoint_url(endpoint).build())
    }

    /// Everything in the table.
    ///
    /// # Panics
    /// When the embedded DynamoDB does not answer.
    pub async fn items(&self) -> Vec<Item> {
        let scan = self.client().scan().table_name(&self.name).consistent_read(true).into_paginator().items().send();
        scan.collect::<Result<Vec<_>, _>>().await.expect("a scan")
    }

    fn config(&self) -> aws_sdk_dynamodb::config::Builder {
        aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(&self.endpoint)
            .retry_config(RetryConfig::disabled())
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
    }
}

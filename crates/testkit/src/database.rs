//! All tables of the stack in one embedded DynamoDB, with their streams.

use std::sync::atomic::{AtomicUsize, Ordering};

use aws_sdk_dynamodb::types::{StreamSpecification, StreamViewType};

use crate::declaration::Declaration;

/// An embedded DynamoDB that lives as long as the test's runtime. Its tables have the names of their resources.
#[derive(Debug, Clone)]
pub struct Database {
    /// Where it is.
    pub endpoint: String,
}

impl Database {
    /// An empty one.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start() -> Self {
        let database = open();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("its address"));
        tokio::spawn(dynoxide::server::serve_on(listener, database));
        Self { endpoint }
    }

    /// Makes the table of this resource of `infra/data.yaml`, with its indexes and its stream, if it has one.
    ///
    /// # Panics
    /// When there is no such resource, or the database does not answer.
    pub async fn create(&self, client: &aws_sdk_dynamodb::Client, resource: &str) {
        let declaration = Declaration::of(resource);
        let stream = declaration.stream().map(|view| {
            let stream = StreamSpecification::builder().stream_enabled(true);
            stream.stream_view_type(StreamViewType::from(view)).build().expect("a complete stream")
        });
        let request = client.create_table().table_name(resource).set_stream_specification(stream);
        declaration.on(request).send().await.expect("a table");
    }
}

/// Without these it looks through a table's whole stream for the next sequence number at every write, and for every batch
/// of records: a thousand writes a second become a hundred as the stream grows.
const INDEXES: &str = "\
    CREATE INDEX stream_of_table ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
    CREATE INDEX stream_of_shard ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));";

fn open() -> dynoxide::Database {
    static OPENED: AtomicUsize = AtomicUsize::new(0);
    // In memory, and by a name that a second connection can have as well.
    let name = format!("file:/testkit-{}?vfs=memdb", OPENED.fetch_add(1, Ordering::Relaxed));
    let database = dynoxide::Database::new(&name).expect("embedded DynamoDB");
    let connection = rusqlite::Connection::open(&name).expect("the same database");
    connection.execute_batch(INDEXES).expect("indexes of its streams");
    database
}

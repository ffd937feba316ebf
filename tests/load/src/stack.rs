//! The whole of it: services, functions, front door and event sources.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, StreamSpecification,
    StreamViewType,
};
use aws_sdk_sqs::types::QueueAttributeName;
use kit::dynamo::{PK, SK};
use measure::deployment::{Deployment, EventSource, Route};
use tokio::net::TcpListener;

use crate::Failure;
use crate::addresses::Addresses;
use crate::aws::Aws;
use crate::gateway::{Doors, Gateway};
use crate::meter::Meter;
use crate::pool::{Pool, Program};
use crate::sources::{QueueSource, Sources, StreamSource, create_queues};
use crate::tokens::Tokens;

/// What the database is shown instead of a signature: it looks whether there is one, not whose.
pub const ANYBODY: &str = "AWS4-HMAC-SHA256 Credential=load/20260101/us-east-1/dynamodb/aws4_request, \
                           SignedHeaders=host;x-amz-date;x-amz-target, Signature=0";

/// The usual design's function, which the template does not know.
pub const BY_ITEM: &str = "reserve-seats-by-item";

/// The path that leads to it.
pub const BY_ITEM_PATH: &str = "/baseline/seats/reserve";

/// The table of the usual design.
pub const BY_ITEM_TABLE: &str = "BaselineTable";

/// What is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the functions' programs are.
    pub programs: PathBuf,
    /// Where their logs go.
    pub logs: PathBuf,
    /// Most environments of one function.
    pub environments: usize,
    /// The functions that are needed.
    pub functions: Vec<&'static str>,
    /// Whether events are carried from the tables to the workers.
    pub events: bool,
}

/// A running application. Dropping it ends all its processes.
#[derive(Debug)]
pub struct Stack {
    /// The front door's address.
    pub url: String,
    /// Whose tokens the front door takes.
    pub tokens: Tokens,
    /// The database.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// The queues.
    pub sqs: aws_sdk_sqs::Client,
    /// The services.
    pub aws: Aws,
    /// What the templates say.
    pub deployment: &'static Deployment,
    /// The environments, by function.
    pub pools: HashMap<String, Arc<Pool>>,
    _gateway: Gateway,
    _sources: Sources,
}

impl Stack {
    /// Starts the services, makes tables, queues and secrets, and opens the front door. Functions start with the first
    /// event for them.
    ///
    /// # Errors
    /// When a part does not start, or a program is not built.
    pub async fn start(options: &Options) -> Result<Self, Failure> {
        let deployment = Deployment::read()?;
        let aws = Aws::start(&options.programs.join("load")).await?;
        let dynamodb = dynamodb(&aws.endpoints.dynamodb);
        let sqs = aws_sdk_sqs::Client::from_conf(
            aws_sdk_sqs::Config::builder()
                .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
                .region(aws_sdk_sqs::config::Region::new("us-east-1"))
                .endpoint_url(&aws.endpoints.services)
                .credentials_provider(aws_sdk_sqs::config::Credentials::new("load", "load", None, None, "load"))
                .build(),
        );
        let database = testkit::Database { endpoint: aws.endpoints.dynamodb.clone() };
        for table in &deployment.tables {
            database.create(&dynamodb, table).await;
        }
        create_by_item_table(&dynamodb).await?;
        create_queues(&sqs, &deployment.queues).await?;
        create_secrets(deployment, &aws).await?;

        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let lambda = format!("http://{}", listener.local_addr()?);
        let pools = pools(deployment, options, &aws, &lambda)?;
        let mut doors = Doors::default();
        for (name, pool) in &pools {
            doors.add_function(name, pool);
            for route in deployment.functions.get(name).into_iter().flat_map(|function| &function.routes) {
                doors.add_route(route, pool);
            }
        }
        if let Some(pool) = pools.get(BY_ITEM) {
            let [method, path] = ["POST", BY_ITEM_PATH].map(str::to_owned);
            doors.add_route(&Route { method, path, guarded: true, scopes: Vec::new() }, pool);
        }
        let tokens = Tokens::default();
        let gateway = Gateway::open(listener, doors, tokens.clone())?;
        let sources = if options.events { sources(deployment, &pools, &aws, &sqs) } else { Sources::default() };
        let url = gateway.url.clone();
        Ok(Self { url, tokens, dynamodb, sqs, aws, deployment, pools, _gateway: gateway, _sources: sources })
    }

    /// Starts environments of a function before they are needed.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn warm(&self, function: &str, environments: usize) -> Result<(), Failure> {
        let pool = self.pools.get(function).ok_or_else(|| format!("{function} is not part of this run"))?;
        Ok(pool.warm(environments).await?)
    }

    /// One environment of a function whose calls to the database are counted, behind a front door of its own.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn metered(&self, function: &str, path: &str, meter: &Meter) -> Result<Gateway, Failure> {
        let pool = self.pools.get(function).ok_or_else(|| format!("{function} is not part of this run"))?;
        let mut program = pool.program().clone();
        for (name, value) in &mut program.variables {
            if name == "AWS_ENDPOINT_URL_DYNAMODB" {
                value.clone_from(&meter.url);
            }
        }
        let [method, path] = ["POST", path].map(str::to_owned);
        let mut doors = Doors::default();
        doors.add_route(&Route { method, path, guarded: true, scopes: Vec::new() }, &Pool::new(program, 1));
        Gateway::open(TcpListener::bind("127.0.0.1:0").await?, doors, self.tokens.clone())
    }

    /// How many messages were given up: those in the queues that only failed ones go to.
    ///
    /// # Errors
    /// When the queues do not answer.
    pub async fn dead_letters(&self) -> Result<u64, Failure> {
        let targets = self.deployment.queues.values().filter_map(|queue| queue.dead_letters.as_ref());
        let names: BTreeSet<_> =
            targets.filter_map(|(target, _)| self.deployment.queues.get(target)).map(|queue| &queue.name).collect();
        let mut given_up = 0;
        for name in names {
            let url = format!("{}/000000000000/{name}", self.aws.endpoints.services);
            let wanted = QueueAttributeName::ApproximateNumberOfMessages;
            let answer = self.sqs.get_queue_attributes().queue_url(url).attribute_names(wanted.clone()).send().await?;
            let count =
                answer.attributes.as_ref().and_then(|all| all.get(&wanted)).ok_or("a queue without a length")?;
            given_up += count.parse::<u64>()?;
        }
        Ok(given_up)
    }

    /// The process ids of every environment of every function.
    #[must_use]
    pub fn function_pids(&self) -> Vec<u32> {
        self.pools.values().flat_map(|pool| pool.pids()).collect()
    }
}

/// A client of the database at this address.
#[must_use]
pub fn dynamodb(endpoint: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(endpoint)
        .credentials_provider(Credentials::new("load", "load", None, None, "load"));
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

fn pools(
    deployment: &Deployment,
    options: &Options,
    aws: &Aws,
    lambda: &str,
) -> Result<HashMap<String, Arc<Pool>>, Failure> {
    std::fs::create_dir_all(&options.logs)?;
    let addresses = Addresses {
        queues: aws.endpoints.services.clone(),
        elsewhere: aws.endpoints.services.clone(),
        gateway: aws.endpoints.gateway.clone(),
    };
    let by_item = vec![
        ("BOOKING_TABLE".to_owned(), "Data.Outputs.BookingTable".to_owned()),
        ("BASELINE_TABLE".to_owned(), format!("Data.Outputs.{BY_ITEM_TABLE}")),
        ("ADMISSION_SECRET_ARN".to_owned(), "AdmissionSecret.Id".to_owned()),
    ];
    let mut pools = HashMap::new();
    for &name in &options.functions {
        let declared = if name == BY_ITEM { &by_item } else { &deployment.function(name)?.variables };
        let file = options.programs.join(name);
        if !file.exists() {
            return Err(format!("{} is not built", file.display()).into());
        }
        let mut variables = addresses.variables(declared, deployment)?;
        let always = [
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "load"),
            ("AWS_SECRET_ACCESS_KEY", "load"),
            ("AWS_ENDPOINT_URL", aws.endpoints.services.as_str()),
            ("AWS_ENDPOINT_URL_DYNAMODB", aws.endpoints.dynamodb.as_str()),
            ("AWS_ENDPOINT_URL_LAMBDA", lambda),
            ("RUST_LOG", "info"),
        ];
        variables.extend(always.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let log = options.logs.join(format!("{name}.log"));
        let program = Program { function: name.to_owned(), file, variables, log };
        pools.insert(name.to_owned(), Pool::new(program, options.environments));
    }
    Ok(pools)
}

fn sources(
    deployment: &Deployment,
    pools: &HashMap<String, Arc<Pool>>,
    aws: &Aws,
    sqs: &aws_sdk_sqs::Client,
) -> Sources {
    let mut sources = Sources::default();
    for trigger in deployment.triggers.values() {
        // A run without the function lets its messages lie.
        let Some(pool) = pools.get(&trigger.function) else { continue };
        let (batch, window) = (trigger.batch_size, Duration::from_secs(trigger.window_seconds));
        match &trigger.source {
            EventSource::Stream(table) => {
                let (endpoint, filters) = (aws.endpoints.dynamodb.clone(), trigger.filters.clone());
                let (table, lanes) = (table.clone(), trigger.concurrency);
                sources.read(StreamSource { endpoint, table, batch, window, lanes, filters }, pool);
            }
            EventSource::Queue(resource) => {
                let Some(queue) = deployment.queues.get(resource) else { continue };
                let url = format!("{}/000000000000/{}", aws.endpoints.services, queue.name);
                let (client, name) = (sqs.clone(), queue.name.clone());
                let concurrency = trigger.concurrency;
                sources.poll(QueueSource { client, url, name, batch, window, concurrency }, pool);
            }
        }
    }
    sources
}

/// The table of the usual design: the keys and the stream that ours has.
async fn create_by_item_table(client: &aws_sdk_dynamodb::Client) -> Result<(), Failure> {
    let key = |name: &str, kind: KeyType| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    let attribute =
        |name: &str| AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build();
    let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewAndOldImages);
    let request = client.create_table().table_name(BY_ITEM_TABLE).billing_mode(BillingMode::PayPerRequest);
    let request = request.key_schema(key(PK, KeyType::Hash)?).key_schema(key(SK, KeyType::Range)?);
    let request = request.attribute_definitions(attribute(PK)?).attribute_definitions(attribute(SK)?);
    request.stream_specification(stream.build()?).send().await?;
    Ok(())
}

/// Random text for every secret that the templates have generated, and the gateway's key for its own.
async fn create_secrets(deployment: &Deployment, aws: &Aws) -> Result<(), Failure> {
    let http = reqwest::Client::new();
    for name in &deployment.secrets {
        let random: String = std::iter::repeat_with(fastrand::alphanumeric).take(64).collect();
        let text = if name == "PgSecret" { &aws.endpoints.gateway_key } else { &random };
        let answer = http
            .post(&aws.endpoints.services)
            .header("x-amz-target", "secretsmanager.CreateSecret")
            .header("content-type", "application/x-amz-json-1.1")
            .json(&serde_json::json!({"Name": name, "SecretString": text, "ClientRequestToken": uuid::Uuid::now_v7()}))
            .send()
            .await?;
        answer.error_for_status()?;
    }
    Ok(())
}

/// Where `cargo` puts programs of this profile, seen from this very program.
///
/// # Errors
/// When this program is not where `cargo` puts programs.
pub fn programs() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()?;
    Ok(own.parent().map(Path::to_owned).ok_or("this program is in no folder")?)
}

#[cfg(test)]
mod tests {
    use crate::scenarios::{contention, journey, rush};

    #[test]
    fn everything_that_runs_is_built_by_make() {
        let makefile = include_str!("../../../Makefile").replace("\\\n", " ");
        let list = makefile.lines().find_map(|line| line.strip_prefix("LOAD := ")).unwrap();
        let built: Vec<_> = list.split(|c: char| c.is_whitespace() || c == ')').collect();
        for function in contention::FUNCTIONS.into_iter().chain(rush::FUNCTIONS).chain(journey::FUNCTIONS) {
            assert!(built.contains(&function), "{function}");
        }
    }
}

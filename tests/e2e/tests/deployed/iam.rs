//! What the deployed roles may do. That it is enough is proved by everything else: the local AWS enforces it.

use std::collections::BTreeSet;

use e2e::contract::Contract;
use e2e::iam::{Statement, matches, statements};
use e2e::stack::Stack;
use reqwest::Method;

/// The contexts with their tables.
const CONTEXTS: [(&str, &[&str]); 8] = [
    ("identity", &["identity"]),
    ("catalog", &["catalog"]),
    ("booking", &["booking"]),
    ("payments", &["payments"]),
    ("notifications", &["notifications"]),
    ("insights", &["events", "insights"]),
    ("waiting-room", &["waiting-room"]),
    ("realtime", &["realtime"]),
];

/// What changes nothing.
const READS: [&str; 7] = [
    "dynamodb:GetItem",
    "dynamodb:BatchGetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "s3:GetObject",
    "s3:ListBucket",
    "secretsmanager:GetSecretValue",
];

fn table(context: &str) -> String {
    format!("arn:aws:dynamodb:us-east-1:000000000000:table/{}-{context}", Stack::get().name())
}

fn tables() -> impl Iterator<Item = &'static str> {
    CONTEXTS.into_iter().flat_map(|(_, tables)| tables).copied()
}

/// The actions of a function, and what it may do them with.
fn permissions<'a>(all: &'a [Statement], function: &str) -> BTreeSet<(&'a str, &'a str)> {
    let of_function = all.iter().filter(|statement| statement.is_of(function));
    let pairs = of_function.flat_map(|statement| {
        let resources = statement.resources.iter().map(String::as_str);
        resources.flat_map(|resource| statement.actions.iter().map(move |action| (action.as_str(), resource)))
    });
    pairs.collect()
}

/// `getSeatMap` → `GetSeatMap`, as the template names the function.
fn resource_of(operation: &str) -> String {
    let mut letters = operation.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[tokio::test]
async fn nothing_is_allowed_by_wildcard() {
    for statement in statements().await {
        for action in &statement.actions {
            assert!(!action.contains(['*', '?']), "{statement:?}");
        }
        for resource in &statement.resources {
            // A stream's name ends in the moment it was made, an object's with what it is an object of.
            let is_stream = tables().any(|name| *resource == format!("{}/stream/*", table(name)));
            let is_folder = resource.strip_prefix("arn:aws:s3:::").and_then(|path| path.split_once('/'));
            let is_folder = is_folder.is_some_and(|(bucket, rest)| {
                !bucket.contains(['*', '?']) && ["uploads/*", "images/*", "search/*"].contains(&rest)
            });
            // API Gateway makes up the names of connections.
            let is_connection =
                resource.starts_with("arn:aws:execute-api:") && resource.ends_with("/live/POST/@connections/*");
            let written_out = !resource.trim_end_matches("/*").contains(['*', '?']);
            assert!(
                is_stream || is_folder || (is_connection && written_out) || !resource.contains(['*', '?']),
                "{statement:?}"
            );
        }
    }
}

#[tokio::test]
async fn every_role_reaches_the_tables_of_one_context_and_the_right_ones() {
    let all = statements().await;
    let reaches = |statement: &Statement, name: &str| {
        // The table itself, and what is below it: its indexes.
        statement
            .resources
            .iter()
            .any(|resource| matches(resource, &table(name)) || resource.starts_with(&format!("{}/index/", table(name))))
    };
    let roles: BTreeSet<_> = all.iter().map(|statement| statement.role.as_str()).collect();
    for role in roles {
        let of_role = || all.iter().filter(|statement| statement.role == role);
        let is_reached = |name: &&str| of_role().any(|statement| reaches(statement, name));
        let contexts: Vec<_> = CONTEXTS.iter().filter(|(_, tables)| tables.iter().any(&is_reached)).collect();
        assert!(contexts.len() <= 1, "{role} reaches {contexts:?}");
        let tables: Vec<_> = tables().filter(is_reached).collect();
        // Whoever builds the read models anew reads what they are built from.
        assert!(tables.len() <= 1 || role.contains("-ReplayEventsFunction"), "{role} reaches {tables:?}");
    }
    let of = |function: &str, name: &str| {
        assert!(all.iter().any(|statement| statement.is_of(function)), "no role of {function}");
        all.iter().any(|statement| statement.is_of(function) && reaches(statement, name))
    };
    for (function, name) in [
        ("ReserveSeats", "booking"),
        ("GetBookableDates", "booking"),
        ("RefreshAvailability", "booking"),
        ("ApplyAdmissionChange", "booking"),
        ("CancelPerformanceReservations", "booking"),
        ("ChargePayment", "payments"),
        ("SendNotification", "notifications"),
        ("ListNotifications", "notifications"),
        ("SubscribeToPush", "notifications"),
        ("LogInWithGoogle", "identity"),
        ("ListUsers", "identity"),
        ("ListEvents", "catalog"),
        ("CancelEvent", "catalog"),
        ("ProcessImage", "catalog"),
        ("ApplyPopularity", "catalog"),
        ("ProjectSales", "insights"),
        ("GetRanking", "insights"),
        ("ReplayEvents", "events"),
        ("CheckQueue", "waiting-room"),
        ("AdmitBuyer", "waiting-room"),
        ("SteerQueues", "waiting-room"),
        ("JoinSeatSelection", "realtime"),
        ("BroadcastChanges", "realtime"),
        ("DeliverNews", "realtime"),
    ] {
        assert!(of(function, name), "{function} does not reach {name}");
    }
    for function in ["StartGoogleLogIn", "RotateSigningKey", "ProvisionPushKey", "GetPushKey", "GetHealth"] {
        let tables: Vec<_> =
            tables().filter(|name| all.iter().any(|each| each.is_of(function) && reaches(each, name))).collect();
        assert!(tables.is_empty(), "{function} reaches {tables:?}");
    }
}

#[tokio::test]
async fn whoever_answers_a_get_changes_nothing() {
    let all = statements().await;
    let operations = Contract::get().operations().iter().filter(|operation| operation.method == Method::GET);
    for operation in operations {
        for (action, resource) in permissions(&all, &resource_of(&operation.id)) {
            assert!(READS.contains(&action), "{} may {action} {resource}", operation.id);
        }
    }
    let with_tables = permissions(&all, "GetRanking");
    assert!(with_tables.iter().all(|(_, resource)| resource.starts_with(&table("insights"))), "{with_tables:?}");
}

#[tokio::test]
async fn the_event_store_is_written_by_one_and_never_changed() {
    let all = statements().await;
    for statement in all.iter().filter(|statement| statement.reaches(&table("events"))) {
        let written: Vec<_> = statement.actions.iter().filter(|action| !READS.contains(&action.as_str())).collect();
        let appends = statement.is_of("AppendEvents") && written.iter().all(|action| *action == "dynamodb:PutItem");
        assert!(written.is_empty() || appends, "{statement:?}");
    }
}

#[tokio::test]
async fn objects_are_touched_by_those_who_must() {
    let all = statements().await;
    // What may be done with objects, where the rest of the name is the bucket's.
    let allowed: [(&str, &[(&str, &str)]); 7] = [
        ("SignImageUpload", &[("s3:PutObject", "/uploads/*")]),
        (
            "ProcessImage",
            &[
                ("s3:GetObject", "/uploads/*"),
                ("s3:DeleteObject", "/uploads/*"),
                ("s3:GetObject", "/images/*"),
                ("s3:PutObject", "/images/*"),
                // Or S3 would not say of a missing object that it is missing.
                ("s3:ListBucket", ""),
            ],
        ),
        ("ListEvents", &[("s3:GetObject", "search"), ("s3:ListBucket", "")]),
        ("SnapshotSearchIndex", &[("s3:GetObject", "search"), ("s3:PutObject", "search"), ("s3:ListBucket", "")]),
        (
            "ProvisionSigningKey",
            &[
                ("s3:GetObject", "/.well-known/jwks.json"),
                ("s3:PutObject", "/.well-known/"),
                ("s3:DeleteObject", "/.well-known/"),
                ("s3:ListBucket", "discoverybucket"),
            ],
        ),
        (
            "RotateSigningKey",
            &[
                ("s3:GetObject", "/.well-known/jwks.json"),
                ("s3:PutObject", "/.well-known/jwks.json"),
                ("s3:ListBucket", "discoverybucket"),
            ],
        ),
        ("ConnectClient", &[("s3:GetObject", "/.well-known/jwks.json")]),
    ];
    for statement in all.iter().filter(|statement| statement.actions.iter().any(|action| action.starts_with("s3:"))) {
        let rules = allowed.iter().find(|(function, _)| statement.is_of(function));
        let (_, rules) = rules.unwrap_or_else(|| panic!("who gave it objects? {statement:?}"));
        for action in &statement.actions {
            for resource in &statement.resources {
                let fits = rules.iter().any(|(known, part)| action == known && resource.contains(part));
                assert!(fits, "{action} {resource}: {statement:?}");
            }
        }
    }
    for (function, _) in allowed {
        assert!(permissions(&all, function).iter().any(|(action, _)| action.starts_with("s3:")), "{function}");
    }
}

#[tokio::test]
async fn secrets_are_read_by_those_who_must() {
    let all = statements().await;
    let groups: [&[&str]; 8] = [
        &["RegisterUser", "LogIn", "RefreshSession", "LogInWithGoogle", "ProvisionSigningKey", "RotateSigningKey"],
        &["ChargePayment", "RefundPayment", "HandlePgWebhook"],
        &["StartGoogleLogIn", "LogInWithGoogle"],
        &["CheckQueue", "AdmitBuyer", "GetQueueStatus", "JoinQueueRoom"],
        &["CheckQueue", "AdmitBuyer", "ReserveSeats", "CreateReservation"],
        &["SendNotification", "ProvisionPushKey"],
        &["LogIn"],
        &["ListETickets"],
    ];
    let about_secrets =
        |statement: &&Statement| statement.actions.iter().any(|action| action.starts_with("secretsmanager:"));
    let secrets: BTreeSet<_> = all.iter().filter(about_secrets).flat_map(|each| &each.resources).collect();
    assert_eq!(secrets.len(), groups.len(), "{secrets:?}");
    for secret in secrets {
        let readers: Vec<_> = all.iter().filter(about_secrets).filter(|each| each.resources.contains(secret)).collect();
        let is_group = |group: &&[&str]| {
            group.iter().all(|function| readers.iter().any(|reader| reader.is_of(function)))
                && readers.iter().all(|reader| group.iter().any(|function| reader.is_of(function)))
        };
        assert_eq!(groups.iter().copied().filter(is_group).count(), 1, "{secret}: {readers:?}");
    }
    for statement in
        all.iter().filter(|each| each.actions.iter().any(|action| action.starts_with("secretsmanager:Put")))
    {
        let makes_keys = ["RotateSigningKey", "ProvisionSigningKey", "ProvisionPushKey"];
        assert!(makes_keys.iter().any(|function| statement.is_of(function)), "{statement:?}");
    }
}

#[tokio::test]
async fn only_the_log_of_events_sends_to_queues() {
    for statement in statements().await {
        if statement.actions.iter().any(|action| action.starts_with("sqs:Send")) {
            let all_end_in = |name: &str| {
                let queue = format!("{}-{name}", Stack::get().name());
                statement.resources.iter().all(|resource| resource.ends_with(&queue))
            };
            // What cannot be read goes to the operators, and the catalogue hears how well its events sell.
            let counts_sales = statement.is_of("ProjectSales") || statement.is_of("ReplayEvents");
            let is_popularity = counts_sales && all_end_in("popularity");
            // Whoever counts seats anew tells those who watch, and the waiting room.
            let tells = all_end_in("live-changes.fifo") || all_end_in("seats-left");
            let is_telling = statement.is_of("RefreshAvailability") && tells;
            // Whoever comes into a room, goes or chooses has the room told.
            let moves = [
                "DisconnectClient",
                "JoinEventRoom",
                "LeaveEventRoom",
                "JoinSeatSelection",
                "LeaveSeatSelection",
                "ChangeSeatSelection",
            ];
            let is_moving = moves.iter().any(|function| statement.is_of(function)) && all_end_in("live-changes.fifo");
            // Whoever asks for entry wakes a waiting room, which asks itself for the next round and tells those who watch.
            let wakes = statement.is_of("CheckQueue") || statement.is_of("AdmitBuyer");
            let plays =
                ["SteerQueues", "ConfigureQueue", "ClearQueue"].iter().any(|function| statement.is_of(function));
            let is_steering = (wakes && all_end_in("steering")) || plays;
            let is_news = is_popularity || is_telling || is_moving || is_steering;
            let is_allowed = statement.is_of("AppendEvents") || all_end_in("stream-failures") || is_news;
            assert!(is_allowed, "{statement:?}");
        }
    }
}

#[test]
fn wildcards_are_understood() {
    assert!(matches("a*c", "abbc") && matches("a*", "a") && matches("*", "") && matches("a", "a"));
    assert!(!matches("a*c", "ab") && !matches("a", "ab"));
}

//! What `infra/data.yaml` says about a table, so that tests run on the keys and indexes that are deployed.

use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType,
};
use kit::dynamo::{PK, SK};

const TABLES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/data.yaml"));

/// The keys and indexes of a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// Key attributes of the table and its indexes, with their types.
    attributes: Vec<(String, String)>,
    keys: Vec<(String, String)>,
    indexes: Vec<Index>,
    /// What the stream's records hold, if there is a stream.
    stream: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Index {
    name: String,
    keys: Vec<(String, String)>,
    projection: String,
}

impl Declaration {
    /// Of a table with `pk` and `sk` alone.
    pub(crate) fn keys_only() -> Self {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        Self {
            attributes: vec![pair(PK, "S"), pair(SK, "S")],
            keys: vec![pair(PK, "HASH"), pair(SK, "RANGE")],
            ..Self::default()
        }
    }

    /// Of this resource of `infra/data.yaml`.
    ///
    /// Reads the file line by line instead of as YAML: all its tables are written in the same way, and one that is
    /// not fails here.
    pub(crate) fn of(resource: &str) -> Self {
        let mut lines = TABLES.lines().skip_while(|line| *line != format!("  {resource}:"));
        assert!(lines.next().is_some(), "infra/data.yaml declares no {resource}");
        let mut declaration = Self::default();
        for line in lines.take_while(|line| line.is_empty() || line.starts_with("    ")) {
            let attribute = || field(line, "AttributeName").expect("a key is the name of an attribute");
            if let Some(kind) = field(line, "AttributeType") {
                declaration.attributes.push((attribute(), kind));
            } else if let Some(name) = field(line, "IndexName") {
                declaration.indexes.push(Index { name, ..Index::default() });
            } else if let Some(kind) = field(line, "KeyType") {
                let keys = declaration.indexes.last_mut().map_or(&mut declaration.keys, |index| &mut index.keys);
                keys.push((attribute(), kind));
            } else if let Some(projection) = field(line, "ProjectionType") {
                declaration.indexes.last_mut().expect("only indexes have projections").projection = projection;
            } else if let Some(view) = field(line, "StreamViewType") {
                declaration.stream = Some(view);
            }
        }
        declaration
    }

    /// What the records of the table's stream hold, if it has one.
    pub(crate) fn stream(&self) -> Option<&str> {
        self.stream.as_deref()
    }

    /// Asks for a table like this, without its stream.
    pub(crate) fn on(&self, mut request: CreateTableFluentBuilder) -> CreateTableFluentBuilder {
        for (name, kind) in &self.attributes {
            let kind = ScalarAttributeType::from(kind.as_str());
            let definition = AttributeDefinition::builder().attribute_name(name).attribute_type(kind);
            request = request.attribute_definitions(definition.build().expect("a complete attribute"));
        }
        for index in &self.indexes {
            let kind = ProjectionType::from(index.projection.as_str());
            let index = GlobalSecondaryIndex::builder()
                .index_name(&index.name)
                .set_key_schema(Some(schema(&index.keys)))
                .projection(Projection::builder().projection_type(kind).build());
            request = request.global_secondary_indexes(index.build().expect("a complete index"));
        }
        request.billing_mode(BillingMode::PayPerRequest).set_key_schema(Some(schema(&self.keys)))
    }
}

fn schema(keys: &[(String, String)]) -> Vec<KeySchemaElement> {
    let element = |(name, kind): &(String, String)| {
        let key = KeySchemaElement::builder().attribute_name(name).key_type(KeyType::from(kind.as_str()));
        key.build().expect("a complete key")
    };
    keys.iter().map(element).collect()
}

/// The value of a field that stands somewhere in a line, alone or between braces.
fn field(line: &str, name: &str) -> Option<String> {
    let (_, rest) = line.split_once(&format!("{name}: "))?;
    Some(rest.split([',', '}']).next()?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn a_table_is_read_with_its_indexes() {
        let index = |name: &str, keys: &[(&str, &str)], projection: &str| Index {
            name: name.to_owned(),
            keys: pairs(keys),
            projection: projection.to_owned(),
        };
        let insights = Declaration {
            attributes: pairs(&[("pk", "S"), ("sk", "S"), ("rankingPk", "S"), ("score", "N")]),
            keys: pairs(&[("pk", "HASH"), ("sk", "RANGE")]),
            indexes: vec![index("ranking", &[("rankingPk", "HASH"), ("score", "RANGE")], "ALL")],
            stream: None,
        };
        assert_eq!(Declaration::of("InsightsTable"), insights);
        let stream = Some("NEW_IMAGE".to_owned());
        assert_eq!(Declaration::of("PaymentsTable"), Declaration { stream, ..Declaration::keys_only() });
        let shelves = index("shelves", &[("shelf", "HASH"), ("pk", "RANGE")], "KEYS_ONLY");
        assert_eq!(Declaration::of("BookingTable").indexes, [shelves]);
        assert_eq!(Declaration::of("CatalogTable").indexes.len(), 2);
    }

    #[test]
    #[should_panic(expected = "declares no NoTable")]
    fn an_unknown_table_is_refused() {
        Declaration::of("NoTable");
    }
}

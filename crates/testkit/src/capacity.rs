//! What DynamoDB charges for a request, from its answer.
//!
//! The database is asked for the consumed capacity of every request (`ReturnConsumedCapacity: TOTAL`), which production
//! never does. Writes whose condition is refused are charged too, and their answer does not say how much: by the size
//! of the item that is there, one unit a kilobyte and one at least, in a transaction twice that for each of its
//! actions.

use dynoxide::types::{Item, item_size, write_capacity_units};
use serde_json::Value;

const READS: [&str; 5] = ["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"];

/// The request's body, asking for what it consumes.
///
/// # Errors
/// When it is no JSON object.
pub fn asking(body: &[u8]) -> serde_json::Result<Value> {
    let mut body: serde_json::Map<String, Value> = serde_json::from_slice(body)?;
    body.insert("ReturnConsumedCapacity".to_owned(), "TOTAL".into());
    Ok(body.into())
}

/// Write units and read units of a request, of which this is the body, that was answered like this.
#[must_use]
pub fn consumed(operation: &str, request: &Value, answer: &Value) -> (f64, f64) {
    let capacity = &answer["ConsumedCapacity"];
    let units: f64 = match capacity.as_array() {
        Some(tables) => tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum(),
        None => capacity["CapacityUnits"].as_f64().unwrap_or_else(|| refused(operation, request, answer)),
    };
    if READS.contains(&operation) { (0.0, units) } else { (units, 0.0) }
}

fn refused(operation: &str, request: &Value, answer: &Value) -> f64 {
    let is = |code: &str| answer["__type"].as_str().is_some_and(|name| name.ends_with(code));
    if operation == "TransactWriteItems" && is("TransactionCanceledException") {
        let actions = request["TransactItems"].as_array().map_or(&[][..], Vec::as_slice);
        let units = actions.iter().enumerate().map(|(at, action)| {
            let there = size(&answer["CancellationReasons"][at]["Item"]);
            there.max(size(&action["Put"]["Item"]))
        });
        return 2.0 * units.sum::<f64>();
    }
    if is("ConditionalCheckFailedException") { size(&answer["Item"]).max(size(&request["Item"])) } else { 0.0 }
}

/// The write units of an item as DynamoDB writes it in JSON; one if there is none.
fn size(item: &Value) -> f64 {
    let item = serde_json::from_value::<Item>(item.clone());
    item.map_or(1.0, |item| write_capacity_units(item_size(&item)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_says_what_it_consumed() {
        let answer = json!({"ConsumedCapacity": {"CapacityUnits": 1.5}});
        assert_eq!(consumed("Query", &json!({}), &answer), (0.0, 1.5));
        let answer = json!({"ConsumedCapacity": [{"CapacityUnits": 4.0}, {"CapacityUnits": 2.0}]});
        assert_eq!(consumed("TransactWriteItems", &json!({}), &answer), (6.0, 0.0));
    }

    #[test]
    fn a_refused_write_costs_what_the_item_there_weighs() {
        let code = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
        let refusal = |item: Value| json!({"__type": code, "Item": item});
        assert_eq!(consumed("UpdateItem", &json!({}), &refusal(Value::Null)), (1.0, 0.0));
        let large = json!({"pk": {"S": "x".repeat(1_500)}});
        assert_eq!(consumed("UpdateItem", &json!({}), &refusal(large)), (2.0, 0.0));
        let other = json!({"__type": "com.amazonaws.dynamodb.v20120810#ValidationException"});
        assert_eq!(consumed("UpdateItem", &json!({}), &other), (0.0, 0.0));
    }

    #[test]
    fn a_cancelled_transaction_costs_twice_for_each_of_its_actions() {
        let request = json!({"TransactItems": [{"Update": {}}, {"Put": {"Item": {"pk": {"S": "x".repeat(1_500)}}}}]});
        let answer = json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "CancellationReasons": [{"Code": "ConditionalCheckFailed", "Item": {"pk": {"S": "a"}}}, {"Code": "None"}],
        });
        assert_eq!(consumed("TransactWriteItems", &request, &answer), (6.0, 0.0));
    }
}

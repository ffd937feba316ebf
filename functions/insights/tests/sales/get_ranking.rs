//! `GET /events/ranking`

use std::collections::HashMap;

use insights::sales::ranking::Rankings;
use insights_functions::get_ranking::handle;
use jiff::tz::TimeZone;
use kit::http::{Call, respond};
use lambda_http::{Body, RequestExt as _, http};
use serde_json::{Value, json};

use crate::world::{EVENT, PERFORMANCE, World, confirmed, on_sale, published};

/// Status, body and `Cache-Control` of the answer.
async fn get(world: &World, query: &[(&str, &str)]) -> (u16, Value, String) {
    let rankings = Rankings::new(world.store(), TimeZone::UTC);
    let request = http::Request::new(Body::Empty);
    let parameters: HashMap<String, Vec<String>> =
        query.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect();
    let call = Call::new(request.with_query_string_parameters(parameters));
    let response = respond("get-ranking", call, &|call| handle(&rankings, call)).await;
    let cache = response.headers()["cache-control"].to_str().unwrap().to_owned();
    let Body::Text(text) = response.body() else { panic!("{response:?}") };
    (response.status().as_u16(), serde_json::from_str(text).unwrap(), cache)
}

#[tokio::test]
async fn the_best_selling_and_the_fastest_sold_out() {
    let world = World::start().await;
    let opening = "2026-11-20T10:00:00Z";
    let sales = [confirmed(1, "2026-11-20T10:00:30Z"), confirmed(2, "2026-11-20T10:01:01Z")];
    world.deliver(&[vec![published(), on_sale(4, opening)], sales.to_vec()].concat()).await;
    let event =
        json!({"id": EVENT, "title": "봄 음악회", "venue": "자리 아레나", "category": "concert", "status": "ON_SALE"});

    let (status, body, cache) = get(&world, &[("window", "all")]).await;
    let items = json!([{"rank": 1, "event": event, "tickets": 4}]);
    assert_eq!((status, body), (200, json!({"window": "all", "by": "sales", "items": items, "nextCursor": null})));
    assert_eq!(cache, "public, max-age=10");

    let (status, body, _) = get(&world, &[("window", "all"), ("by", "sellout"), ("limit", "1")]).await;
    let items = json!([{
        "rank": 1, "event": event, "performanceId": PERFORMANCE, "soldOutAt": "2026-11-20T10:01:01Z",
        "secondsToSellOut": 61,
    }]);
    assert_eq!((status, body), (200, json!({"window": "all", "by": "sellout", "items": items, "nextCursor": null})));

    let (_, body, _) = get(&world, &[]).await;
    assert_eq!((&body["window"], &body["by"]), (&json!("week"), &json!("sales")));
}

#[tokio::test]
async fn nothing_sold_is_an_empty_ranking() {
    let (status, body, _) = get(&World::start().await, &[("by", "sellout")]).await;
    assert_eq!((status, &body["items"]), (200, &json!([])));
}

#[tokio::test]
async fn parameters_that_are_not_understood() {
    let world = World::start().await;
    for (name, value) in
        [("window", "month"), ("window", ""), ("by", "price"), ("by", "Sales"), ("limit", "0"), ("limit", "101")]
    {
        let (status, body, cache) = get(&world, &[(name, value)]).await;
        assert_eq!((status, body["code"].as_str(), cache.as_str()), (422, Some("validation_failed"), "no-store"));
        assert_eq!(body["errors"][0]["pointer"], format!("/{name}"));
    }
    let (_, body, _) = get(&world, &[("window", "month"), ("by", "price")]).await;
    assert_eq!(body["errors"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_503() {
    let mut world = World::start().await;
    world.sales.name = "elsewhere".into();
    let (status, body, _) = get(&world, &[]).await;
    assert_eq!((status, body["code"].as_str()), (503, Some("service_unavailable")));
}

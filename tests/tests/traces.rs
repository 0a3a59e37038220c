//! Tracing codes at the server: any form of a code finds its product, by the
//! recogniser that pages use.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::sync::Arc;

use app::{TestApp, run};
use credit_api::path;
use credit_core::trace::{TracePart, recognise};
use serde_json::Value;

/// Two batches under 13 digits, one product under 14 that others write with 12, and
/// one as it was published: with a wrong check digit.
const FEED: &str = "\
追溯码,追溯码类别,产品名称,批次号,生产单位名称,统一社会信用代码
6901234567892,商品条码,桂花糕,A,示例市海河津味食品有限公司,91120102MATEXT01X4
6901234567892,商品条码,桂花糕,B,示例市海河津味食品有限公司,91120102MATEXT01X4
00036000291452,商品条码,红豆馅,A,示例市海河津味食品有限公司,91120102MATEXT01X4
6901234567890,商品条码,麻花,A,示例市海河津味食品有限公司,91120102MATEXT01X4
CNHGZ-120102-0001,承诺达标合格证,西红柿,,示例区绿叶蔬菜专业合作社,93120102MATEXT01XX
";

const VECTORS: &str = include_str!("../vectors-trace.json");

async fn server() -> TestApp {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (feed, db) = (at("traces.csv"), format!("sqlite:{}", at("credit.db")));
    let rejects = at("rejects.csv");
    std::fs::write(&feed, FEED).unwrap();
    let words = [
        ["import", feed.as_str()],
        ["--dataset", "traces"],
        ["--db", &db],
        ["--source", "示例区市场监督管理局"],
        ["--as-of", "2026-11-01"],
        ["--rejects", &rejects],
    ];
    let exit = run(&words.concat());
    assert!(exit.contains("(0)"), "{exit}");
    TestApp::on(&db, &folder).await
}

/// Products and batches under a code; the code of the problem where there are none.
async fn found(app: &TestApp, code: &str) -> Result<Vec<(String, String)>, (u16, String)> {
    let (status, _, body) = app.get(&path::trace(code)).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    if status != 200 {
        return Err((status.as_u16(), body["code"].as_str().unwrap().to_owned()));
    }
    let value = |item: &Value, name: &str| {
        let mut fields = item["fields"].as_array().unwrap().iter();
        let field = fields.find(|field| field["name"] == name);
        field
            .map_or("", |field| field["value"].as_str().unwrap())
            .to_owned()
    };
    let items = body["items"].as_array().unwrap().iter();
    Ok(items
        .map(|item| (value(item, "product"), value(item, "batch")))
        .collect())
}

#[tokio::test]
async fn every_form_of_a_code_finds_its_product_and_nothing_else_does() {
    let app = server().await;
    let vectors: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    let mut products = 0;
    for vector in &vectors {
        let input = vector["input"].as_str().unwrap();
        if input.is_empty() {
            continue;
        }
        let told = found(&app, input).await;
        let products_of = |told: Result<Vec<(String, String)>, _>| -> Vec<String> {
            told.unwrap_or_default()
                .into_iter()
                .map(|(product, _)| product)
                .collect()
        };
        match recognise(input) {
            Err(error) => assert_eq!(told, Err((400, error.code().to_owned())), "{input:?}"),
            Ok(code) => match code.part(TracePart::Item) {
                Some("06901234567892") => {
                    products += 1;
                    assert_eq!(products_of(told), ["桂花糕", "桂花糕"], "{input:?}");
                }
                Some("00036000291452") => {
                    products += 1;
                    assert_eq!(products_of(told), ["红豆馅"], "{input:?}");
                }
                _ if code.keys().iter().any(|key| key == "CNHGZ-120102-0001") => {
                    products += 1;
                    assert_eq!(products_of(told), ["西红柿"], "{input:?}");
                }
                _ => assert_eq!(told, Err((404, "no-such-item".to_owned())), "{input:?}"),
            },
        }
    }
    assert!(products > 30, "{products} forms");
}

#[tokio::test]
async fn what_was_published_with_a_wrong_check_digit_is_found_as_it_was_published() {
    let app = server().await;
    let told = found(&app, " 6901234567890 ").await.unwrap();
    assert_eq!(told, [("麻花".to_owned(), "A".to_owned())]);
    let refused = found(&app, "690-1234-56789-0").await;
    assert_eq!(refused, Err((400, "checksum".to_owned())));
}

#[tokio::test]
async fn the_pages_of_a_code_are_those_of_any_of_its_forms() {
    let app = server().await;
    let code = path::trace("https://id.gs1.org/01/06901234567892");
    let first = app.json(&path::asked(&code, &[("limit", "1")])).await;
    let next = first["next"].as_str().unwrap();
    let second = path::asked(
        &path::trace("06901234567892"),
        &[("limit", "1"), ("cursor", next)],
    );
    let second = app.json(&second).await;
    assert_ne!(first["items"], second["items"]);
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["next"], Value::Null);
    let none = path::asked(&code, &[("cursor", "0")]);
    assert_eq!(app.json(&none).await["items"], Value::Array(Vec::new()));
}

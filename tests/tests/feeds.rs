//! Files as departments save them: encodings, workbooks, rejected rows that come
//! back mended, natural persons.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use app::TestApp;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a database.
struct Office {
    folder: Arc<TempDir>,
}

impl Office {
    fn new() -> Self {
        Self {
            folder: Arc::new(tempfile::tempdir().unwrap()),
        }
    }

    fn db(&self) -> String {
        format!("sqlite:{}", self.path("credit.db").display())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// Imports as a person at a terminal does; exit code and what it said.
    fn import(&self, feed: &Path, dataset: &str, passphrase: Option<&str>) -> (i32, String) {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/credit-lookup");
        let mut command = Command::new(program);
        command
            .env_remove("CREDIT_KEY_PASSPHRASE")
            .args(["import", "--dataset", dataset, "--as-of", "2026-11-01"])
            .args(["--source", "示例区市场监督管理局", "--db", &self.db()])
            .arg("--rejects")
            .arg(self.path("rejects.csv"))
            .arg(feed);
        if let Some(passphrase) = passphrase {
            command.env("CREDIT_KEY_PASSPHRASE", passphrase);
        }
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        (output.status.code().unwrap(), said)
    }

    async fn app(&self) -> TestApp {
        TestApp::on(&self.db(), &self.folder).await
    }
}

const REGISTRY: &str = "企业名称,统一社会信用代码,注册资金\n海河津味食品有限公司,91120102MATEXT01X4,\"1,913.2157(万元人民币)\"\n";

#[tokio::test]
async fn a_file_is_read_in_whatever_it_was_saved() {
    let utf16: Vec<u8> = [0xfeff]
        .into_iter()
        .chain(REGISTRY.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let (gbk, _, _) = encoding_rs::GBK.encode(REGISTRY);
    let tabs = REGISTRY.replace("\"1,913.2157(万元人民币)\"", "1913.2157(万元人民币)");
    let files = [
        ("utf8.csv", REGISTRY.as_bytes().to_vec()),
        ("bom.csv", [b"\xef\xbb\xbf", REGISTRY.as_bytes()].concat()),
        ("gbk.csv", gbk.into_owned()),
        ("utf16.csv", utf16),
        ("tabs.tsv", tabs.replace(',', "\t").into_bytes()),
        ("dos.csv", REGISTRY.replace('\n', "\r\n").into_bytes()),
    ];
    for (name, bytes) in files {
        let office = Office::new();
        let (code, said) = office.import(&office.write(name, &bytes), "registry", None);
        assert_eq!(code, 0, "{name}: {said}");
        let app = office.app().await;
        let subject = app.json("/v1/subjects/91120102MATEXT01X4").await;
        assert_eq!(subject["name"], "海河津味食品有限公司", "{name}");
        assert_eq!(subject["capital"]["amount"], "19132157 CNY", "{name}");
    }
}

#[tokio::test]
async fn a_workbook_is_read_with_its_dates_and_its_losses() {
    let office = Office::new();
    office.import(
        &office.write("r.csv", REGISTRY.as_bytes()),
        "registry",
        None,
    );
    let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/penalties.xlsx");
    let (code, said) = office.import(&feed, "penalties", None);
    assert_eq!(code, 1, "{said}");
    let rejects = std::fs::read_to_string(office.path("rejects.csv")).unwrap();
    assert!(
        rejects.contains(",length,") && rejects.contains("9.1120102e17"),
        "a code kept as number has lost its digits: {rejects}"
    );
    let page = office.app().await;
    let page = page.json("/v1/subjects/91120102MATEXT01X4/records").await;
    let fields = page["items"][0]["fields"].as_array().unwrap();
    let value = |name: &str| {
        let field = fields.iter().find(|field| field["name"] == name).unwrap();
        field["value"].clone()
    };
    assert_eq!(value("decided"), "2026-09-01", "a date of the workbook");
    assert_eq!(value("kind"), "警告、罚款");
    let old = office.write("old.xls", b"\xd0\xcf\x11\xe0rest");
    let (code, said) = office.import(&old, "penalties", None);
    assert!(code == 2 && said.contains(".xlsx"), "{said}");
    let none = office.write("none.xlsx", b"PK\x03\x04rest");
    assert_eq!(office.import(&none, "penalties", None).0, 2);
}

#[tokio::test]
async fn a_rejected_row_comes_back_mended() {
    let office = Office::new();
    let feed = "企业名称,统一社会信用代码,经营范围\n甲商店,9112,\"零售, 批发\"\n乙商店,92120102MATEXT01X1,修鞋\n";
    let feed = office.write("feed.csv", feed.as_bytes());
    assert_eq!(office.import(&feed, "registry", None).0, 1);
    let rejects = std::fs::read_to_string(office.path("rejects.csv")).unwrap();
    assert!(rejects.starts_with(
        "row,column,code,message,企业名称,统一社会信用代码,经营范围\n1,统一社会信用代码,length,"
    ));
    let mended = rejects.replace(",9112,", ",91120102MATEXT01X4,");
    assert_ne!(mended, rejects);
    let mended = office.write("mended.csv", mended.as_bytes());
    let (code, said) = office.import(&mended, "registry", None);
    assert_eq!(code, 0, "{said}");
    assert!(!office.path("rejects.csv").exists(), "nothing is wrong now");
    let subject = office.app().await;
    let subject = subject.json("/v1/subjects/91120102MATEXT01X4").await;
    assert_eq!(subject["scope"], "零售, 批发");
    // A mended file with a mistake in it gives one that can be mended again.
    let again = office.write("again.csv", rejects.as_bytes());
    assert_eq!(office.import(&again, "registry", None).0, 1);
    let rejects = std::fs::read_to_string(office.path("rejects.csv")).unwrap();
    assert!(rejects.starts_with("row,column,code,message,企业名称,统一社会信用代码,经营范围\n1,"));
    assert!(rejects.contains(",甲商店,9112,\"零售, 批发\""), "{rejects}");
}

const PERSONS: &str = "XK_XDR_MC,XK_XDR_LB,XK_XDR_SHXYM,XK_XDR_ZJLX,XK_XDR_ZJHM,XK_XKWS,XK_WSH,XK_XKLB,XK_NR,XK_JDRQ,XK_YXQZ,XK_YXQZI,XK_XKJG\n\
    张示例,自然人,,身份证,120102199001010013,食品经营许可,JY11201020000017,普通,预包装食品销售,2026-10-23,2026-10-23,2031-10-22,示例区市场监督管理局\n";

#[tokio::test]
async fn a_natural_person_is_kept_as_a_digest_or_not_at_all() {
    let office = Office::new();
    let feed = office.write("licences.csv", PERSONS.as_bytes());
    let (code, said) = office.import(&feed, "licences", None);
    assert_eq!(code, 2, "without a passphrase there is no key: {said}");
    assert!(said.contains("CREDIT_KEY_PASSPHRASE"), "{said}");
    let (code, said) = office.import(&feed, "licences", Some("a test"));
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("within 7 working days of the decision 1, later 0"),
        "23 October to 1 November: {said}"
    );
    let bytes = std::fs::read(office.path("credit.db")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("120102199001010013") && !text.contains("张示例"));
    assert!(text.contains("120102********0013") && text.contains("张*例"));
    let app = office.app().await;
    assert!(app.names("张示例").await.is_empty() && app.names("张").await.is_empty());
    // The same person again is the same record, under the same key.
    let (_, said) = office.import(&feed, "licences", Some("a test"));
    assert!(said.contains("same 1"), "{said}");
    let (code, _) = office.import(&feed, "licences", Some("another"));
    assert_eq!(code, 2, "a wrong passphrase opens nothing");
}

#[tokio::test]
async fn an_objection_marks_and_a_repair_ends() {
    let office = Office::new();
    office.import(
        &office.write("r.csv", REGISTRY.as_bytes()),
        "registry",
        None,
    );
    let feed = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/penalties.xlsx");
    office.import(&feed, "penalties", None);
    let mark = |dataset: &str, extra: &str, value: &str| {
        let text = format!(
            "主体名称,主体类别,统一社会信用代码,信息类别,文书号,{extra}\n\
             海河津味食品有限公司,法人及非法人组织,91120102MATEXT01X4,行政处罚,津东市监罚(2026)第07号,{value}\n"
        );
        let file = office.write(&format!("{dataset}.csv"), text.as_bytes());
        let (code, said) = office.import(&file, dataset, None);
        assert_eq!(code, 0, "{said}");
    };
    let app = office.app().await;
    let path = "/v1/subjects/91120102MATEXT01X4/records?kind=penalties&lang=en";
    let items = async || app.json(path).await["items"].clone();
    assert_eq!(items().await[0]["is_contested"], false);
    mark("objections", "异议理由,异议提出日期", "信息错误,2026-10-10");
    assert_eq!(items().await[0]["is_contested"], true);
    assert_eq!(items().await[0]["source"]["unit"], "示例区市场监督管理局");
    mark("repairs", "修复状态,修复决定日期", "已修复,2026-10-20");
    assert_eq!(items().await, Value::Array(Vec::new()));
}

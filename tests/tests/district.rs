//! What a district publishes beside its subjects, under both kinds of store: areas with
//! their members, lists with their terms, the catalogue, what a benefit asks for.
#![cfg(all(unix, not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

mod app;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use app::TestApp;
use app::both::{Both, DAY, day, import, record};
use credit_api::path::asked;
use credit_core::identifier::SubjectCode;
use credit_core::record::{Holder, Record};
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_lookup::store::{ImportMessage, ImportMode, ImportOrder, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A code of the right shape for subject `number`.
fn code(number: usize) -> SubjectCode {
    SubjectCode::as_published(&format!("91120102MA{number:06}X4")).unwrap()
}

fn holder(number: usize) -> Holder {
    Holder::Subject(code(number))
}

async fn subjects(store: &Arc<dyn Store>, names: &[(usize, &str)]) {
    let subject = |(number, name): &(usize, &str)| Subject {
        code: code(*number),
        name: name.parse().unwrap(),
        former_names: Vec::new(),
        status: SubjectStatus::Active,
        established: None,
        entity_type: None,
        capital: None,
        scope: None,
        region: None,
        address: None,
        source: Source {
            unit: "示例登记机关".to_owned(),
            as_of: day(DAY),
        },
    };
    let order = ImportOrder {
        dataset: None,
        day: day(DAY),
        mode: ImportMode::Delta,
    };
    let (sender, messages) = sync_channel(2);
    let all = ImportMessage::Subjects(names.iter().map(subject).collect());
    sender.send(all).unwrap();
    sender
        .send(ImportMessage::Commit { is_whole: true })
        .unwrap();
    store.import(order, messages).await.unwrap();
}

async fn records(store: &Arc<dyn Store>, records: Vec<Record>) {
    import(store, records, ImportMode::Delta).await;
}

fn member(number: usize, place: &str, industry: &str) -> Record {
    let members = [("area", "A"), ("place", place), ("industry", industry)];
    let with: Vec<(&str, &str)> = members
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect();
    record("members", holder(number), &with, DAY)
}

fn grade(number: usize, scheme: &str, level: &str, unit: &str, decided: &str) -> Record {
    let members = [
        ("scheme", scheme),
        ("level", level),
        ("unit", unit),
        ("decided", decided),
    ];
    record("grades", holder(number), &members, DAY)
}

/// Two stores, and a server on each.
struct District {
    both: Both,
    apps: [TestApp; 2],
}

impl District {
    async fn new() -> Self {
        let both = Both::new().await;
        let keys = Arc::new(TempDir::new().unwrap());
        let [one, other] = &both.urls;
        let apps = [
            TestApp::on(one, &keys).await,
            TestApp::on(other, &keys).await,
        ];
        Self { both, apps }
    }

    /// What both answer, which is the same.
    async fn ask(&self, path: &str) -> Value {
        let [one, other] = [self.apps[0].get(path).await, self.apps[1].get(path).await];
        assert_eq!(one.2, other.2, "{path}");
        serde_json::from_str(&one.2).unwrap()
    }

    async fn area(&self, parameters: &[(&str, &str)]) -> Value {
        self.ask(&asked("/v1/areas/A", parameters)).await
    }

    /// The area with seven members, of whom one is in no registry.
    async fn with_members(&self) {
        for store in &self.both.stores {
            let names = [
                (1, "海河茶庄"),
                (2, "津味食品"),
                (3, "晨光机电"),
                (4, "老街书店"),
                (5, "云帆软件"),
                (6, "海河物流"),
            ];
            subjects(store, &names).await;
            let area = [("area", "A"), ("title", "示例园"), ("area-kind", "park")];
            records(store, vec![record("areas", Holder::Nobody, &area, DAY)]).await;
            let members = vec![
                member(1, "10号楼1室", "trade"),
                member(2, "2号楼3室", "manufacturing"),
                member(3, "2号楼10室", "manufacturing"),
                member(4, "", "trade"),
                member(5, "１号楼", "information"),
                member(6, "", ""),
                member(7, "1号楼", "trade"),
            ];
            records(store, members).await;
            let grades = vec![
                grade(1, "tax", "A", "示例税务局", "2026-04-15"),
                grade(1, "tax", "B", "示例税务局", "2025-04-15"),
                grade(1, "public-credit", "A", "示例发改委", "2026-07-01"),
                grade(2, "tax", "B", "示例税务局", "2026-04-15"),
                grade(2, "tax", "A", "示例税务二局", "2026-04-16"),
                grade(3, "other:菜篮子", "五星", "示例商务局", "2026-01-30"),
                record(
                    "grades",
                    holder(3),
                    &[
                        ("scheme", "tax"),
                        ("level", "A"),
                        ("unit", "示例税务局"),
                        ("decided", "2024-04-15"),
                        ("until", "2025-04-14"),
                    ],
                    DAY,
                ),
                record(
                    "grades",
                    holder(5),
                    &[
                        ("scheme", "tax"),
                        ("level", "D"),
                        ("unit", "示例税务局"),
                        ("decided", "2026-04-15"),
                        ("state", "objection"),
                    ],
                    DAY,
                ),
            ];
            records(store, grades).await;
            let commitment = |number, decided, publication| {
                let members = [
                    ("type", "voluntary"),
                    ("reason", "开展诚信经营"),
                    ("decided", decided),
                    ("publication", publication),
                ];
                record("commitments", holder(number), &members, DAY)
            };
            let commitments = vec![
                commitment(1, "2026-03-01", "public"),
                commitment(1, "2026-03-02", "public"),
                commitment(2, "2026-03-01", "closed"),
                commitment(4, "2026-03-01", "public"),
            ];
            records(store, commitments).await;
            let honour = |number, until| {
                let members = [
                    ("title", "诚信示范店"),
                    ("unit", "示例商务局"),
                    ("until", until),
                ];
                record("honours", holder(number), &members, DAY)
            };
            records(
                store,
                vec![honour(2, "2099-12-31"), honour(3, "2026-01-01")],
            )
            .await;
        }
    }
}

/// The names of the members on a page.
fn names(area: &Value) -> Vec<&str> {
    let items = area["members"]["items"].as_array().unwrap().iter();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn members_come_with_what_is_shown_of_them_today() {
    let district = District::new().await;
    district.with_members().await;
    let area = district.area(&[]).await;
    assert_eq!(
        names(&area),
        [
            "云帆软件",
            "津味食品",
            "晨光机电",
            "海河茶庄",
            "海河物流",
            "老街书店"
        ],
        "by place, then by name"
    );
    let items = &area["members"]["items"];
    let told = |place: usize| {
        let item = &items[place];
        let grades = item["grades"].as_array().unwrap().iter();
        let grades = grades.map(|grade| json!([grade["scheme"], grade["level"], grade["unit"]]));
        json!([
            item["industry"],
            grades.collect::<Vec<_>>(),
            item["pledges"],
            item["honours"]
        ])
    };
    assert_eq!(
        told(3),
        json!([
            "批发和零售业",
            [
                ["tax", "A", "示例税务局"],
                ["public-credit", "A", "示例发改委"]
            ],
            2,
            0
        ])
    );
    assert_eq!(
        told(1),
        json!([
            "制造业",
            [["tax", "B", "示例税务局"], ["tax", "A", "示例税务二局"]],
            0,
            1
        ])
    );
    assert_eq!(
        told(2),
        json!(["制造业", [["other:菜篮子", "五星", "示例商务局"]], 0, 0]),
        "what is over is not shown"
    );
    assert_eq!(items[0]["grades"][0]["is_contested"], true);
    assert_eq!(told(4), json!([null, [], 0, 0]));
    assert_eq!(
        items[4]["source"],
        json!({"unit": "示例登记机关", "as_of": DAY})
    );
    assert_eq!(area["members"]["next"], Value::Null);
    let summary = json!({
        "members": 6, "found": 6, "pledged": 2,
        "industries": [
            {"code": "manufacturing", "label": "制造业", "count": 2},
            {"code": "trade", "label": "批发和零售业", "count": 2},
            {"code": "information", "label": "信息传输、软件和信息技术服务业", "count": 1},
        ],
        "schemes": [
            {"code": "public-credit", "label": "公共信用综合评价",
             "levels": [{"code": "A", "label": "A", "count": 1}]},
            {"code": "tax", "label": "纳税缴费信用", "levels": [
                {"code": "A", "label": "A", "count": 2},
                {"code": "B", "label": "B", "count": 1},
                {"code": "D", "label": "D", "count": 1},
            ]},
            {"code": "other:菜篮子", "label": "其他（菜篮子）",
             "levels": [{"code": "五星", "label": "五星", "count": 1}]},
        ],
    });
    assert_eq!(area["summary"], summary);
    let english = district.area(&[("lang", "en")]).await;
    let trade = &english["members"]["items"][3]["industry"];
    assert_eq!(trade, "wholesale and retail trade");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_narrowed_and_the_summary_stays_that_of_all() {
    let district = District::new().await;
    district.with_members().await;
    let all = district.area(&[]).await;
    for (parameters, wanted) in [
        (vec![("industry", "trade")], vec!["海河茶庄", "老街书店"]),
        (
            vec![("scheme", "tax")],
            vec!["云帆软件", "津味食品", "海河茶庄"],
        ),
        (
            vec![("scheme", "tax"), ("level", "A")],
            vec!["津味食品", "海河茶庄"],
        ),
        (
            vec![("scheme", "public-credit"), ("level", "A")],
            vec!["海河茶庄"],
        ),
        (vec![("scheme", "other:菜篮子")], vec!["晨光机电"]),
        (vec![("scheme", "other:别的")], vec![]),
        (vec![("level", "A")], vec![]),
        (vec![("pledged", "yes")], vec!["海河茶庄", "老街书店"]),
        (vec![("pledged", "no"), ("industry", "trade")], vec![]),
        (vec![("q", "海河")], vec!["海河茶庄", "海河物流"]),
        (vec![("q", "hhcz")], vec!["海河茶庄"]),
        (vec![("q", "海河"), ("pledged", "yes")], vec!["海河茶庄"]),
        (vec![("q", code(3).as_str())], vec!["晨光机电"]),
        (
            vec![("q", ""), ("industry", ""), ("pledged", "")],
            names(&all),
        ),
    ] {
        let found = district.area(&parameters).await;
        assert_eq!(names(&found), wanted, "{parameters:?}");
        let mut summary = found["summary"].clone();
        assert_eq!(summary["found"], wanted.len(), "{parameters:?}");
        summary["found"] = 6.into();
        assert_eq!(summary, all["summary"], "{parameters:?}");
    }
    for wrong in [
        "q=%20",
        "industry=A",
        "pledged=ja",
        "cursor=3",
        "cursor=1-x",
        "limit=51",
        "x=1",
    ] {
        let refused = district.ask(&format!("/v1/areas/A?{wrong}")).await;
        assert_eq!(refused["code"], "bad-request", "{wrong}");
    }
    let unknown = district.ask("/v1/areas/B?industry=trade").await;
    assert_eq!(unknown["code"], "no-such-item");
    let search = district
        .ask(&asked("/v1/search", &[("q", "海河"), ("area", "A")]))
        .await;
    assert_eq!(search["items"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_behind_the_last_member_whoever_has_moved() {
    let district = District::new().await;
    district.with_members().await;
    let first = district.area(&[("limit", "2")]).await;
    assert_eq!(names(&first), ["云帆软件", "津味食品"]);
    let next = first["members"]["next"].as_str().unwrap().to_owned();
    for store in &district.both.stores {
        subjects(store, &[(8, "新来的")]).await;
        records(store, vec![member(8, "1号楼", "")]).await;
    }
    for app in &district.apps {
        app.until("/v1/areas/A", |body| body["summary"]["members"] == 7)
            .await;
    }
    let second = district.area(&[("limit", "2"), ("cursor", &next)]).await;
    assert_eq!(names(&second), ["晨光机电", "海河茶庄"], "nobody twice");
    assert_eq!(second["summary"]["members"], 7);
    let next = second["members"]["next"].as_str().unwrap();
    let last = district.area(&[("limit", "2"), ("cursor", next)]).await;
    assert_eq!(names(&last), ["海河物流", "老街书店"]);
    assert_eq!(last["members"]["next"], Value::Null);
    // The last of a page has left: its position counts.
    let gone = district.area(&[("limit", "2"), ("cursor", "3-999")]).await;
    assert_eq!(names(&gone), ["晨光机电", "海河茶庄"]);
    let behind = district.area(&[("cursor", "999999999-999")]).await;
    assert!(names(&behind).is_empty());
    let (_, _, page) = district.apps[0].get("/a/A").await;
    assert!(page.contains("晨光机电") && page.contains("2号楼10室"));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_tell_their_terms_and_how_many_are_on_them() {
    let district = District::new().await;
    let entry = |number: usize, list: &str, more: &[(&str, &str)]| {
        let document = format!("示市监列〔2026〕{number}号");
        let mut members = vec![
            ("list", list),
            ("number", document.as_str()),
            ("decided", "2026-05-01"),
        ];
        members.extend(more);
        record("lists", holder(number), &members, DAY)
    };
    let measure = |id: &str, kind: &str, more: &[(&str, &str)]| {
        let mut members = vec![("measure", id), ("title", id), ("measure-kind", kind)];
        members.extend(more);
        record("measures", Holder::Nobody, &members, DAY)
    };
    for store in &district.both.stores {
        let lists = vec![
            entry(1, "abnormal-operation", &[]),
            entry(2, "abnormal-operation", &[("ended", "2026-06-01")]),
            entry(3, "abnormal-operation", &[("state", "revoked")]),
            entry(4, "wage-arrears", &[]),
            entry(5, "other:价格失信名单", &[]),
        ];
        records(store, lists).await;
        let measures = vec![
            measure("A", "penalty", &[]),
            measure("B", "penalty", &[("until", "2025-01-01")]),
            measure("C", "incentive", &[]),
            measure("D", "incentive", &[]),
        ];
        records(store, measures).await;
        let agency = [("agency-kind", "law-firm")];
        records(store, vec![record("agencies", holder(1), &agency, DAY)]).await;
    }
    let body = district.ask("/v1/lists").await;
    let counts = |body: &Value| -> BTreeMap<String, u64> {
        let items = body["items"].as_array().unwrap().iter();
        let counts = items.map(|item| {
            let id = item["id"].as_str().unwrap().to_owned();
            (id, item["count"].as_u64().unwrap())
        });
        counts.filter(|(_, count)| *count > 0).collect()
    };
    let wanted = [
        ("abnormal-operation", 1),
        ("wage-arrears", 1),
        ("law-firm", 1),
        ("incentive", 2),
        ("penalty", 1),
    ];
    let wanted = wanted.map(|(id, count)| (id.to_owned(), count));
    assert_eq!(counts(&body), BTreeMap::from(wanted));
    for item in body["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        let page = district.ask(&format!("/v1/lists/{id}?limit=50")).await;
        let entries = page["items"].as_array().unwrap();
        assert_eq!(
            entries.len() as u64,
            item["count"].as_u64().unwrap(),
            "{id}"
        );
        let is_of_kind = |entry: &Value| entry["kind"] == item["kind"];
        assert!(entries.iter().all(is_of_kind), "{id}");
        for text in ["title", "about", "basis", "entry", "exit"] {
            assert!(!item[text].as_str().unwrap().is_empty(), "{id} {text}");
        }
    }
    let english = district.ask("/v1/lists?lang=en").await;
    assert_eq!(english["items"][0]["title"], "major tax violation");
    // What is imported is counted.
    for store in &district.both.stores {
        records(store, vec![entry(6, "overloading", &[])]).await;
    }
    for app in &district.apps {
        app.until("/v1/lists", |body| counts(body).contains_key("overloading"))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_tells_what_there_is_and_how_soon_it_came() {
    let district = District::new().await;
    let empty = district.ask("/v1/catalogue").await;
    assert_eq!(empty["version"], "2024");
    let classes = empty["items"].as_array().unwrap();
    assert_eq!(classes.len(), 13);
    assert!(classes.iter().all(|class| class["datasets"] == json!([])));
    let penalty = |number: usize, decided: &str, as_of: &str| {
        let document = format!("示市监罚〔2026〕{number}号");
        let members = [("number", document.as_str()), ("decided", decided)];
        record("penalties", holder(number), &members, as_of)
    };
    let listed = |number: usize, list: &str| {
        let members = [("list", list), ("decided", "2026-05-01")];
        record("lists", holder(number), &members, DAY)
    };
    for store in &district.both.stores {
        subjects(store, &[(1, "海河茶庄"), (2, "津味食品")]).await;
        // Over the National Day holiday: seven working days, and one more.
        let sent = vec![
            penalty(1, "2026-09-25", "2026-10-12"),
            penalty(2, "2026-09-25", "2026-10-13"),
        ];
        records(store, sent).await;
        // Sent again, it does not become late.
        records(store, vec![penalty(1, "2026-09-25", "2026-10-30")]).await;
        let lists = vec![
            listed(1, "abnormal-operation"),
            listed(2, "wage-arrears"),
            listed(3, "other:价格失信名单"),
        ];
        records(store, lists).await;
    }
    for app in &district.apps {
        let is_whole = |body: &Value| body["items"][5]["datasets"][0]["records"] == 2;
        app.until("/v1/catalogue", is_whole).await;
    }
    let body = district.ask("/v1/catalogue").await;
    let class = |id: &str| {
        let classes = body["items"].as_array().unwrap();
        let class = classes.iter().find(|class| class["id"] == id);
        class.unwrap()["datasets"].clone()
    };
    assert_eq!(class("registration")[0]["records"], 2);
    assert_eq!(
        class("administration"),
        json!([{
            "kind": "penalties", "title": "行政处罚", "records": 2,
            "units": [{"unit": "示例登记机关", "records": 2, "latest": "2026-10-30"}],
            "latest": "2026-10-30",
            "timeliness": {"term": 7, "within": 1, "late": 1},
        }])
    );
    assert_eq!(class("abnormal")[0]["records"], 1);
    assert_eq!(class("serious")[0]["records"], 2, "words of a source, too");
    assert_eq!(class("titles"), json!([]));
    let text = body.to_string();
    assert!(!text.contains("海河茶庄") && !text.contains(code(1).as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_benefit_that_is_not_met_tells_what_the_subject_has_instead() {
    let district = District::new().await;
    let benefit = |id: &str, scheme: &str, level: &str| {
        let members = [
            ("benefit", id),
            ("title", id),
            ("scheme", scheme),
            ("level", level),
        ];
        let with: Vec<(&str, &str)> = members
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .collect();
        record("benefits", Holder::Nobody, &with, DAY)
    };
    for store in &district.both.stores {
        subjects(store, &[(1, "海河茶庄")]).await;
        let grades = vec![
            grade(1, "tax", "B", "示例税务局", "2026-04-15"),
            grade(1, "other:菜篮子", "五星", "示例商务局", "2026-01-30"),
        ];
        records(store, grades).await;
        let benefits = vec![
            benefit("1", "tax", "A"),
            benefit("2", "tax", "A、B"),
            benefit("3", "public-credit", "A"),
            benefit("4", "other:别的", "五星"),
            benefit("5", "other:菜篮子", "五星"),
            benefit("6", "", ""),
        ];
        records(store, benefits).await;
    }
    let body = district.ask(&format!("/v1/perks/{}", code(1))).await;
    let items = body["items"].as_array().unwrap().iter();
    let told = items.map(|item| {
        let level = |grade: &Value| {
            let fields = grade["fields"].as_array().unwrap().iter();
            let mut levels = fields.filter(|field| field["name"] == "level");
            levels.next().unwrap()["value"].clone()
        };
        let has = item["has"].as_array();
        let has: Vec<Value> = has.into_iter().flatten().map(level).collect();
        json!([item["benefit"]["fields"][0]["value"], item["state"], has])
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            json!(["2", "met", []]),
            json!(["5", "met", []]),
            json!(["6", "ask", []]),
            json!(["1", "unmet", ["B"]]),
            json!(["3", "unmet", []]),
            json!(["4", "unmet", []]),
        ],
        "two schemes of sources are not one"
    );
}

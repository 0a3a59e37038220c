use std::collections::{BTreeMap, BTreeSet};

use credit_core::feed::{Finding, RowOutcome};
use credit_core::identifier::{Gtin, Identifier as _, OrganicCode, ResidentId, Uscc, tables};
use credit_core::subject::Source;
use credit_feed::Columns;

use super::*;

fn world(entities: u32) -> World {
    World::new(7, entities).unwrap()
}

fn file(feed: FeedKind, world: &World) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(feed, world, &mut bytes, &ProgressBar::hidden()).unwrap();
    bytes
}

fn feeds() -> impl Iterator<Item = FeedKind> {
    FeedKind::names().map(|name| name.parse().unwrap())
}

/// The rows of a file, the first line among them.
fn lines(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(&row.unwrap())).collect()
}

/// The rows of a dataset by the names of their columns.
fn cells(dataset: &str, world: &World) -> Vec<BTreeMap<String, String>> {
    let rows = lines(&file(dataset.parse().unwrap(), world));
    let named = |row: &Vec<String>| rows[0].iter().cloned().zip(row.iter().cloned()).collect();
    rows[1..].iter().map(named).collect()
}

#[test]
fn codes_are_right_and_different() {
    let world = world(2_000);
    let today = days::day(SOURCE_DATE);
    let mut seen = BTreeSet::new();
    for number in 0..2_000 {
        let code = world.subject(number).code;
        assert!(seen.insert(code.to_string()), "{code} twice");
        if number == 5 {
            assert!(code.as_str().parse::<Uscc>().is_err(), "as published");
            continue;
        }
        let read: Uscc = code.as_str().parse().unwrap();
        assert_eq!(tables::warnings(&read), [], "{code}");
        let person = persons::Person::resident(1, number * 37);
        assert!(ResidentId::read(&person.number, today).is_ok());
    }
    for place in 0..22 {
        let code = codes::Code::of_office(place, *b"11", DIVISION);
        let read: Uscc = code.as_str().parse().unwrap();
        assert_eq!(tables::warnings(&read), []);
        assert!(seen.insert(code.to_string()));
    }
}

#[test]
fn the_same_seed_makes_the_same_files_and_another_others() {
    for feed in feeds() {
        let first = file(feed, &world(300));
        assert_eq!(first, file(feed, &world(300)), "{feed}");
        assert!(!first.starts_with(b"\xef\xbb\xbf") && !first.contains(&b'\r'));
    }
    let other = World::new(8, 300).unwrap();
    let registry = FeedKind::Registry;
    assert_ne!(file(registry, &world(300)), file(registry, &other));
}

/// Reads all rows of a feed as an import does, and gives the warnings.
fn read(feed: FeedKind, world: &World) -> (usize, Vec<Finding>) {
    let source = Source {
        unit: "示例".to_owned(),
        as_of: days::day(SOURCE_DATE),
    };
    let rows = lines(&file(feed, world));
    let columns = Columns::new(feed, rows[0].as_slice()).unwrap();
    let mut warnings = Vec::new();
    for row in &rows[1..] {
        match columns.read(row.as_slice(), &source) {
            RowOutcome::Accepted(_, found) => warnings.extend(found),
            RowOutcome::Rejected(errors) => panic!("{feed}: {errors:?} in {row:?}"),
        }
    }
    (rows.len() - 1, warnings)
}

#[test]
fn every_row_is_accepted() {
    // Few subjects, and so many that every random thing happens.
    for entities in [0, 1, 8, 20, 60, 3_000] {
        for feed in feeds() {
            let (rows, warnings) = read(feed, &world(entities));
            assert!(rows > 0 || entities < 20, "{feed} has no rows");
            // The subject whose code is wrong has it in every feed.
            let is_known = |one: &Finding| one.code == "checksum";
            let odd: Vec<_> = warnings.iter().filter(|one| !is_known(one)).collect();
            assert!(odd.is_empty(), "{feed}: {odd:?}");
            assert!(warnings.len() <= 4, "{feed}: {warnings:?}");
        }
    }
}

#[test]
fn the_registry_is_varied() {
    let rows = cells("registry", &world(20_000));
    let names: BTreeSet<&str> = rows.iter().map(|row| row["企业名称"].as_str()).collect();
    assert!(names.len() * 100 > rows.len() * 98, "{} names", names.len());
    let characters: BTreeSet<char> = names.iter().flat_map(|name| name.chars()).collect();
    assert!(characters.len() >= 1_500, "{} characters", characters.len());
    assert!(characters.iter().any(|one| u32::from(*one) > 0xffff));
    let made = rows.iter().skip(fixed::FIXED.len());
    let lengths = made.map(|row| row["企业名称"].chars().count());
    let lengths: BTreeSet<usize> = lengths.collect();
    assert!(
        lengths.first() == Some(&4) && lengths.last() == Some(&40),
        "{lengths:?}"
    );
    let kinds: BTreeSet<&str> = rows
        .iter()
        .map(|row| &row["统一社会信用代码"][..2])
        .collect();
    assert!(kinds.len() >= 16, "{kinds:?}");
    let statuses: BTreeSet<&str> = rows.iter().map(|row| row["登记状态"].as_str()).collect();
    assert_eq!(statuses.len(), 5);
    let former = rows.iter().filter(|row| !row["曾用名"].is_empty()).count();
    assert!((400..800).contains(&former), "{former} former names");
}

#[test]
fn the_cases_are_there() {
    let world = world(60);
    let licences = cells("licences", &world);
    let many = world.subject(fixed::MANY_LICENCES_SUBJECT).code.to_string();
    let of = |rows: &[BTreeMap<String, String>], column: &str, code: &str| {
        rows.iter().filter(|row| row[column] == code).count()
    };
    assert_eq!(of(&licences, "XK_XDR_SHXYM", &many), fixed::MANY_LICENCES);
    assert!(of(&licences, "XK_XDR_SHXYM", "91120102MATEXT01X4") >= 3);
    assert!(of(&licences, "XK_XDR_LB", "自然人") >= 3);
    assert!(of(&licences, "XK_YXQZI", "2099-12-31") > 0);
    // Where there are few subjects, the last one has them.
    let few = cells("licences", &self::world(7));
    let last = self::world(7).subject(6).code.to_string();
    assert_eq!(of(&few, "XK_XDR_SHXYM", &last), fixed::MANY_LICENCES);

    let penalties = cells("penalties", &world);
    assert!(of(&penalties, "CF_NR_FK", "1.234567") == 1);
    for (column, word) in [
        ("CF_ZT", "撤销"),
        ("CF_SYFW", "仅政府共享"),
        ("CF_JDRQ", "2019-05-20"),
        ("失信类别", "轻微"),
        ("失信类别", "严重"),
        ("CF_XDR_ZJLX", "护照"),
        ("CF_XDR_LB", "个体工商户"),
    ] {
        assert!(of(&penalties, column, word) > 0, "{column} {word}");
    }
    let first = |dataset| {
        of(
            &cells(dataset, &world),
            "统一社会信用代码",
            "91120102MATEXT01X4",
        )
    };
    assert!(first("grades") > 0 && first("honours") > 0);
    assert!(first("members") > 0);
    let measures = cells("measures", &world);
    assert_eq!(of(&measures, "措施类别", "失信惩戒"), 14);
    assert_eq!(of(&measures, "措施类别", "守信激励"), 8);
    let is_example = |row: &BTreeMap<String, String>| row["依据"].contains('示');
    assert!(measures.iter().all(is_example));
}

#[test]
fn one_area_has_several_pages_of_members_in_several_industries() {
    for entities in [300, 20_000] {
        let rows = cells("members", &world(entities));
        let park: Vec<_> = rows
            .iter()
            .filter(|row| row["区域编号"] == "YQ-01")
            .collect();
        let codes = park.iter().map(|row| row["统一社会信用代码"].as_str());
        assert_eq!(
            codes.collect::<BTreeSet<_>>().len(),
            park.len(),
            "once each"
        );
        assert!(park.len() > 50, "{}", park.len());
        let industries: BTreeSet<&str> = park.iter().map(|row| row["行业"].as_str()).collect();
        assert!(industries.len() >= 8, "{industries:?}");
        assert!(industries.contains(""), "some have sent none");
    }
}

#[test]
fn marks_are_about_penalties_and_fulfilments_about_commitments() {
    let world = world(4_000);
    let pairs = |dataset: &str, columns: [&str; 2]| -> BTreeSet<[String; 2]> {
        let rows = cells(dataset, &world);
        let pair = |row: &BTreeMap<String, String>| columns.map(|column| row[column].clone());
        rows.iter().map(pair).collect()
    };
    let penalties = pairs("penalties", ["CF_XDR_SHXYM", "CF_WSH"]);
    for dataset in ["objections", "repairs"] {
        let marks = pairs(dataset, ["统一社会信用代码", "文书号"]);
        assert!(marks.len() > 10, "{dataset}");
        for mark in &marks {
            assert!(penalties.contains(mark), "{dataset}: {mark:?}");
        }
    }
    let commitments = pairs("commitments", ["承诺人代码", "承诺编码"]);
    for found in pairs("fulfilments", ["承诺人代码", "承诺编码"]) {
        assert!(commitments.contains(&found), "{found:?}");
    }
}

#[test]
fn trace_codes_are_right() {
    let today = days::day(SOURCE_DATE);
    for row in cells("traces", &world(3_000)) {
        let code = row["追溯码"].as_str();
        let is_right = match row["追溯码类别"].as_str() {
            "商品条码" => Gtin::read(code, today).is_ok(),
            "有机码" => OrganicCode::read(code, today).is_ok(),
            _ => true,
        };
        assert!(is_right, "{code}");
    }
}

#[test]
fn days_are_before_that_of_the_data() {
    assert_eq!(days::last_decision(), days::day("2026-10-30"));
    for feed in feeds() {
        let text = String::from_utf8(file(feed, &world(500))).unwrap();
        assert!(
            !text.contains("1970-01-01"),
            "{feed} has a day that was not read"
        );
    }
}

#[test]
fn a_field_or_an_office_that_there_is_none_of_is_an_error() {
    let mut bytes = Vec::new();
    let mut sheet = Sheet::new([("a", "A")].into_iter(), &mut bytes).unwrap();
    let error = sheet.set("b", 1).end().unwrap_err().to_string();
    assert_eq!(error, "there is no field 'b'");
    sheet.set("a", "x,y").end().unwrap();
    assert_eq!(sheet.finish().unwrap(), 1);
    assert_eq!(bytes, b"A\n\"x,y\"\n");
    assert!(offices::Office::named("nobody").is_err());
    assert!(maker("nothing").is_err());
    assert!(World::new(1, u32::MAX).is_err());
}

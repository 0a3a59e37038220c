//! Rows of feeds and rules of publication by vectors, natively and in a
//! browser's wasm: what a department sees when it checks a file there is what
//! the server says.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use std::collections::BTreeMap;

use credit_core::date::Date;
use credit_core::feed::RowOutcome;
use credit_core::feed::record::Columns;
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::record::{Dataset, Holder, PersonKey, Record};
use credit_core::rules::{Hidden, Visibility, earliest_repair, visible};
use credit_core::subject::Source;
use serde::Deserialize;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const FEEDS: &str = include_str!("../vectors-records/feeds.json");
const PUBLICATION: &str = include_str!("../vectors-records/publication.json");

/// A row and what becomes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedVector {
    what: String,
    dataset: String,
    header: Vec<String>,
    row: Vec<String>,
    as_of: String,
    errors: Vec<String>,
    #[serde(default)]
    warnings: Vec<String>,
    holder: Option<String>,
    /// Absent ones are `null`.
    #[serde(default)]
    values: BTreeMap<String, Option<String>>,
}

/// A record and whether it may be shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublicationVector {
    what: String,
    dataset: String,
    holder: String,
    values: BTreeMap<String, String>,
    #[serde(default)]
    related: Vec<Related>,
    today: String,
    shown: bool,
    rule: Option<String>,
    until: Option<String>,
    #[serde(default)]
    contested: bool,
    reason: Option<String>,
    earliest_repair: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Related {
    dataset: String,
    values: BTreeMap<String, String>,
}

fn source(day: &str) -> Source {
    Source {
        unit: "示例单位".to_owned(),
        as_of: day.parse().unwrap(),
    }
}

/// The digest of nobody in particular; who keeps records has a real one.
fn key() -> PersonKey {
    PersonKey([7; 32])
}

fn feed(vector: &FeedVector) -> Result<(), String> {
    let dataset = Dataset::named(&vector.dataset).map_err(|error| error.to_string())?;
    let columns = Columns::new(dataset, vector.header.as_slice()).map_err(|e| e.to_string())?;
    let outcome = columns.read(vector.row.as_slice(), &source(&vector.as_of));
    let (record, findings) = match outcome {
        RowOutcome::Rejected(errors) => {
            let codes: Vec<&str> = errors.iter().map(|error| error.code).collect();
            return if codes == vector.errors {
                Ok(())
            } else {
                Err(format!("rejected: {errors:?}"))
            };
        }
        RowOutcome::Accepted(record, findings) => (*record, findings),
    };
    if !vector.errors.is_empty() {
        return Err("accepted".to_owned());
    }
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    if codes != vector.warnings {
        return Err(format!("warnings: {findings:?}"));
    }
    let person = record.person().map(|_| key());
    let record = record.into_record(person);
    let holder = match &record.holder {
        Holder::Subject(code) => code.to_string(),
        Holder::Person(_) => "person".to_owned(),
        Holder::Nobody => "nobody".to_owned(),
    };
    if vector
        .holder
        .as_deref()
        .is_some_and(|expected| expected != holder)
    {
        return Err(format!("holder {holder}"));
    }
    for (field, expected) in &vector.values {
        let found = record.get(field).map(|value| value.to_stored());
        if found != *expected {
            return Err(format!("{field} is {found:?}, not {expected:?}"));
        }
    }
    // What is kept is read back as it was.
    let body = json::parse(&record.to_json().to_string()).map_err(|error| error.to_string())?;
    let again = Record::from_json(dataset, record.holder.clone(), record.source.clone(), &body);
    if again.as_ref() != Ok(&record) || again.map(|again| again.key()) != Ok(record.key()) {
        return Err("is not read back as it was".to_owned());
    }
    Ok(())
}

fn record(dataset: &str, holder: &str, values: &BTreeMap<String, String>) -> Record {
    let holder = match holder {
        "person" => Holder::Person(key()),
        "nobody" => Holder::Nobody,
        code => Holder::Subject(SubjectCode::as_published(code).unwrap()),
    };
    let members = values.iter();
    let members = members.map(|(name, value)| (name.clone(), json::Value::text(value)));
    let body = json::Value::Object(members.collect());
    let dataset = Dataset::named(dataset).unwrap();
    let record = Record::from_json(dataset, holder, source("2026-11-01"), &body).unwrap();
    assert_eq!(record.values().count(), values.len(), "{values:?}");
    record
}

fn publication(vector: &PublicationVector) -> Result<(), String> {
    let today: Date = vector.today.parse().unwrap();
    let record_of = |dataset: &str, values| record(dataset, &vector.holder, values);
    let found = record_of(&vector.dataset, &vector.values);
    let related: Vec<Record> = vector
        .related
        .iter()
        .map(|related| record_of(&related.dataset, &related.values))
        .collect();
    let outcome = visible(&found, &related, today);
    let (shown, rule, until, contested, reason) = match outcome {
        Visibility::Shown {
            rule,
            until,
            is_contested,
        } => (true, Some(rule.name), until, is_contested, None),
        Visibility::Hidden { rule, reason } => {
            let reason = match reason {
                Hidden::Never => "never",
                Hidden::Over => "over",
                Hidden::NotStated => "not-stated",
                Hidden::NoRule => "no-rule",
            };
            (false, rule.map(|rule| rule.name), None, false, Some(reason))
        }
    };
    let until = until.map(|until| until.to_string());
    let is_right = shown == vector.shown
        && (vector.rule.is_none() || rule == vector.rule.as_deref())
        && (!shown || until == vector.until)
        && contested == vector.contested
        && (vector.reason.is_none() || reason == vector.reason.as_deref());
    if !is_right {
        return Err(format!("{outcome:?}"));
    }
    if let Some(expected) = &vector.earliest_repair {
        let found = earliest_repair(&found, today).map(|(day, _)| day.to_string());
        if found.as_ref() != Some(expected) {
            return Err(format!("earliest repair {found:?}"));
        }
    }
    Ok(())
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_row_becomes_what_its_vector_says() {
    let vectors: Vec<FeedVector> = serde_json::from_str(FEEDS).unwrap();
    assert!(vectors.len() > 40);
    let failures: Vec<String> = vectors
        .iter()
        .filter_map(|vector| Some(format!("{}: {}", vector.what, feed(vector).err()?)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_record_is_shown_as_its_vector_says() {
    let vectors: Vec<PublicationVector> = serde_json::from_str(PUBLICATION).unwrap();
    assert!(vectors.len() > 30);
    let failures: Vec<String> = vectors
        .iter()
        .filter_map(|vector| Some(format!("{}: {}", vector.what, publication(vector).err()?)))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

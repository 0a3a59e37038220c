//! Lists of records, as far as outsiders may see them today.

use std::collections::HashMap;
use std::str::FromStr;

use credit_api::body::{Page, RecordField, RecordItem, RuleBody, SourceBody};
use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use credit_core::record::{Dataset, Holder, HolderRule, Record, Value};
use credit_core::rules::{Visibility, visible};
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::App;
use super::super::extract::{LangParameter, Limit, parsed_option};
use super::super::problem::Refusal;
use crate::clock;
use crate::store::{Listing, StoredRecord};

/// Records that are read at once.
const BATCH: usize = 200;

/// Records that are read at once where all of a dataset are counted.
const COUNTED_BATCH: usize = 1_000;

/// Most records that one request looks at. A page that finds too little in them
/// ends early, and the next one goes on there.
const LOOKED_AT_MAX: usize = 2_000;

/// Which part of a list, and in which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ListParameters {
    /// Items of a page, 1 to 50; 10 where it is absent.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 50)]
    pub(crate) limit: Limit,
    /// `next` of the page before.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, pattern = "^([0-9]{1,18})?$")]
    pub(crate) cursor: Option<Cursor>,
    /// Language of labels: `zh-CN` or `en`.
    #[param(value_type = Option<String>, inline, schema_with = lang_schema)]
    pub(crate) lang: LangParameter,
}

/// In which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LangOnly {
    /// Language of titles and labels: `zh-CN` or `en`.
    #[param(value_type = Option<String>, inline, schema_with = lang_schema)]
    pub(crate) lang: LangParameter,
}

/// One of `words`, or an empty text for none of them.
pub(crate) fn words_schema(
    words: impl IntoIterator<Item = &'static str>,
) -> utoipa::openapi::Schema {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(words.into_iter().chain([""])))
        .build()
        .into()
}

/// The words of [`LangParameter`].
pub(crate) fn lang_schema() -> utoipa::openapi::Schema {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .enum_values(Some(["zh-CN", "en"]))
        .build()
        .into()
}

/// Number of the record behind which a page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor(u64);

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<u64>().ok().filter(|_| is_number);
        number
            .filter(|number| i64::try_from(*number).is_ok())
            .map(Self)
            .ok_or("cursor is not one of this server")
    }
}

/// What is shown of the records of `dataset` under `topic`, a page of it:
/// tables of the district as they came, records of holders the latest first.
pub(crate) async fn list(
    app: &App,
    dataset: &'static Dataset,
    topic: Option<String>,
    parameters: &ListParameters,
) -> Result<Page<RecordItem>, Refusal> {
    let lang = parameters.lang.0;
    let today = clock::now().date_in_china();
    let shown = shown(app, dataset, topic, today, parameters).await?;
    Ok(Page {
        items: shown
            .items
            .iter()
            .map(|(record, visibility)| written(record, visibility, lang))
            .collect(),
        next: shown.next,
    })
}

/// The same, before it is written.
pub(crate) async fn shown(
    app: &App,
    dataset: &'static Dataset,
    topic: Option<String>,
    today: Date,
    parameters: &ListParameters,
) -> Result<Page<(Record, Visibility)>, Refusal> {
    let limit = parameters.limit.0;
    let mut after = parameters.cursor.map(|Cursor(number)| number);
    let mut items: Vec<(Record, Visibility)> = Vec::new();
    let mut looked_at = 0;
    loop {
        let listing = Listing {
            dataset: dataset.name,
            topic: topic.clone(),
            is_latest_first: dataset.holder != HolderRule::Nobody,
            after,
            limit: BATCH,
        };
        let batch = app.store.listed(listing).await?;
        let is_last = batch.len() < BATCH;
        looked_at += batch.len();
        let marks = marks(app, dataset, &batch).await?;
        let none = Vec::new();
        for StoredRecord { number, record, .. } in batch {
            let related = match &record.holder {
                Holder::Subject(code) => marks.get(code).unwrap_or(&none),
                _ => &none,
            };
            let visibility = visible(&record, related, today);
            if matches!(visibility, Visibility::Shown { .. }) {
                if items.len() == limit {
                    let next = after.map(|after| after.to_string());
                    return Ok(Page { items, next });
                }
                items.push((record, visibility));
            }
            after = Some(number);
        }
        if is_last {
            return Ok(Page { items, next: None });
        }
        if looked_at >= LOOKED_AT_MAX {
            let next = after.map(|after| after.to_string());
            return Ok(Page { items, next });
        }
    }
}

/// How many records of `dataset` are shown today under each topic; under none stands an
/// empty text.
pub(crate) async fn count_shown(
    app: &App,
    dataset: &'static Dataset,
    today: Date,
) -> Result<HashMap<String, u64>, Refusal> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut after = None;
    loop {
        let listing = Listing {
            dataset: dataset.name,
            topic: None,
            is_latest_first: false,
            after,
            limit: COUNTED_BATCH,
        };
        let batch = app.store.listed(listing).await?;
        let marks = marks(app, dataset, &batch).await?;
        let none = Vec::new();
        for StoredRecord { record, .. } in &batch {
            let related = match &record.holder {
                Holder::Subject(code) => marks.get(code).unwrap_or(&none),
                _ => &none,
            };
            if matches!(visible(record, related, today), Visibility::Shown { .. }) {
                let topic = record.topic().map(Value::to_stored).unwrap_or_default();
                *counts.entry(topic).or_default() += 1;
            }
        }
        after = batch.last().map(|last| last.number);
        if batch.len() < COUNTED_BATCH {
            return Ok(counts);
        }
    }
}

/// Objections and repairs of the holders of a batch. Tables of the district
/// have none, and nobody objects to where somebody has a shop.
async fn marks(
    app: &App,
    dataset: &Dataset,
    batch: &[StoredRecord],
) -> Result<HashMap<SubjectCode, Vec<Record>>, Refusal> {
    let mut marks: HashMap<SubjectCode, Vec<Record>> = HashMap::new();
    if matches!(dataset.name, "members" | "traces" | "agencies") {
        return Ok(marks);
    }
    let holders = batch
        .iter()
        .filter_map(|stored| match stored.record.holder {
            Holder::Subject(code) => Some(code),
            _ => None,
        });
    let holders: Vec<SubjectCode> = holders.collect();
    if holders.is_empty() {
        return Ok(marks);
    }
    for stored in app.store.marks(&holders).await? {
        if let Holder::Subject(code) = stored.record.holder {
            marks.entry(code).or_default().push(stored.record);
        }
    }
    Ok(marks)
}

/// What outsiders may see of `record` today, if anything.
pub(crate) fn item(
    record: &Record,
    related: &[Record],
    today: Date,
    lang: Lang,
) -> Option<RecordItem> {
    let visibility = visible(record, related, today);
    let is_shown = matches!(visibility, Visibility::Shown { .. });
    is_shown.then(|| written(record, &visibility, lang))
}

/// What a person sees of a record about them: also what outsiders may not see,
/// or no longer.
pub(crate) fn own_item(record: &Record, related: &[Record], today: Date, lang: Lang) -> RecordItem {
    written(record, &visible(record, related, today), lang)
}

fn written(record: &Record, visibility: &Visibility, lang: Lang) -> RecordItem {
    let fields = record.values().filter(|(field, _)| field.is_public);
    let fields = fields.map(|(field, value)| {
        let (text, stored) = (value.label(lang), value.to_stored());
        RecordField {
            name: field.name.to_owned(),
            label: field.label.in_lang(lang).to_owned(),
            code: (stored != text).then_some(stored),
            value: text,
        }
    });
    let (rule, until, is_contested) = match visibility {
        Visibility::Shown {
            rule,
            until,
            is_contested,
        } => (Some(*rule), *until, *is_contested),
        Visibility::Hidden { rule, .. } => (*rule, None, false),
    };
    RecordItem {
        kind: record.dataset.name.to_owned(),
        fields: fields.collect(),
        source: SourceBody::from(&record.source),
        is_contested,
        until,
        rule: RuleBody {
            name: rule.map_or("none", |rule| rule.name).to_owned(),
            basis: rule.map_or("", |rule| rule.basis.in_lang(lang)).to_owned(),
        },
    }
}

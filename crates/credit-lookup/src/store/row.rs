//! A row as both kinds of database keep it. The parsers that admitted the
//! values read them back, so a broken one means that somebody else wrote.

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::money::Capital;
use credit_core::name::SubjectName;
use credit_core::record::{Dataset, Holder, Record, Value};
use credit_core::subject::{Source, Subject};

use super::{
    Arrivals, Coverage, Origin, Revocation, Site, StoreError, StoredRecord, StoredSubject, Uses,
};

/// Columns of a subject, in the order of [`SubjectRow`].
pub(super) const SUBJECT: &str = "number, changed, code, name, former_names, status, established, \
     entity_type, capital, region, address, source_unit, source_date, ended, scope";

/// Columns of a record, in the order of [`RecordRow`].
pub(super) const RECORD: &str =
    "number, dataset, key, holder, person, source_unit, source_date, ended, body, topic, arrived";

/// The datasets that mark other records: of a holder with very many records these
/// are read in any case, and of the rest the latest.
pub(super) const MARKS: &str = "('objections', 'repairs')";

/// Separates former names; no name holds a line break.
pub(super) const NAME_SEPARATOR: char = '\n';

/// A row of `subjects`.
pub(super) struct SubjectRow {
    pub(super) number: i64,
    pub(super) changed: i64,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) former_names: String,
    pub(super) status: String,
    pub(super) established: Option<String>,
    pub(super) entity_type: Option<String>,
    pub(super) capital: Option<String>,
    pub(super) region: Option<String>,
    pub(super) address: Option<String>,
    pub(super) source_unit: String,
    pub(super) source_date: String,
    pub(super) ended: Option<String>,
    pub(super) scope: Option<String>,
}

/// A row of `records`.
pub(super) struct RecordRow {
    pub(super) number: i64,
    pub(super) dataset: String,
    pub(super) key: String,
    pub(super) holder: Option<String>,
    pub(super) person: Option<String>,
    pub(super) source_unit: String,
    pub(super) source_date: String,
    pub(super) ended: Option<String>,
    pub(super) body: String,
    pub(super) topic: Option<String>,
    pub(super) arrived: Option<String>,
}

/// A number as databases keep it; ours stay far below the limit.
pub(super) fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

pub(super) fn former_names(text: &str) -> impl Iterator<Item = &str> {
    text.split(NAME_SEPARATOR).filter(|name| !name.is_empty())
}

impl From<StoredSubject> for SubjectRow {
    fn from(stored: StoredSubject) -> Self {
        let subject = stored.subject;
        let formers: Vec<&str> = subject
            .former_names
            .iter()
            .map(SubjectName::as_str)
            .collect();
        Self {
            number: signed(stored.number),
            changed: signed(stored.changed),
            code: subject.code.to_string(),
            former_names: formers.join(&NAME_SEPARATOR.to_string()),
            name: subject.name.into_string(),
            status: subject.status.code().to_owned(),
            established: subject.established.map(|date| date.to_string()),
            entity_type: subject.entity_type,
            capital: subject.capital.map(Capital::into_text),
            region: subject.region,
            address: subject.address,
            source_unit: subject.source.unit,
            source_date: subject.source.as_of.to_string(),
            ended: stored.ended.map(|date| date.to_string()),
            scope: subject.scope,
        }
    }
}

impl From<StoredRecord> for RecordRow {
    fn from(stored: StoredRecord) -> Self {
        let record = stored.record;
        let (holder, person) = holder_columns(&record.holder);
        Self {
            number: signed(stored.number),
            dataset: record.dataset.name.to_owned(),
            key: record.key(),
            holder,
            person,
            source_date: record.source.as_of.to_string(),
            ended: stored.ended.map(|date| date.to_string()),
            body: record.to_json().to_string(),
            topic: record.topic().map(Value::to_stored),
            arrived: Some(stored.arrived.to_string()),
            source_unit: record.source.unit,
        }
    }
}

/// The origins of a site, one a line.
pub(super) fn origins(site: &Site) -> String {
    let origins: Vec<&str> = site.origins.iter().map(Origin::as_str).collect();
    origins.join("\n")
}

/// A row of `sites`.
pub(super) fn site(name: String, origins: &str, added: &str) -> Result<Site, StoreError> {
    let broken = |column| StoreError::Row {
        table: "sites",
        number: 0,
        column,
    };
    let origins = origins.lines().map(str::parse);
    Ok(Site {
        name,
        origins: origins
            .collect::<Result<_, _>>()
            .map_err(|_| broken("origins"))?,
        added: added.parse().map_err(|_| broken("added"))?,
    })
}

/// A row of `revocations`.
pub(super) fn revocation(
    (number, next): (i64, i64),
    code: &str,
    at: &str,
    reason: String,
) -> Result<Revocation, StoreError> {
    let number = number.unsigned_abs();
    let broken = |column| StoreError::Row {
        table: "revocations",
        number,
        column,
    };
    Ok(Revocation {
        number,
        next: next.unsigned_abs(),
        code: SubjectCode::as_published(code).map_err(|_| broken("code"))?,
        at: at.parse().map_err(|_| broken("at"))?,
        reason,
    })
}

/// A row of `site_uses`.
pub(super) fn uses(site: String, day: &str, count: i64) -> Result<Uses, StoreError> {
    let day = day.parse().map_err(|_| StoreError::Row {
        table: "site_uses",
        number: 0,
        column: "day",
    })?;
    Ok(Uses {
        site,
        day,
        count: count.unsigned_abs(),
    })
}

/// Rows of dataset, topic, source, count and latest day, in order.
pub(super) fn coverage(
    rows: Vec<(String, Option<String>, String, i64, String)>,
) -> Result<Vec<Coverage>, StoreError> {
    let read = |(dataset, topic, unit, records, latest): (_, _, _, i64, String)| {
        Ok::<_, StoreError>(Coverage {
            dataset,
            topic,
            unit,
            records: records.unsigned_abs(),
            latest: counted(&latest, "source_date")?,
        })
    };
    let mut found: Vec<Coverage> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    found.sort_unstable();
    Ok(found)
}

/// Rows of the day of a decision, that of the arrival, and count, in order.
pub(super) fn arrivals(rows: Vec<(String, String, i64)>) -> Result<Vec<Arrivals>, StoreError> {
    let read = |(decided, arrived, records): (String, String, i64)| {
        Ok::<_, StoreError>(Arrivals {
            decided: counted(&decided, "body")?,
            arrived: counted(&arrived, "arrived")?,
            records: records.unsigned_abs(),
        })
    };
    let mut found: Vec<Arrivals> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    found.sort_unstable();
    Ok(found)
}

/// A day of several rows.
fn counted(text: &str, column: &'static str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Row {
        table: "records",
        number: 0,
        column,
    })
}

/// The columns `holder` and `person`.
pub(super) fn holder_columns(holder: &Holder) -> (Option<String>, Option<String>) {
    match holder {
        Holder::Subject(code) => (Some(code.to_string()), None),
        Holder::Person(key) => (None, Some(key.to_string())),
        Holder::Nobody => (None, None),
    }
}

impl TryFrom<SubjectRow> for StoredSubject {
    type Error = StoreError;

    fn try_from(row: SubjectRow) -> Result<Self, StoreError> {
        let number = row.number.unsigned_abs();
        let broken = |column| StoreError::Row {
            table: "subjects",
            number,
            column,
        };
        let date = |column, text: &str| text.parse::<Date>().map_err(|_| broken(column));
        let former_names = former_names(&row.former_names).map(str::parse);
        Ok(Self {
            number,
            changed: row.changed.unsigned_abs(),
            ended: row.ended.map(|text| date("ended", &text)).transpose()?,
            subject: Subject {
                code: SubjectCode::as_published(&row.code).map_err(|_| broken("code"))?,
                name: row.name.parse().map_err(|_| broken("name"))?,
                former_names: former_names
                    .collect::<Result<_, _>>()
                    .map_err(|_| broken("former_names"))?,
                status: row.status.parse().map_err(|_| broken("status"))?,
                established: row
                    .established
                    .map(|text| date("established", &text))
                    .transpose()?,
                entity_type: row.entity_type,
                capital: match row.capital {
                    Some(text) => Capital::parse(&text).map_err(|_| broken("capital"))?,
                    None => None,
                },
                scope: row.scope,
                region: row.region,
                address: row.address,
                source: Source {
                    unit: row.source_unit,
                    as_of: date("source_date", &row.source_date)?,
                },
            },
        })
    }
}

impl TryFrom<RecordRow> for StoredRecord {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<Self, StoreError> {
        let number = row.number.unsigned_abs();
        let broken = |column| StoreError::Row {
            table: "records",
            number,
            column,
        };
        let date = |column, text: &str| text.parse::<Date>().map_err(|_| broken(column));
        let holder = match (&row.holder, &row.person) {
            (Some(code), _) => {
                Holder::Subject(SubjectCode::as_published(code).map_err(|_| broken("holder"))?)
            }
            (None, Some(key)) => Holder::Person(key.parse().map_err(|_| broken("person"))?),
            (None, None) => Holder::Nobody,
        };
        let source = Source {
            unit: row.source_unit,
            as_of: date("source_date", &row.source_date)?,
        };
        let dataset = Dataset::named(&row.dataset).map_err(|_| broken("dataset"))?;
        let body = json::parse(&row.body).map_err(|_| broken("body"))?;
        Ok(Self {
            number,
            ended: row.ended.map(|text| date("ended", &text)).transpose()?,
            arrived: match row.arrived {
                Some(text) => date("arrived", &text)?,
                None => source.as_of,
            },
            record: Record::from_json(dataset, holder, source, &body)
                .map_err(|_| broken("body"))?,
        })
    }
}

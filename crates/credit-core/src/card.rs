//! 企业信用名片: what a signed card says, and the bytes it is signed as.
//!
//! A card is a W3C Verifiable Credential 2.0. It is written and read here, on
//! every side, so that the field names have one home.

use std::fmt;

use crate::date::{Date, Timestamp};
use crate::identifier::SubjectCode;
use crate::json::Value;
use crate::name::SubjectName;
use crate::subject::{Subject, SubjectKind, SubjectStatus, words};
use crate::text::whole;

/// First `@context` of every credential.
pub const CONTEXT_CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
/// `@context` of ours, relative to the issuer's address.
pub const CONTEXT_CREDIT: &str = "/ns/credit/v1";
/// `type` of a card beside `VerifiableCredential`.
pub const CARD_TYPE: &str = "EnterpriseCreditCard";
/// `type` of the entry that points into a status list.
const STATUS_ENTRY_TYPE: &str = "BitstringStatusListEntry";

/// What a card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Who says it.
    pub issuer: Issuer,
    /// Whom it is about.
    pub code: SubjectCode,
    /// 主体名称
    pub name: SubjectName,
    /// 机构类别
    pub kind: SubjectKind,
    /// 登记状态
    pub status: SubjectStatus,
    /// The facts, each with source and date.
    pub facts: Vec<Fact>,
    /// Start of the window that it is issued for.
    pub valid_from: Timestamp,
    /// End of its validity.
    pub valid_until: Timestamp,
    /// Where its revocation is told.
    pub status_entry: StatusEntry,
}

/// 签发机构
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// Its public address, without a slash at the end.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One fact with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: FactKind,
    /// As published.
    pub value: String,
    /// 数据来源单位
    pub source: String,
    /// The day the source speaks of.
    pub as_of: Date,
    /// Last day it may be shown; `None` is no limit.
    pub until: Option<Date>,
}

/// The facts of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FactKind {
    /// 成立日期
    Established,
    /// 企业类型
    EntityType,
    /// 注册资本
    Capital,
    /// 所在地区
    Region,
    /// 列入名单
    List,
    /// 信用评价: a grade, with its scheme.
    Grade,
    /// 守信荣誉
    Honour,
    /// 行政许可: how many.
    Licences,
    /// 行政处罚: how many.
    Penalties,
    /// 信用承诺: how many.
    Commitments,
    /// 全部履行的承诺: how many.
    Kept,
    /// 未全部履行的承诺: how many.
    Broken,
    /// 异议中的信息: how many.
    Contested,
}

/// A place in a W3C Bitstring Status List.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusEntry {
    /// Address of the list.
    pub list: String,
    /// Bit in it.
    pub index: u64,
}

/// Why a signed payload is not the document that it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberError {
    /// The member that is missing or wrong.
    pub member: &'static str,
}

impl FactKind {
    /// Stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::EntityType => "entity-type",
            Self::Capital => "capital",
            Self::Region => "region",
            Self::List => "list",
            Self::Grade => "grade",
            Self::Honour => "honour",
            Self::Licences => "licences",
            Self::Penalties => "penalties",
            Self::Commitments => "commitments",
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Contested => "contested",
        }
    }
}

words!(
    FactKind,
    [
        Self::Established,
        Self::EntityType,
        Self::Capital,
        Self::Region,
        Self::List,
        Self::Grade,
        Self::Honour,
        Self::Licences,
        Self::Penalties,
        Self::Commitments,
        Self::Kept,
        Self::Broken,
        Self::Contested
    ]
);

impl Card {
    /// The card of `subject`, with `more` facts than its registration. It ends
    /// with the day on which the first of its facts has to vanish, if that is
    /// before its window's end.
    #[must_use]
    pub fn of(
        subject: &Subject,
        more: Vec<Fact>,
        issuer: Issuer,
        window: (Timestamp, Timestamp),
        status_entry: StatusEntry,
    ) -> Self {
        let fact = |kind, value: Option<String>| {
            Some(Fact {
                kind,
                value: value?,
                source: subject.source.unit.clone(),
                as_of: subject.source.as_of,
                until: None,
            })
        };
        let facts = [
            fact(
                FactKind::Established,
                subject.established.map(|date| date.to_string()),
            ),
            fact(FactKind::EntityType, subject.entity_type.clone()),
            fact(
                FactKind::Capital,
                subject
                    .capital
                    .as_ref()
                    .map(|capital| capital.text().to_owned()),
            ),
            fact(FactKind::Region, subject.region.clone()),
        ];
        let facts: Vec<Fact> = facts.into_iter().flatten().chain(more).collect();
        let ends = facts.iter().filter_map(|fact| fact.until?.plus_days(1));
        let first = ends.map(Date::midnight_in_china).min();
        Self {
            issuer,
            code: subject.code,
            name: subject.name.clone(),
            kind: SubjectKind::of(&subject.code),
            status: subject.status,
            facts,
            valid_from: window.0,
            valid_until: first.map_or(window.1, |first| first.min(window.1)),
            status_entry,
        }
    }

    /// The facts that may be shown on `today`.
    pub fn facts_on(&self, today: Date) -> impl Iterator<Item = &Fact> {
        self.facts
            .iter()
            .filter(move |fact| fact.until.is_none_or(|until| today <= until))
    }

    /// The payload that is signed.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let text = |text: &str| Some(Value::text(text));
        let facts = self.facts.iter().map(|fact| {
            Value::object([
                ("kind", text(fact.kind.code())),
                ("value", text(&fact.value)),
                ("source", text(&fact.source)),
                ("asOf", text(&fact.as_of.to_string())),
                (
                    "until",
                    fact.until.map(|until| Value::text(until.to_string())),
                ),
            ])
        });
        Value::object([
            (
                "@context",
                Some(Value::Array(vec![
                    Value::text(CONTEXT_CREDENTIALS),
                    Value::text(format!("{}{CONTEXT_CREDIT}", self.issuer.id)),
                ])),
            ),
            (
                "type",
                Some(Value::Array(vec![
                    Value::text("VerifiableCredential"),
                    Value::text(CARD_TYPE),
                ])),
            ),
            (
                "issuer",
                Some(Value::object([
                    ("id", text(&self.issuer.id)),
                    ("name", text(&self.issuer.name)),
                ])),
            ),
            ("validFrom", text(&self.valid_from.to_string())),
            ("validUntil", text(&self.valid_until.to_string())),
            ("iat", Some(Value::Int(self.valid_from.unix()))),
            ("exp", Some(Value::Int(self.valid_until.unix()))),
            (
                "credentialSubject",
                Some(Value::object([
                    (
                        "id",
                        Some(Value::text(format!("{}/s/{}", self.issuer.id, self.code))),
                    ),
                    ("code", text(self.code.as_str())),
                    ("name", text(self.name.as_str())),
                    ("kind", text(self.kind.code())),
                    ("status", text(self.status.code())),
                    ("facts", Some(Value::Array(facts.collect()))),
                ])),
            ),
            ("credentialStatus", Some(self.status_entry.to_json())),
        ])
    }

    /// Reads a payload. Facts of a kind that this version does not know are
    /// left out, everything else has to be there and right.
    ///
    /// # Errors
    /// [`MemberError`] names the first member that is not.
    pub fn from_json(payload: &Value) -> Result<Self, MemberError> {
        let frame = Credential::from_json(payload, CARD_TYPE)?;
        let subject = frame.subject;
        let facts = subject.get("facts").and_then(Value::as_array);
        let mut known = Vec::new();
        for value in facts.ok_or(MemberError { member: "facts" })? {
            if let Ok(kind) = text(value, "kind")?.parse() {
                known.push(fact(kind, value)?);
            }
        }
        Ok(Self {
            issuer: frame.issuer,
            code: frame.code,
            name: frame.name,
            kind: parsed(subject, "kind")?,
            status: parsed(subject, "status")?,
            facts: known,
            valid_from: frame.valid_from,
            valid_until: frame.valid_until,
            status_entry: frame.status_entry,
        })
    }
}

/// What every credential of ours has.
pub(crate) struct Credential<'a> {
    pub(crate) issuer: Issuer,
    pub(crate) code: SubjectCode,
    pub(crate) name: SubjectName,
    pub(crate) valid_from: Timestamp,
    pub(crate) valid_until: Timestamp,
    pub(crate) status_entry: StatusEntry,
    /// `credentialSubject`
    pub(crate) subject: &'a Value,
}

impl<'a> Credential<'a> {
    /// Reads a payload of the type `kind`. Once for all types: widgets count bytes.
    #[inline(never)]
    pub(crate) fn from_json(payload: &'a Value, kind: &str) -> Result<Self, MemberError> {
        let member = |member| payload.get(member).ok_or(MemberError { member });
        let types = member("type")?.as_array().unwrap_or_default();
        if !types.iter().any(|word| word.as_str() == Some(kind)) {
            return Err(MemberError { member: "type" });
        }
        let (issuer, subject) = (member("issuer")?, member("credentialSubject")?);
        let entry = member("credentialStatus")?;
        let index = whole(text(entry, "statusListIndex")?);
        let (Some(index), Some(STATUS_ENTRY_TYPE), Some("revocation")) = (
            index.and_then(|index| index.try_into().ok()),
            entry.str_of("type"),
            entry.str_of("statusPurpose"),
        ) else {
            return Err(MemberError {
                member: "credentialStatus",
            });
        };
        let id = text(issuer, "id")?;
        if !is_origin(id) {
            return Err(MemberError { member: "issuer" });
        }
        // The VC names and the JOSE names of the same moment must not differ: a
        // foreign library may look at either.
        let moment = |member, jose| {
            let seconds = payload.int_of(jose).ok_or(MemberError { member: jose })?;
            let moment = Timestamp::from_unix(seconds);
            if text(payload, member)? == moment.text() {
                Ok(moment)
            } else {
                Err(MemberError { member })
            }
        };
        Ok(Self {
            issuer: Issuer {
                id: id.to_owned(),
                name: text(issuer, "name")?.to_owned(),
            },
            code: SubjectCode::as_published(text(subject, "code")?)
                .map_err(|_| MemberError { member: "code" })?,
            name: parsed(subject, "name")?,
            valid_from: moment("validFrom", "iat")?,
            valid_until: moment("validUntil", "exp")?,
            status_entry: StatusEntry {
                list: text(entry, "statusListCredential")?.to_owned(),
                index,
            },
            subject,
        })
    }
}

impl StatusEntry {
    /// `credentialStatus` as W3C has it.
    pub(crate) fn to_json(&self) -> Value {
        let text = |text: &str| Some(Value::text(text));
        let index = self.index.to_string();
        Value::object([
            ("id", text(&[&self.list, "#", &index].concat())),
            ("type", text(STATUS_ENTRY_TYPE)),
            ("statusPurpose", text("revocation")),
            ("statusListIndex", text(&index)),
            ("statusListCredential", text(&self.list)),
        ])
    }
}

/// `https://host[:port]` and nothing behind it: links are made from it.
pub(crate) fn is_origin(id: &str) -> bool {
    let host = id
        .strip_prefix("https://")
        .or_else(|| id.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
            })
    })
}

fn fact(kind: FactKind, value: &Value) -> Result<Fact, MemberError> {
    Ok(Fact {
        kind,
        value: text(value, "value")?.to_owned(),
        source: text(value, "source")?.to_owned(),
        as_of: parsed(value, "asOf")?,
        until: match value.get("until") {
            None => None,
            Some(_) => Some(parsed(value, "until")?),
        },
    })
}

pub(crate) fn text<'a>(value: &'a Value, member: &'static str) -> Result<&'a str, MemberError> {
    value.str_of(member).ok_or(MemberError { member })
}

pub(crate) fn parsed<T: std::str::FromStr>(
    value: &Value,
    member: &'static str,
) -> Result<T, MemberError> {
    text(value, member)?
        .parse()
        .map_err(|_| MemberError { member })
}

impl fmt::Display for MemberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "member '{}' of the document is missing or wrong",
            self.member
        )
    }
}

impl std::error::Error for MemberError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subject::Source;

    #[test]
    fn a_card_ends_with_the_first_of_its_facts() {
        let source = Source {
            unit: "示例机关".to_owned(),
            as_of: "2026-11-01".parse().unwrap(),
        };
        let fact = |until: Option<&str>| Fact {
            kind: FactKind::Penalties,
            value: "1".to_owned(),
            source: source.unit.clone(),
            as_of: source.as_of,
            until: until.map(|day| day.parse().unwrap()),
        };
        let subject = Subject {
            code: SubjectCode::as_published("91120102MATEXT01X4").unwrap(),
            name: "示例有限公司".parse().unwrap(),
            former_names: Vec::new(),
            status: SubjectStatus::Active,
            established: None,
            entity_type: None,
            capital: None,
            scope: None,
            region: None,
            address: None,
            source: source.clone(),
        };
        let window: (Timestamp, Timestamp) = (
            "2026-11-24T03:00:00+08:00".parse().unwrap(),
            "2026-11-26T03:00:00+08:00".parse().unwrap(),
        );
        let until = |ends: &[Option<&str>]| {
            let issuer = Issuer {
                id: "https://credit.example".to_owned(),
                name: "示例".to_owned(),
            };
            let entry = StatusEntry {
                list: "https://credit.example/v1/status/1".to_owned(),
                index: 0,
            };
            let facts = ends.iter().map(|end| fact(*end)).collect();
            let card = Card::of(&subject, facts, issuer, window, entry);
            assert_eq!(Card::from_json(&card.to_json()).as_ref(), Ok(&card));
            card.valid_until
        };
        assert_eq!(until(&[None]), window.1);
        assert_eq!(until(&[Some("2027-01-01"), None]), window.1);
        let midnight = "2026-11-25T00:00:00+08:00".parse().unwrap();
        assert_eq!(until(&[Some("2026-11-25"), Some("2026-11-24")]), midnight);
    }
}

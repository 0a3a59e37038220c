//! Bodies that are read with serde.

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::name::SubjectName;
use credit_core::subject::{Source, Subject, SubjectKind, SubjectStatus};
use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, best first.
    pub items: Vec<T>,
    /// Where the next page begins; `null` on the last one.
    pub next: Option<String>,
}

/// A search result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SearchItem {
    /// 统一社会信用代码
    #[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[0-9A-Z]{18}$"))]
    pub code: SubjectCode,
    /// 主体名称
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: SubjectName,
    /// 机构类别
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub kind: SubjectKind,
    /// 登记状态
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub status: SubjectStatus,
    /// 所在地区
    pub region: Option<String>,
    /// 曾用名 that was found, where the name of today was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub former_name: Option<SubjectName>,
    /// Part of the name that was found, as half-open range of characters.
    #[cfg_attr(feature = "schema", schema(value_type = Option<Vec<usize>>))]
    pub highlight: Option<(usize, usize)>,
}

/// The public record of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SubjectBody {
    /// 统一社会信用代码
    #[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[0-9A-Z]{18}$"))]
    pub code: SubjectCode,
    /// Code of what is wrong with the code in the official record: `checksum`.
    pub code_problem: Option<String>,
    /// 主体名称
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub name: SubjectName,
    /// 曾用名
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub former_names: Vec<SubjectName>,
    /// 机构类别
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub kind: SubjectKind,
    /// 登记状态
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub status: SubjectStatus,
    /// 成立日期
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub established: Option<Date>,
    /// 企业类型
    pub entity_type: Option<String>,
    /// 注册资本
    pub capital: Option<CapitalBody>,
    /// 经营范围
    pub scope: Option<String>,
    /// 所在地区
    pub region: Option<String>,
    /// 注册地址
    pub address: Option<String>,
    /// 数据来源
    pub source: SourceBody,
}

/// 注册资本
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CapitalBody {
    /// As published.
    pub text: String,
    /// Amount and ISO 4217 code, where the text says both: `19132157 CNY`.
    pub amount: Option<String>,
}

/// 数据来源
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceBody {
    /// 数据来源单位
    pub unit: String,
    /// The day it speaks of.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub as_of: Date,
}

/// A record, as far as outsiders may see it today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordItem {
    /// Its dataset: `licences`, `penalties`, …
    pub kind: String,
    /// Its fields, in the order of the dataset.
    pub fields: Vec<RecordField>,
    /// 数据来源
    pub source: SourceBody,
    /// 异议中: somebody has objected, and it is not decided.
    pub is_contested: bool,
    /// Last day of display; none is no limit.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
    /// The rule by which it is shown.
    pub rule: RuleBody,
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecordField {
    /// Stable name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// As people read it.
    pub value: String,
    /// For machines, where it differs: codes of words, ISO 4217 amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A rule of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RuleBody {
    /// Its name in the table.
    pub name: String,
    /// The document that it comes from.
    pub basis: String,
}

/// What `POST /v1/cards/batch` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The codes, in any form that people write.
    pub codes: Vec<String>,
}

/// What `POST /v1/shares` takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShareRequest {
    /// Whose report.
    #[cfg_attr(
        feature = "schema",
        schema(format = "uscc", example = "91120102MATEXT01X4")
    )]
    pub code: String,
    /// 报告用途, a code of [`purposes`](credit_core::rules::purposes).
    #[cfg_attr(feature = "schema", schema(schema_with = purpose_schema))]
    pub purpose: String,
    /// For how many days, 1 to 30.
    #[serde(deserialize_with = "whole")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 30))]
    pub days: u16,
}

/// Reads a whole number, however it is written: JSON has one kind of number, and
/// 7.0 is an integer to JSON Schema.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let number = f64::deserialize(deserializer)?;
    if number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole and in range"
        )]
        return Ok(number as u16);
    }
    let found = Unexpected::Float(number);
    Err(de::Error::invalid_value(found, &"a whole number"))
}

#[cfg(feature = "schema")]
fn purpose_schema() -> utoipa::openapi::Schema {
    let words = credit_core::rules::purposes().map(|(word, _)| word);
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .description(Some("报告用途: what the report is for."))
        .enum_values(Some(words))
        .build()
        .into()
}

/// A share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShareBody {
    /// Its code.
    pub share: String,
    /// The page that shows it.
    pub url: String,
    /// What it is for.
    pub purpose: String,
    /// Its last day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub until: Date,
}

impl From<&Source> for SourceBody {
    fn from(source: &Source) -> Self {
        Self {
            unit: source.unit.clone(),
            as_of: source.as_of,
        }
    }
}

impl From<&Subject> for SubjectBody {
    fn from(subject: &Subject) -> Self {
        Self {
            code: subject.code,
            code_problem: subject
                .code
                .problem()
                .map(|problem| problem.code().to_owned()),
            name: subject.name.clone(),
            former_names: subject.former_names.clone(),
            kind: SubjectKind::of(&subject.code),
            status: subject.status,
            established: subject.established,
            entity_type: subject.entity_type.clone(),
            capital: subject.capital.as_ref().map(|capital| CapitalBody {
                text: capital.text().to_owned(),
                amount: capital.amount().map(|amount| amount.to_string()),
            }),
            scope: subject.scope.clone(),
            region: subject.region.clone(),
            address: subject.address.clone(),
            source: SourceBody::from(&subject.source),
        }
    }
}

//! Bodies of what a district publishes beside its subjects: areas, lists, benefits,
//! the catalogue.

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::name::SubjectName;
use credit_core::subject::{SubjectKind, SubjectStatus};
use serde::{Deserialize, Serialize};

use crate::body::{Page, RecordItem, SourceBody};

/// 区域: a park, business district, building, street or scenic area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AreaBody {
    /// What is published of it.
    pub area: RecordItem,
    /// All members of today, counted.
    pub summary: AreaSummary,
    /// A page of those that were asked for.
    pub members: Page<MemberItem>,
}

/// The members of an area, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AreaSummary {
    /// How many there are.
    pub members: u64,
    /// How many of them were asked for.
    pub found: u64,
    /// How many have made a commitment that is public.
    pub pledged: u64,
    /// 行业, the largest first.
    pub industries: Vec<CountItem>,
    /// 信用评价: each scheme by itself.
    pub schemes: Vec<SchemeItem>,
}

/// So many of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CountItem {
    /// What it is asked for by.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// How many.
    pub count: u64,
}

/// 评价方案, and how its levels are spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchemeItem {
    /// What it is asked for by.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// Its levels as they are published, in the order of their names.
    pub levels: Vec<CountItem>,
}

/// 信用评价 of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GradeItem {
    /// Code of the scheme.
    pub scheme: String,
    /// What people call the scheme.
    pub label: String,
    /// The level, as published.
    pub level: String,
    /// Who gave it.
    pub unit: String,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub decided: Option<Date>,
    /// 异议中: somebody has objected, and it is not decided.
    #[serde(default)]
    pub is_contested: bool,
}

/// 区域成员
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MemberItem {
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
    /// Where in the area: house, floor, shop.
    pub place: Option<String>,
    /// 行业, as people read it; what it is asked for by stands in the summary.
    pub industry: Option<String>,
    /// 信用评价, the latest of each scheme and issuer.
    pub grades: Vec<GradeItem>,
    /// How many commitments it has made that are public.
    pub pledges: u64,
    /// How many honours it holds.
    pub honours: u64,
    /// Where the membership is known from.
    pub source: SourceBody,
}

/// The lists that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListsBody {
    /// All of them.
    pub items: Vec<ListItem>,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListItem {
    /// Its name in paths.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Dataset of its records: `lists`, `judgments`, `honours`, `agencies`,
    /// `measures`.
    pub kind: String,
    /// What it is a list of.
    pub about: String,
    /// The document that it rests on.
    pub basis: String,
    /// 列入条件: how one comes onto it.
    pub entry: String,
    /// 移出条件: how one leaves it.
    pub exit: String,
    /// How many entries are shown today.
    pub count: u64,
}

/// 公共信用信息目录
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CatalogueBody {
    /// Which edition: `2024`.
    pub version: String,
    /// The document that it comes from.
    pub basis: String,
    /// The day of the counts.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub as_of: Date,
    /// Its classes, in their order.
    pub items: Vec<CatalogueItem>,
}

/// A class of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CatalogueItem {
    /// Its name in the table.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is known of whether this class is worded so in the document.
    pub is_confirmed: bool,
    /// What this server has of it; none where it has nothing.
    pub datasets: Vec<CoverageItem>,
}

/// 覆盖情况: what there is of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoverageItem {
    /// The dataset: `registry`, `licences`, …
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Records that have not ended.
    pub records: u64,
    /// 数据来源单位, the one with most records first.
    pub units: Vec<UnitItem>,
    /// Latest day that a source speaks of.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub latest: Option<Date>,
    /// 及时率, where the dataset has a term.
    pub timeliness: Option<TimelinessBody>,
}

/// What a unit has sent of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitItem {
    /// 数据来源单位
    pub unit: String,
    /// Records that have not ended.
    pub records: u64,
    /// Latest day that it speaks of.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub latest: Option<Date>,
}

/// 及时率: how many records came within their term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TimelinessBody {
    /// Working days of the term, from the decision.
    pub term: u32,
    /// Records that came within it.
    pub within: u64,
    /// Records that came later.
    pub late: u64,
}

/// The benefits for a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PerksBody {
    /// 统一社会信用代码
    #[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[0-9A-Z]{18}$"))]
    pub code: SubjectCode,
    /// All benefits of today, those that can be used first.
    pub items: Vec<PerkItem>,
}

/// A benefit, and whether a subject can use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PerkItem {
    /// `met`, `unmet`, or `ask` where only the unit that grants it can say.
    pub state: String,
    /// The benefit with its rule.
    pub benefit: RecordItem,
    /// The grade by which it is met.
    pub grade: Option<RecordItem>,
    /// Where it is not met: what the subject has in the scheme that it asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub has: Vec<RecordItem>,
}

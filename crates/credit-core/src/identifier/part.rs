//! What is in an identifier.

use super::ascii::Ascii;
use crate::lang::{Text, text};

/// One piece of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it says.
    pub name: PartName,
    /// How it is written: digits and letters of the number itself, a date as
    /// `YYYY-MM-DD`, or a word such as `female`.
    pub text: Ascii<16>,
    /// Place of its first character, from 1.
    pub position: usize,
}

/// What a piece says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PartName {
    /// 登记管理部门
    Registrar,
    /// 机构类别
    Category,
    /// 行政区划
    Division,
    /// 组织机构代码
    Organisation,
    /// 企业类型: domestic, foreign-invested or individual.
    Group,
    /// 省级区划, two digits.
    Province,
    /// 国家或地区, ISO 3166-1.
    Country,
    /// 签发地, four digits of the old permanent resident card.
    Place,
    /// 出生日期
    Birth,
    /// 性别: male or female.
    Sex,
    /// 顺序码
    Serial,
    /// 出生日期 as six digits, century unknown.
    Date6,
    /// 作出日期
    Date,
    /// 地区: hong-kong, macao or taiwan.
    Region,
    /// 版式: which of its forms it has.
    Form,
    /// 14位全球贸易项目代码
    Item14,
    /// 认证机构
    Certifier,
    /// 年份
    Year,
}

impl PartName {
    /// Its word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.facts().0
    }

    /// Its name for people.
    #[must_use]
    pub const fn label(self) -> Text {
        self.facts().1
    }

    const fn facts(self) -> (&'static str, Text) {
        match self {
            Self::Registrar => ("registrar", text("登记管理部门", "registrar")),
            Self::Category => ("category", text("机构类别", "category")),
            Self::Division => ("division", text("行政区划", "division")),
            Self::Organisation => ("organisation", text("组织机构代码", "organisation code")),
            Self::Group => ("group", text("企业类型", "kind of enterprise")),
            Self::Province => ("province", text("省级区划", "province")),
            Self::Country => ("country", text("国家或地区", "country or region")),
            Self::Place => ("place", text("签发地", "place of issue")),
            Self::Birth => ("birth", text("出生日期", "date of birth")),
            Self::Sex => ("sex", text("性别", "sex")),
            Self::Serial => ("serial", text("顺序码", "serial number")),
            Self::Date6 => ("date6", text("出生日期", "date of birth, two-digit year")),
            Self::Date => ("date", text("作出日期", "date made")),
            Self::Region => ("region", text("地区", "region")),
            Self::Form => ("form", text("版式", "form")),
            Self::Item14 => ("item14", text("14位代码", "14-digit form")),
            Self::Certifier => ("certifier", text("认证机构", "certifier")),
            Self::Year => ("year", text("年份", "year")),
        }
    }
}

/// Most pieces that an identifier has.
const MOST: usize = 6;

/// The pieces of an identifier.
pub type Parts = std::iter::Flatten<std::array::IntoIter<Option<Part>, MOST>>;

/// Pieces as they are named.
pub(super) struct PartList([Option<Part>; MOST], usize);

impl PartList {
    pub(super) fn new() -> Self {
        Self([None; MOST], 0)
    }

    /// Adds the piece `name` that stands at `position` (from 1).
    pub(super) fn with(mut self, name: PartName, text: &str, position: usize) -> Self {
        if let Some(slot) = self.0.get_mut(self.1) {
            *slot = Some(Part {
                name,
                text: Ascii::new(text),
                position,
            });
            self.1 += 1;
        }
        self
    }

    pub(super) fn done(self) -> Parts {
        self.0.into_iter().flatten()
    }
}

/// The name of a word that a piece is written as; nothing for digits and dates.
#[cfg(feature = "tables")]
pub(super) fn word_name(word: &str) -> Option<Text> {
    Some(match word {
        "male" => text("男", "male"),
        "female" => text("女", "female"),
        "domestic" => text("内资企业", "domestic enterprise"),
        "foreign-invested" => text("外商投资企业", "foreign-invested enterprise"),
        "individual" => text("个体工商户", "individually-owned business"),
        "hong-kong" => text("香港", "Hong Kong"),
        "macao" => text("澳门", "Macao"),
        "taiwan" => text("台湾", "Taiwan"),
        "ordinary" => text("中国普通护照的格式", "form of an ordinary Chinese passport"),
        "official" => text(
            "中国公务类护照的格式",
            "form of a Chinese passport for public affairs",
        ),
        "foreign" => text(
            "其他国家或地区的护照",
            "passport of another country or region",
        ),
        "current" => text("现行版式", "current form"),
        "old" => text("旧版式", "old form"),
        "gtin-8" => text("8位条码", "GTIN-8"),
        "gtin-12" => text("12位条码", "GTIN-12"),
        "gtin-13" => text("13位条码", "GTIN-13"),
        "gtin-14" => text("14位条码", "GTIN-14"),
        _ => return None,
    })
}

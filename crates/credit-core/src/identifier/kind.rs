//! The kinds of identifiers.

use std::fmt;
use std::str::FromStr;

use crate::lang::{Text, text};

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// 统一社会信用代码
    Uscc,
    /// 组织机构代码
    Org,
    /// 工商注册号
    Regno,
    /// 居民身份号码
    Id,
    /// 港澳台居民居住证号码
    Permit,
    /// 外国人永久居留身份证号码
    Fpr,
    /// 护照号码
    Passport,
    /// 来往内地（大陆）通行证号码
    TravelPermit,
    /// 手机号码
    Mobile,
    /// 行政区划代码
    Division,
    /// 决定文书号
    Docno,
    /// 信用承诺编码
    Pledge,
    /// 商品条码
    Gtin,
    /// 有机码
    Organic,
}

/// What is said of a kind: the word for machines, its name, its lengths.
struct Facts {
    word: &'static str,
    name: Text,
    lengths: Text,
    personal: bool,
}

const fn facts(word: &'static str, name: Text, lengths: Text, personal: bool) -> Facts {
    Facts {
        word,
        name,
        lengths,
        personal,
    }
}

impl Kind {
    /// All kinds, in the order in which they are listed for people.
    pub const ALL: [Self; 14] = [
        Self::Uscc,
        Self::Org,
        Self::Regno,
        Self::Id,
        Self::Permit,
        Self::Fpr,
        Self::Passport,
        Self::TravelPermit,
        Self::Mobile,
        Self::Division,
        Self::Docno,
        Self::Pledge,
        Self::Gtin,
        Self::Organic,
    ];

    const fn facts(self) -> Facts {
        match self {
            Self::Uscc => facts(
                "uscc",
                text("统一社会信用代码", "unified social credit code"),
                text("18", "18"),
                false,
            ),
            Self::Org => facts(
                "org",
                text("组织机构代码", "organisation code"),
                text("9", "9"),
                false,
            ),
            Self::Regno => facts(
                "regno",
                text("工商注册号", "business registration number"),
                text("15或13", "15 or 13"),
                false,
            ),
            Self::Id => facts(
                "id",
                text("居民身份号码", "resident identity number"),
                text("18或15", "18 or 15"),
                true,
            ),
            Self::Permit => facts(
                "permit",
                text("港澳台居民居住证号码", "residence permit number"),
                text("18", "18"),
                true,
            ),
            Self::Fpr => facts(
                "fpr",
                text("外国人永久居留身份证号码", "permanent resident card number"),
                text("18或15", "18 or 15"),
                true,
            ),
            Self::Passport => facts(
                "passport",
                text("护照号码", "passport number"),
                text("5至17", "5 to 17"),
                true,
            ),
            Self::TravelPermit => facts(
                "travel-permit",
                text(
                    "来往内地（大陆）通行证号码",
                    "mainland travel permit number",
                ),
                text(
                    "8、10或11（以H、M开头的为9或11）",
                    "8, 10 or 11 (9 or 11 after H or M)",
                ),
                true,
            ),
            Self::Mobile => facts(
                "mobile",
                text("手机号码", "mobile number"),
                text("11", "11"),
                true,
            ),
            Self::Division => facts(
                "division",
                text("行政区划代码", "administrative division code"),
                text("6", "6"),
                false,
            ),
            Self::Docno => facts(
                "docno",
                text("文书号", "document number"),
                text("1至128", "1 to 128"),
                false,
            ),
            Self::Pledge => facts(
                "pledge",
                text("信用承诺编码", "commitment code"),
                text("20", "20"),
                false,
            ),
            Self::Gtin => facts(
                "gtin",
                text("商品条码", "product barcode number"),
                text("8、12、13或14", "8, 12, 13 or 14"),
                false,
            ),
            Self::Organic => facts(
                "organic",
                text("有机码", "organic product code"),
                text("17", "17"),
                false,
            ),
        }
    }

    /// Its word for machines and the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.facts().word
    }

    /// Its name for people.
    #[must_use]
    pub const fn name(self) -> Text {
        self.facts().name
    }

    /// How many characters it may have, in words.
    #[must_use]
    pub const fn lengths(self) -> Text {
        self.facts().lengths
    }

    /// How it has to begin, in words, for the kinds that have to.
    #[must_use]
    pub const fn prefixes(self) -> Text {
        match self {
            Self::Permit => text("810000、820000或830000", "810000, 820000 or 830000"),
            Self::Fpr => text("9", "9"),
            Self::Mobile => text("13至19", "13 to 19"),
            _ => text("", ""),
        }
    }

    /// It is the number of a natural person: masked wherever it is shown to
    /// somebody else, never logged.
    #[must_use]
    pub const fn is_personal(self) -> bool {
        self.facts().personal
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The word is none of the kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindError(String);

impl fmt::Display for KindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no kind of identifier, allowed are", self.0)?;
        for (index, kind) in Kind::ALL.into_iter().enumerate() {
            write!(f, "{}{kind}", if index == 0 { " " } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for KindError {}

impl FromStr for Kind {
    type Err = KindError;

    fn from_str(word: &str) -> Result<Self, KindError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| KindError(word.chars().take(40).collect()))
    }
}

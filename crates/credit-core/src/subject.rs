//! 信用主体: what the registry says of one.

use std::fmt;

use crate::date::Date;
use crate::identifier::SubjectCode;
use crate::money::Capital;
use crate::name::SubjectName;

/// 信用主体, as the registry feed describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// 统一社会信用代码
    pub code: SubjectCode,
    /// 主体名称
    pub name: SubjectName,
    /// 曾用名, the latest first
    pub former_names: Vec<SubjectName>,
    /// 登记状态
    pub status: SubjectStatus,
    /// 成立日期
    pub established: Option<Date>,
    /// 企业类型, as published
    pub entity_type: Option<String>,
    /// 注册资本
    pub capital: Option<Capital>,
    /// 经营范围
    pub scope: Option<String>,
    /// 所在省份和地区
    pub region: Option<String>,
    /// 注册地址
    pub address: Option<String>,
    /// Where this came from.
    pub source: Source,
}

/// 数据来源
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// 数据来源单位
    pub unit: String,
    /// The day the source speaks of.
    pub as_of: Date,
}

/// 机构类别, told from the first two places of the code (GB 32100-2015).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubjectKind {
    /// 企业
    Enterprise,
    /// 个体工商户
    SoleTrader,
    /// 农民专业合作社
    Cooperative,
    /// 机关和群团
    Government,
    /// 事业单位
    PublicInstitution,
    /// 社会组织: 社会团体, 民办非企业单位, 基金会
    SocialOrganisation,
    /// 司法行政部门登记的法律服务机构
    LegalService,
    /// 农村集体经济组织
    RuralCollective,
    /// 其他
    Other,
}

/// 登记状态
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubjectStatus {
    /// 存续
    Active,
    /// 注销
    Deregistered,
    /// 吊销
    LicenceRevoked,
    /// The source does not say.
    NotStated,
}

impl SubjectKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Enterprise,
        Self::SoleTrader,
        Self::Cooperative,
        Self::Government,
        Self::PublicInstitution,
        Self::SocialOrganisation,
        Self::LegalService,
        Self::RuralCollective,
        Self::Other,
    ];

    /// The kind that a code's first two places tell.
    #[must_use]
    pub fn of(code: &SubjectCode) -> Self {
        match code.registrar_and_category() {
            ('9', '1') => Self::Enterprise,
            ('9', '2') => Self::SoleTrader,
            ('9', '3') => Self::Cooperative,
            ('1', '2') | ('A', '1') => Self::PublicInstitution,
            ('1', '1' | '3') => Self::Government,
            ('3', '1'..='5') => Self::LegalService,
            ('5', '1'..='3') => Self::SocialOrganisation,
            ('N', '1'..='3') => Self::RuralCollective,
            _ => Self::Other,
        }
    }

    /// Stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::SoleTrader => "sole-trader",
            Self::Cooperative => "cooperative",
            Self::Government => "government",
            Self::PublicInstitution => "public-institution",
            Self::SocialOrganisation => "social-organisation",
            Self::LegalService => "legal-service",
            Self::RuralCollective => "rural-collective",
            Self::Other => "other",
        }
    }
}

impl SubjectStatus {
    /// 注销 or 吊销: in a list such subjects stand behind the others.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Deregistered | Self::LicenceRevoked)
    }

    /// Stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deregistered => "deregistered",
            Self::LicenceRevoked => "licence-revoked",
            Self::NotStated => "not-stated",
        }
    }

    /// Reads the words that registries use.
    #[must_use]
    pub fn from_registry(text: &str) -> Option<Self> {
        match text.trim() {
            text if crate::name::is_null_marker(text) => Some(Self::NotStated),
            "存续" | "在业" | "开业" | "在营" | "正常" | "存续（在营、开业、在册）" => {
                Some(Self::Active)
            }
            "注销" | "已注销" => Some(Self::Deregistered),
            "吊销" | "已吊销" | "吊销，未注销" => Some(Self::LicenceRevoked),
            _ => None,
        }
    }
}

/// A word that is none of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord(
    /// What was found.
    pub String,
);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown word '{}'", self.0)
    }
}

impl std::error::Error for UnknownWord {}

/// `Display` and `FromStr` over a list of values with a `code()`.
macro_rules! words {
    ($type:ty, $values:expr) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::subject::UnknownWord;

            fn from_str(text: &str) -> Result<Self, $crate::subject::UnknownWord> {
                $values
                    .into_iter()
                    .find(|value| value.code() == text)
                    .ok_or_else(|| $crate::subject::UnknownWord(text.to_owned()))
            }
        }
    };
}
pub(crate) use words;

words!(SubjectKind, Self::ALL);
words!(
    SubjectStatus,
    [
        Self::Active,
        Self::Deregistered,
        Self::LicenceRevoked,
        Self::NotStated
    ]
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_from_its_word() {
        for kind in SubjectKind::ALL {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        let unknown = UnknownWord("shop".to_owned());
        assert_eq!("shop".parse::<SubjectKind>(), Err(unknown));
    }
}

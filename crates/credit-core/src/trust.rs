//! What a widget may say of a signed document.

use crate::date::Timestamp;

/// The verdict over a signed document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trust {
    /// 已验证: signature, time and revocation were all checked and are good.
    Verified,
    /// 未核验: something could not be checked. Never shown as valid.
    Unverified,
    /// 已过期
    Expired,
    /// 已撤销
    Revoked,
    /// 验证失败: a check failed; no claim of the document is shown.
    Invalid,
}

impl Trust {
    /// All verdicts.
    pub const ALL: [Self; 5] = [
        Self::Verified,
        Self::Unverified,
        Self::Expired,
        Self::Revoked,
        Self::Invalid,
    ];

    /// The value of the `trust` attribute.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unverified => "unverified",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Invalid => "invalid",
        }
    }
}

/// The things that are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CheckKind {
    /// 签发机构: the key set is signed by a root that this page pins.
    Issuer,
    /// 签名: the document is signed by a key of that set.
    Signature,
    /// 对象: the document speaks of the subject that was asked for.
    Subject,
    /// 有效期
    Time,
    /// 撤销
    Revocation,
}

impl CheckKind {
    /// Stable word for machines.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Signature => "signature",
            Self::Subject => "subject",
            Self::Time => "time",
            Self::Revocation => "revocation",
        }
    }
}

/// How a check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Good.
    Passed,
    /// Bad; the code says how.
    Failed(&'static str),
    /// Could not be made; the code says why.
    NotChecked(&'static str),
}

/// One line of the log that a visitor can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub kind: CheckKind,
    /// How it ended.
    pub outcome: Outcome,
    /// When the evidence was made, where it has a date.
    pub evidence_of: Option<Timestamp>,
}

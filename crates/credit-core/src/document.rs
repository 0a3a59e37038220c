//! Signed documents: what can be shown, checked and believed.

use crate::card::{Card, Issuer, StatusEntry};
use crate::date::Timestamp;
use crate::identifier::SubjectCode;
use crate::name::SubjectName;
use crate::pass::Pass;

/// A document that says something about a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// 信用名片
    Card(Card),
    /// 信用码, and what a report says of itself.
    Pass(Pass),
}

impl Document {
    /// Who says it.
    #[must_use]
    pub fn issuer(&self) -> &Issuer {
        match self {
            Self::Card(card) => &card.issuer,
            Self::Pass(pass) => &pass.issuer,
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn code(&self) -> &SubjectCode {
        match self {
            Self::Card(card) => &card.code,
            Self::Pass(pass) => &pass.code,
        }
    }

    /// When it was issued.
    #[must_use]
    pub fn issued(&self) -> Timestamp {
        match self {
            Self::Card(card) => card.valid_from,
            Self::Pass(pass) => pass.issued,
        }
    }

    /// End of its validity.
    #[must_use]
    pub fn valid_until(&self) -> Timestamp {
        match self {
            Self::Card(card) => card.valid_until,
            Self::Pass(pass) => pass.valid_until,
        }
    }

    /// Where its revocation is told.
    #[must_use]
    pub fn status_entry(&self) -> &StatusEntry {
        match self {
            Self::Card(card) => &card.status_entry,
            Self::Pass(pass) => &pass.status_entry,
        }
    }

    /// 主体名称
    #[must_use]
    pub fn name(&self) -> &SubjectName {
        match self {
            Self::Card(card) => &card.name,
            Self::Pass(pass) => &pass.name,
        }
    }

    /// 报告编号, where it is a report or the pass of one.
    #[must_use]
    pub fn report(&self) -> Option<&str> {
        match self {
            Self::Card(_) => None,
            Self::Pass(pass) => pass.report.as_deref(),
        }
    }
}

//! 信用码: what a QR pass says. It is printed and read by a camera, so that it
//! is as short as it can be, and it holds no fact that ages.

use crate::card::{Issuer, MemberError, StatusEntry, is_origin, parsed, text};
use crate::date::Timestamp;
use crate::identifier::SubjectCode;
use crate::json::Value;
use crate::name::SubjectName;

/// What a pass says: whose record can be asked for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Who says it.
    pub issuer: Issuer,
    /// Whom it is about.
    pub code: SubjectCode,
    /// 主体名称
    pub name: SubjectName,
    /// 报告编号, where it is the pass of a report.
    pub report: Option<String>,
    /// When it was issued.
    pub issued: Timestamp,
    /// End of its validity.
    pub valid_until: Timestamp,
    /// Where its revocation is told.
    pub status_entry: StatusEntry,
}

impl Pass {
    /// The payload that is signed: names of RFC 7519 where it has them.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let text = |text: &str| Some(Value::text(text));
        let list = &self.status_entry.list;
        // Below the issuer's address, which need not be said twice.
        let list = list.strip_prefix(&self.issuer.id).unwrap_or(list);
        let index = i64::try_from(self.status_entry.index).unwrap_or(i64::MAX);
        Value::object([
            ("iss", text(&self.issuer.id)),
            ("by", text(&self.issuer.name)),
            ("sub", text(self.code.as_str())),
            ("name", text(self.name.as_str())),
            ("rep", self.report.as_deref().and_then(text)),
            ("iat", Some(Value::Int(self.issued.unix()))),
            ("exp", Some(Value::Int(self.valid_until.unix()))),
            ("list", text(list)),
            ("idx", Some(Value::Int(index))),
        ])
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// [`MemberError`] names the first member that is missing or wrong.
    pub fn from_json(payload: &Value) -> Result<Self, MemberError> {
        let wrong = |member| MemberError { member };
        let moment = |member| {
            let seconds = payload.int_of(member).ok_or(wrong(member))?;
            Ok(Timestamp::from_unix(seconds))
        };
        let id = text(payload, "iss")?;
        if !is_origin(id) {
            return Err(wrong("iss"));
        }
        let code = SubjectCode::as_published(text(payload, "sub")?).map_err(|_| wrong("sub"))?;
        let index = payload
            .int_of("idx")
            .and_then(|index| index.try_into().ok());
        Ok(Self {
            issuer: Issuer {
                id: id.to_owned(),
                name: text(payload, "by")?.to_owned(),
            },
            code,
            name: parsed(payload, "name")?,
            report: payload.str_of("rep").map(str::to_owned),
            issued: moment("iat")?,
            valid_until: moment("exp")?,
            status_entry: StatusEntry {
                list: [id, text(payload, "list")?].concat(),
                index: index.ok_or(wrong("idx"))?,
            },
        })
    }
}

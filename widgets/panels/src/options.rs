//! The attributes of the elements.

use credit_core::identifier::SubjectCode;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_element::attributes::{AttributeError, Attributes, Common};

/// What the page asks of `<credit-query>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What every element takes.
    pub common: Common,
    /// What is searched for at the beginning.
    pub q: String,
    /// The subject that is opened at the beginning.
    pub code: Option<SubjectCode>,
    /// Handed on to the card: the roots that it trusts.
    pub issuer: Option<String>,
}

impl Options {
    /// Reads the attributes.
    ///
    /// # Errors
    /// [`AttributeError`] names the attribute.
    pub fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        let common = Common::parse(attributes)?;
        let q = attributes.get("q").unwrap_or_default().trim().to_owned();
        if q.chars().count() > QUERY_MAX_CHARS {
            let allowed = format!("up to {QUERY_MAX_CHARS} characters");
            return Err(AttributeError {
                name: "q",
                found: Some(q),
                allowed,
            });
        }
        let code = attributes.get("code").map(|text| {
            SubjectCode::as_published(text).map_err(|error| AttributeError {
                name: "code",
                found: Some(text.to_owned()),
                allowed: format!("{} / {error}", error.zh()),
            })
        });
        let issuer = attributes.get("issuer").map(str::to_owned);
        Ok(Self {
            common,
            q,
            code: code.transpose()?,
            issuer,
        })
    }
}

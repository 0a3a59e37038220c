//! The attributes of `<credit-badge>` and `<credit-card>`.

use credit_core::identifier::SubjectCode;
use credit_element::attributes::{AttributeError, Attributes, Common};
use credit_element::definition::Definition;
use credit_sign::key::Thumbprint;

/// `<credit-badge>`
pub const BADGE: Definition = Definition {
    tag: "credit-badge",
    bundle: "badge",
    attributes: &["code", "issuer"],
    events: &[],
};

/// `<credit-card>`
pub const CARD: Definition = Definition {
    tag: "credit-card",
    bundle: "badge",
    attributes: &["code", "issuer"],
    events: &[],
};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In a line of text.
    Badge,
    /// A block.
    Card,
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What every element takes.
    pub common: Common,
    /// Whom the card is about.
    pub code: SubjectCode,
    /// Roots that this element trusts.
    pub roots: Vec<Thumbprint>,
}

impl Options {
    /// Whether `other` asks for another document or trusts others.
    #[must_use]
    pub fn asks_otherwise(&self, other: &Self) -> bool {
        (self.code, &self.common.api, &self.roots) != (other.code, &other.common.api, &other.roots)
    }
}

impl Kind {
    /// The kind of the element `tag`.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        if tag == BADGE.tag {
            Self::Badge
        } else {
            Self::Card
        }
    }
}

impl Options {
    /// Reads the attributes; `baked` are the roots that the loader pins, for
    /// elements that pin none of their own.
    ///
    /// # Errors
    /// [`AttributeError`] names the attribute.
    pub fn parse(attributes: &Attributes, baked: &str) -> Result<Self, AttributeError> {
        let common = Common::parse(attributes)?;
        let code = attributes
            .get("code")
            .map(str::trim)
            .filter(|code| !code.is_empty());
        let code = code.ok_or_else(|| AttributeError {
            name: "code",
            found: None,
            allowed: "a unified social credit code / 统一社会信用代码".to_owned(),
        })?;
        let code = SubjectCode::as_published(code).map_err(|error| AttributeError {
            name: "code",
            found: Some(code.to_owned()),
            allowed: format!("{} / {error}", error.zh()),
        })?;
        let pins = attributes.get("issuer").unwrap_or(baked);
        let roots = pins
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<Vec<_>, _>>();
        let roots = roots.map_err(|_| AttributeError {
            name: "issuer",
            found: attributes.get("issuer").map(str::to_owned),
            allowed: "thumbprints of issuer roots, separated by spaces".to_owned(),
        })?;
        Ok(Self {
            common,
            code,
            roots,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<Options, String> {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        Options::parse(&Attributes::new(pairs.collect()), "").map_err(|error| error.to_string())
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let options = parse(&[("code", " 91120102-matext01x4 ")]).unwrap();
        assert_eq!(options.code.as_str(), "91120102MATEXT01X4");
        assert!(
            parse(&[])
                .unwrap_err()
                .starts_with("attribute code is missing")
        );
        let error = parse(&[("code", "9112")]).unwrap_err();
        assert!(error.contains("has 4 characters, not 18"), "{error}");
        let error = parse(&[("code", "91120102MATEXT01X4"), ("issuer", "abc")]).unwrap_err();
        assert!(error.starts_with("attribute issuer is 'abc'"), "{error}");
    }
}

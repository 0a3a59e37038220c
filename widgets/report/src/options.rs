//! The attributes of `<credit-report>`.

use credit_core::identifier::SubjectCode;
use credit_element::attributes::{AttributeError, Attributes, Common};
use credit_evidence::roots;
use credit_sign::key::Thumbprint;

/// Which report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// That of a subject, today's.
    Subject(SubjectCode),
    /// One that was shared.
    Share(String),
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What every element takes.
    pub common: Common,
    /// Which report.
    pub about: About,
    /// Roots that this element trusts.
    pub roots: Vec<Thumbprint>,
}

impl Options {
    /// Reads the attributes; `baked` are the roots that the loader pins, for
    /// elements that pin none of their own.
    ///
    /// # Errors
    /// [`AttributeError`] names the attribute.
    pub fn parse(attributes: &Attributes, baked: &str) -> Result<Self, AttributeError> {
        let common = Common::parse(attributes)?;
        let about = match (attributes.get("code"), attributes.get("share")) {
            (None, Some(share)) => About::Share(share.trim_ascii().to_owned()),
            (code, _) => {
                let found = SubjectCode::as_published(code.unwrap_or_default());
                let form = "a unified social credit code / 统一社会信用代码";
                About::Subject(found.map_err(|_| AttributeError::new("code", code, form))?)
            }
        };
        let roots = roots(attributes, baked)?;
        Ok(Self {
            common,
            about,
            roots,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<About, String> {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        Options::parse(&Attributes::new(pairs.collect()), "")
            .map(|options| options.about)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_report_is_of_a_subject_or_was_shared() {
        let code = SubjectCode::as_published("91120102MATEXT01X4").unwrap();
        assert_eq!(
            parse(&[("code", "91120102matext01x4")]),
            Ok(About::Subject(code))
        );
        assert_eq!(
            parse(&[("share", " ABC ")]),
            Ok(About::Share("ABC".to_owned()))
        );
        assert!(parse(&[]).is_err_and(|error| error.contains("attribute code is missing")));
        assert!(parse(&[("code", "9")]).is_err_and(|error| error.contains("code is '9'")));
    }
}

//! The attributes of `<credit-badge>` and `<credit-card>`.

use credit_core::identifier::SubjectCode;
use credit_core::limits::DOCUMENT_MAX_BYTES;
use credit_element::attributes::{AttributeError, Attributes, Common};
use credit_element::definition::{BADGE, VERIFY};
use credit_evidence::roots;
use credit_sign::key::Thumbprint;

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In a line of text.
    Badge,
    /// A block.
    Card,
    /// 核验: whatever a visitor brings along.
    Verify,
}

/// What an element shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The card of a subject.
    Subject(SubjectCode),
    /// A document that somebody brought along, as a link or by itself; empty
    /// until then.
    Document(String),
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What every element takes.
    pub common: Common,
    /// What is shown.
    pub about: About,
    /// Roots that this element trusts.
    pub roots: Vec<Thumbprint>,
}

impl Options {
    /// Whether `other` asks for another document or trusts others.
    #[must_use]
    pub fn asks_otherwise(&self, other: &Self) -> bool {
        (&self.about, &self.common.api, &self.roots)
            != (&other.about, &other.common.api, &other.roots)
    }
}

impl Kind {
    /// The kind of the element `tag`.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        if tag == BADGE.tag {
            Self::Badge
        } else if tag == VERIFY.tag {
            Self::Verify
        } else {
            Self::Card
        }
    }
}

impl Options {
    /// Reads the attributes of a `kind`; `baked` are the roots that the loader
    /// pins, for elements that pin none of their own.
    ///
    /// # Errors
    /// [`AttributeError`] names the attribute.
    pub fn parse(kind: Kind, attributes: &Attributes, baked: &str) -> Result<Self, AttributeError> {
        let common = Common::parse(attributes)?;
        let about = if kind == Kind::Verify {
            About::Document(brought(attributes.get("token").unwrap_or_default()))
        } else {
            About::Subject(code(attributes)?)
        };
        let roots = roots(attributes, baked)?;
        Ok(Self {
            common,
            about,
            roots,
        })
    }
}

/// What a code looks like. The sentences of `credit-core` for each fault of each
/// kind of number would be a twentieth of the badge; who types a code does it in
/// the query window, which has them.
const CODE_FORM: &str = "18 digits or capitals but IOSVZ, digits at 3 to 8 / \
     18位数字或大写字母（IOSVZ除外），第3至8位为数字";

fn code(attributes: &Attributes) -> Result<SubjectCode, AttributeError> {
    let code = attributes.get("code").map(str::trim_ascii);
    let code = code.filter(|code| !code.is_empty());
    let found = SubjectCode::as_published(code.unwrap_or_default());
    found.map_err(|_| AttributeError::new("code", code, CODE_FORM))
}

/// The document in what a visitor brought: a link has it behind `#`, and mail
/// programs break long lines.
pub(crate) fn brought(text: &str) -> String {
    let link = text.bytes().rposition(|byte| byte == b'#');
    let document = text.bytes().skip(link.map_or(0, |mark| mark + 1));
    let characters = document.filter(|byte| !byte.is_ascii_whitespace());
    let text = characters.take(DOCUMENT_MAX_BYTES + 1).collect();
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<Options, String> {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        Options::parse(Kind::Badge, &Attributes::new(pairs.collect()), "")
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let options = parse(&[("code", " 91120102-matext01x4 ")]).unwrap();
        let code = SubjectCode::as_published("91120102MATEXT01X4").unwrap();
        assert_eq!(options.about, About::Subject(code));
        assert!(
            parse(&[])
                .unwrap_err()
                .starts_with("attribute code is missing")
        );
        let error = parse(&[("code", "9112")]).unwrap_err();
        assert!(error.contains("is '9112', allowed is 18 digits"), "{error}");
        let error = parse(&[("code", "91120102MATEXT01X4"), ("issuer", "abc")]).unwrap_err();
        assert!(error.starts_with("attribute issuer is 'abc'"), "{error}");
    }

    #[test]
    fn a_document_is_found_in_what_people_paste() {
        for text in [
            "a.b.c",
            " a.b.c\r\n",
            "https://x.cn/verify#a.b.c",
            "a.\n b.c",
        ] {
            assert_eq!(brought(text), "a.b.c");
        }
        assert_eq!(brought("  "), "");
    }
}

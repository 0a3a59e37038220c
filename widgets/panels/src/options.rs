//! The attributes of the elements.

use credit_core::identifier::SubjectCode;
use credit_core::limits::{QUERY_MAX_CHARS, TOPIC_MAX_CHARS};
use credit_element::attributes::{AttributeError, Attributes, Common};
use credit_element::definition::{QUERY_LINKS, WALL_MODES};

/// What all of them have.
pub trait Options: PartialEq + Sized + 'static {
    /// Reads the attributes.
    ///
    /// # Errors
    /// [`AttributeError`] names the attribute.
    fn parse(attributes: &Attributes) -> Result<Self, AttributeError>;

    /// What every element takes.
    fn common(&self) -> &Common;
}

/// `<credit-query>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryOptions {
    /// What every element takes.
    pub common: Common,
    /// What is searched for at the beginning.
    pub q: String,
    /// The subject that is opened at the beginning.
    pub code: Option<SubjectCode>,
    /// Whether the page's address says what is shown.
    pub link: QueryLink,
    /// Handed on to the card: the roots that it trusts.
    pub issuer: Option<String>,
}

/// Whether the page's address says what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryLink {
    /// It is the page's own.
    None,
    /// Behind its `#`.
    Hash,
}

/// `<credit-wall>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallOptions {
    /// What every element takes.
    pub common: Common,
    /// 区域编号
    pub area: String,
    /// How it is looked at.
    pub mode: WallMode,
    /// Handed on to the card: the roots that it trusts.
    pub issuer: Option<String>,
}

/// How a wall is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallMode {
    /// By somebody with a keyboard or a finger.
    Browse,
    /// On a screen at a door, by whoever passes.
    Screen,
}

/// `<credit-list>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOptions {
    /// What every element takes.
    pub common: Common,
    /// The list; visitors choose where there is none.
    pub list: Option<String>,
}

/// `<credit-perks>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerksOptions {
    /// What every element takes.
    pub common: Common,
    /// Whose benefits; visitors say it where there is none.
    pub code: Option<SubjectCode>,
}

/// `<credit-inspect>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectOptions {
    /// What every element takes.
    pub common: Common,
    /// Whose grades are marked in the tables.
    pub code: Option<SubjectCode>,
    /// Only this department.
    pub unit: Option<String>,
    /// Only this scheme.
    pub scheme: Option<String>,
}

/// `<credit-trace>`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceOptions {
    /// What every element takes.
    pub common: Common,
    /// The code that is looked up at the beginning.
    pub trace: String,
    /// Handed on to the card: the roots that it trusts.
    pub issuer: Option<String>,
}

impl Options for QueryOptions {
    fn common(&self) -> &Common {
        &self.common
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Ok(Self {
            common: Common::parse(attributes)?,
            q: text(attributes, "q", QUERY_MAX_CHARS)?.unwrap_or_default(),
            code: code(attributes)?,
            link: attributes.choice("link", QUERY_LINKS, [QueryLink::None, QueryLink::Hash])?,
            issuer: attributes.get("issuer").map(str::to_owned),
        })
    }
}

impl Options for WallOptions {
    fn common(&self) -> &Common {
        &self.common
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        let common = Common::parse(attributes)?;
        let area = text(attributes, "area", TOPIC_MAX_CHARS)?;
        Ok(Self {
            common,
            area: area.ok_or_else(|| AttributeError::new("area", None, "YQ-01"))?,
            mode: attributes.choice("mode", WALL_MODES, [WallMode::Browse, WallMode::Screen])?,
            issuer: attributes.get("issuer").map(str::to_owned),
        })
    }
}

impl Options for ListOptions {
    fn common(&self) -> &Common {
        &self.common
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Ok(Self {
            common: Common::parse(attributes)?,
            list: text(attributes, "list", TOPIC_MAX_CHARS)?,
        })
    }
}

impl Options for PerksOptions {
    fn common(&self) -> &Common {
        &self.common
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Ok(Self {
            common: Common::parse(attributes)?,
            code: code(attributes)?,
        })
    }
}

impl Options for InspectOptions {
    fn common(&self) -> &Common {
        &self.common
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Ok(Self {
            common: Common::parse(attributes)?,
            code: code(attributes)?,
            unit: text(attributes, "unit", TOPIC_MAX_CHARS)?,
            scheme: text(attributes, "scheme", TOPIC_MAX_CHARS)?,
        })
    }
}

impl Options for TraceOptions {
    fn common(&self) -> &Common {
        &self.common
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Ok(Self {
            common: Common::parse(attributes)?,
            trace: text(attributes, "trace", QUERY_MAX_CHARS)?.unwrap_or_default(),
            issuer: attributes.get("issuer").map(str::to_owned),
        })
    }
}

/// A text of at most `limit` characters; an empty one is none.
fn text(
    attributes: &Attributes,
    name: &'static str,
    limit: usize,
) -> Result<Option<String>, AttributeError> {
    let text = attributes.get(name).unwrap_or_default().trim();
    if text.chars().count() > limit {
        let allowed = format!("up to {limit} characters");
        return Err(AttributeError::new(name, Some(text), &allowed));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn code(attributes: &Attributes) -> Result<Option<SubjectCode>, AttributeError> {
    let code = attributes.get("code").map(|text| {
        SubjectCode::as_published(text).map_err(|error| {
            AttributeError::new("code", Some(text), &format!("{} / {error}", error.zh()))
        })
    });
    code.transpose()
}

/// `<credit-self>` takes nothing else.
impl Options for Common {
    fn common(&self) -> &Common {
        self
    }

    fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Self::parse(attributes)
    }
}

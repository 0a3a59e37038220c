//! 公共信用信息报告: what a signed report says, and the bytes it is signed as.
//!
//! Like a card it is a W3C Verifiable Credential. Labels stand in it in the
//! language that was asked for, so that who reads it needs no tables.

use crate::card::{CONTEXT_CREDENTIALS, CONTEXT_CREDIT, Credential, MemberError, parsed, text};
use crate::date::Date;
use crate::json::Value;
use crate::pass::Pass;

/// `type` of a report beside `VerifiableCredential`.
pub const REPORT_TYPE: &str = "PublicCreditReport";

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it says of itself, which is what its pass says: number, issuer, whom
    /// it is about, and when.
    pub head: Pass,
    /// 用途, where it was shared for one.
    pub purpose: Option<String>,
    /// 登记信息
    pub registration: Vec<Line>,
    /// The chapters, empty ones too.
    pub chapters: Vec<Chapter>,
    /// 信用状况提升建议: what can be done, by which rule.
    pub advice: Vec<String>,
    /// 报告说明
    pub notes: Vec<String>,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Its name.
    pub title: String,
    /// How many records there are; not all of them may stand here.
    pub total: i64,
    /// The latest records.
    pub entries: Vec<Entry>,
}

/// A record in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub lines: Vec<Line>,
    /// 数据来源单位
    pub source: String,
    /// Day of the source's data.
    pub as_of: Date,
    /// Last day of display.
    pub until: Option<Date>,
    /// 公示依据
    pub basis: String,
    /// 异议中
    pub is_contested: bool,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// As published.
    pub value: String,
}

/// What the payload of a report says of the report itself.
///
/// # Errors
/// [`MemberError`] names the first member that is missing or wrong.
pub fn head(payload: &Value) -> Result<Pass, MemberError> {
    let frame = Credential::from_json(payload, REPORT_TYPE)?;
    Ok(Pass {
        report: Some(text(frame.subject, "number")?.to_owned()),
        issuer: frame.issuer,
        code: frame.code,
        name: frame.name,
        issued: frame.valid_from,
        valid_until: frame.valid_until,
        status_entry: frame.status_entry,
    })
}

impl Report {
    /// The payload that is signed.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let head = &self.head;
        let text = |text: &str| Some(Value::text(text));
        let texts = |texts: &[String]| Some(Value::Array(texts.iter().map(Value::text).collect()));
        let lines = |lines: &[Line]| {
            let pair = |line: &Line| {
                Value::Array(vec![Value::text(&line.label), Value::text(&line.value)])
            };
            Some(Value::Array(lines.iter().map(pair).collect()))
        };
        let entry = |entry: &Entry| {
            Value::object([
                ("lines", lines(&entry.lines)),
                ("source", text(&entry.source)),
                ("asOf", text(&entry.as_of.text())),
                ("until", entry.until.map(|until| Value::text(until.text()))),
                ("basis", text(&entry.basis)),
                ("contested", entry.is_contested.then_some(Value::Bool(true))),
            ])
        };
        let chapter = |chapter: &Chapter| {
            let entries = chapter.entries.iter().map(entry).collect();
            Value::object([
                ("title", text(&chapter.title)),
                ("total", Some(Value::Int(chapter.total))),
                ("entries", Some(Value::Array(entries))),
            ])
        };
        let chapters = self.chapters.iter().map(chapter).collect();
        let context = [head.issuer.id.as_str(), CONTEXT_CREDIT].concat();
        let array = |words: [&str; 2]| Some(Value::Array(words.map(Value::text).into()));
        Value::object([
            ("@context", array([CONTEXT_CREDENTIALS, &context])),
            ("type", array(["VerifiableCredential", REPORT_TYPE])),
            (
                "issuer",
                Some(Value::object([
                    ("id", text(&head.issuer.id)),
                    ("name", text(&head.issuer.name)),
                ])),
            ),
            ("validFrom", text(&head.issued.to_string())),
            ("validUntil", text(&head.valid_until.to_string())),
            ("iat", Some(Value::Int(head.issued.unix()))),
            ("exp", Some(Value::Int(head.valid_until.unix()))),
            (
                "credentialSubject",
                Some(Value::object([
                    (
                        "id",
                        Some(Value::text(format!("{}/s/{}", head.issuer.id, head.code))),
                    ),
                    ("code", text(head.code.as_str())),
                    ("name", text(head.name.as_str())),
                    ("number", head.report.as_deref().and_then(text)),
                    ("purpose", self.purpose.as_deref().and_then(text)),
                    ("registration", lines(&self.registration)),
                    ("chapters", Some(Value::Array(chapters))),
                    ("advice", texts(&self.advice)),
                    ("notes", texts(&self.notes)),
                ])),
            ),
            ("credentialStatus", Some(head.status_entry.to_json())),
        ])
    }

    /// Reads a payload.
    ///
    /// # Errors
    /// [`MemberError`] names the first member that is missing or wrong.
    pub fn from_json(payload: &Value) -> Result<Self, MemberError> {
        let head = head(payload)?;
        let subject = payload.get("credentialSubject").ok_or(MemberError {
            member: "credentialSubject",
        })?;
        let mut chapters = Vec::new();
        for chapter in array(subject, "chapters")? {
            let mut entries = Vec::new();
            for entry in array(chapter, "entries")? {
                entries.push(Entry::from_json(entry)?);
            }
            chapters.push(Chapter {
                title: text(chapter, "title")?.to_owned(),
                total: chapter
                    .int_of("total")
                    .ok_or(MemberError { member: "total" })?,
                entries,
            });
        }
        Ok(Self {
            head,
            purpose: subject.str_of("purpose").map(str::to_owned),
            registration: lines(subject, "registration")?,
            chapters,
            advice: texts(subject, "advice")?,
            notes: texts(subject, "notes")?,
        })
    }
}

impl Entry {
    fn from_json(value: &Value) -> Result<Self, MemberError> {
        Ok(Self {
            lines: lines(value, "lines")?,
            source: text(value, "source")?.to_owned(),
            as_of: parsed(value, "asOf")?,
            until: match value.get("until") {
                None => None,
                Some(_) => Some(parsed(value, "until")?),
            },
            basis: text(value, "basis")?.to_owned(),
            is_contested: value.get("contested").is_some(),
        })
    }
}

fn array<'a>(value: &'a Value, member: &'static str) -> Result<&'a [Value], MemberError> {
    let items = value.get(member).and_then(Value::as_array);
    items.ok_or(MemberError { member })
}

fn texts(value: &Value, member: &'static str) -> Result<Vec<String>, MemberError> {
    let mut texts = Vec::new();
    for text in array(value, member)? {
        texts.push(text.as_str().ok_or(MemberError { member })?.to_owned());
    }
    Ok(texts)
}

fn lines(value: &Value, member: &'static str) -> Result<Vec<Line>, MemberError> {
    let mut lines = Vec::new();
    for line in array(value, member)? {
        let [label, value] = line.as_array().unwrap_or_default() else {
            return Err(MemberError { member });
        };
        let (Some(label), Some(value)) = (label.as_str(), value.as_str()) else {
            return Err(MemberError { member });
        };
        lines.push(Line {
            label: label.to_owned(),
            value: value.to_owned(),
        });
    }
    Ok(lines)
}

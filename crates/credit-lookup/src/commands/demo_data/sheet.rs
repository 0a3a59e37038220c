//! A file of rows whose cells are set by the name of their field.

use std::fmt::{Display, Write as _};
use std::io::Write;

use credit_core::record::Dataset;

use super::offices::Office;
use super::persons::Person;
use super::subject::Subject;
use super::{CommandError, SOURCE_DATE};

/// Bytes that are written at once.
const BUFFER: usize = 1 << 18;

/// Rows on their way into a file. A cell that is not set is empty.
pub(super) struct Sheet<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    fields: Vec<&'static str>,
    /// The texts of the row, one behind the other.
    text: String,
    /// Where in them that of each field stands.
    spans: Vec<(usize, usize)>,
    /// A field that was set and that there is none of.
    unknown: Option<String>,
    rows: u64,
}

impl<'a> Sheet<'a> {
    /// A file with these columns, each field beside its column.
    pub(super) fn new(
        columns: impl Iterator<Item = (&'static str, &'static str)>,
        out: &'a mut dyn Write,
    ) -> Result<Self, CommandError> {
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(BUFFER)
            .from_writer(out);
        let (fields, names): (Vec<_>, Vec<_>) = columns.unzip();
        writer.write_record(names)?;
        Ok(Self {
            writer,
            spans: vec![(0, 0); fields.len()],
            fields,
            text: String::new(),
            unknown: None,
            rows: 0,
        })
    }

    fn place(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|name| *name == field)
    }

    /// Whether the file has this field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.place(field).is_some()
    }

    /// Sets the cell of `field`.
    pub(super) fn set(&mut self, field: &str, value: impl Display) -> &mut Self {
        self.fill(field, |text| {
            // Writing to a text never fails.
            let _ = write!(text, "{value}");
        })
    }

    /// Sets the cell of `field`, if there is a value.
    pub(super) fn set_some(&mut self, field: &str, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.set(field, value),
            None => self,
        }
    }

    /// Sets the cell of `field` to what `push` pushes.
    pub(super) fn fill(&mut self, field: &str, push: impl FnOnce(&mut String)) -> &mut Self {
        match self.place(field) {
            Some(place) => {
                let begin = self.text.len();
                push(&mut self.text);
                self.spans[place] = (begin, self.text.len());
            }
            None => self.unknown = Some(field.to_owned()),
        }
        self
    }

    /// Whom the row is about, where it is a subject.
    pub(super) fn holder(&mut self, subject: &Subject) -> &mut Self {
        if self.has("holder-kind") {
            self.set("holder-kind", subject.holder_kind());
        }
        self.set("holder-name", &subject.name)
            .set("holder-code", subject.code)
    }

    /// Whom the row is about, where it is a natural person.
    pub(super) fn person(&mut self, person: &Person) -> &mut Self {
        self.set("holder-name", &person.name)
            .set("holder-kind", "自然人")
            .set("person-kind", person.document);
        // 承诺人代码 has the number of a person.
        let number = if self.has("pledge") {
            "holder-code"
        } else {
            "person-number"
        };
        self.set(number, &person.number)
    }

    /// Who decided, who tells of it and when, and that everybody may know.
    pub(super) fn office(&mut self, office: &Office) -> &mut Self {
        if self.has("unit") {
            self.set("unit", office.name).set("unit-code", office.code);
        }
        self.set("state", "正常")
            .set("scope", "公示")
            .set("source-unit", format_args!("{}（演示数据）", office.name))
            .set("source-code", office.code)
            .set("source-date", SOURCE_DATE)
    }

    /// Writes the row.
    pub(super) fn end(&mut self) -> Result<(), CommandError> {
        if let Some(field) = self.unknown.take() {
            return Err(format!("there is no field '{field}'").into());
        }
        for (begin, end) in &mut self.spans {
            self.writer.write_field(&self.text[*begin..*end])?;
            (*begin, *end) = (0, 0);
        }
        self.writer.write_record(None::<&[u8]>)?;
        self.text.clear();
        self.rows += 1;
        Ok(())
    }

    /// Ends the file and tells how many rows it has.
    pub(super) fn finish(mut self) -> Result<u64, CommandError> {
        self.writer.flush()?;
        Ok(self.rows)
    }
}

/// The fields of a dataset with their current columns.
pub(super) fn columns(
    dataset: &'static Dataset,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    dataset.fields.iter().map(|field| {
        // NAME@OTHER is a name in files with the column OTHER, which is of
        // 2016 and not written here; NAME@!OTHER is one in files without.
        let mut names = field.columns.iter();
        let name = names.find(|name| !name.contains('@') || name.contains("@!"));
        let name = name.copied().unwrap_or(field.name);
        (field.name, name.split('@').next().unwrap_or(name))
    })
}

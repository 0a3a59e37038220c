//! A row of any dataset but the registry.

use super::cell::{self, CellError};
use super::columns::{ColumnsError, Fit, Header};
use super::mend::{Mend, mends};
use super::person::PersonNumber;
use super::{Cells, Finding, RowOutcome, wrong_width};
use crate::date::Date;
use crate::identifier::{
    Identifier as _, PermanentResidentNumber, ResidencePermit, ResidentId, SubjectCode, Uscc,
    masked_name, tables,
};
use crate::name::is_null_marker;
use crate::record::{Dataset, FieldKind, Holder, HolderRule, PersonKey, Record, Value};
use crate::subject::{Source, SubjectKind};
use crate::text::fold_width;

/// Fields on which it depends whether outsiders see a record: a row with a word
/// there that nobody understands is not taken.
const STRICT: [&str; 4] = ["holder-kind", "state", "scope", "publication"];

/// Where each field stands in a file.
#[derive(Clone, Debug)]
pub struct Columns {
    dataset: &'static Dataset,
    header: Header,
    /// One place for each field of the dataset.
    places: Vec<Option<usize>>,
}

/// A record as a row tells it; a natural person's number is still in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRecord {
    record: Record,
    person: Option<PersonNumber>,
}

impl FeedRecord {
    /// The natural person that it is about, if it is about one.
    #[must_use]
    pub fn person(&self) -> Option<&PersonNumber> {
        self.person.as_ref()
    }

    /// What it is a record of.
    #[must_use]
    pub fn dataset(&self) -> &'static Dataset {
        self.record.dataset
    }

    /// The day in the field `name`.
    #[must_use]
    pub fn date(&self, name: &str) -> Option<Date> {
        self.record.date(name)
    }

    /// Where it came from.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.record.source
    }

    /// The record; `key` is the keyed digest of [`Self::person`].
    #[must_use]
    pub fn into_record(self, key: Option<PersonKey>) -> Record {
        let mut record = self.record;
        if let Some(key) = key {
            record.holder = Holder::Person(key);
        }
        record
    }
}

/// Who a row is about.
enum RowHolder {
    Subject(SubjectCode),
    Person(PersonNumber),
    Nobody,
}

/// What was found on the way through a row.
#[derive(Default)]
struct Findings {
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

impl Findings {
    fn reject(&mut self, column: &str, code: &'static str, message: String) {
        self.errors.push(finding(column, code, message));
    }

    fn warn(&mut self, column: &str, code: &'static str, message: String) {
        self.warnings.push(finding(column, code, message));
    }
}

fn finding(column: &str, code: &'static str, message: String) -> Finding {
    Finding {
        column: column.to_owned(),
        code,
        message,
    }
}

impl Columns {
    /// Reads the first line of a file of `dataset`.
    ///
    /// # Errors
    /// [`ColumnsError`] names all needed columns that are missing.
    pub fn new(
        dataset: &'static Dataset,
        header: &(impl Cells + ?Sized),
    ) -> Result<Self, ColumnsError> {
        let header = Header::new(header);
        let (places, missing) = places(dataset, &header);
        if !missing.is_empty() {
            return Err(header.error(&missing));
        }
        Ok(Self {
            dataset,
            header,
            places,
        })
    }

    /// How well the first line of a file fits `dataset`.
    #[must_use]
    pub fn fit(dataset: &'static Dataset, header: &(impl Cells + ?Sized)) -> Fit {
        let header = Header::new(header);
        let (places, missing) = places(dataset, &header);
        header.fit(places.into_iter(), &missing)
    }

    /// What the column at `place` of the file may hold, if the dataset knows it.
    #[must_use]
    pub fn kind_at(&self, place: usize) -> Option<FieldKind> {
        let field = self.places.iter().position(|found| *found == Some(place))?;
        self.dataset.fields.get(field).map(|field| field.kind)
    }

    /// Which cells of a row could be written otherwise.
    #[must_use]
    pub fn mends(&self, row: &(impl Cells + ?Sized), today: Date) -> Vec<Mend> {
        let kinds = self.dataset.fields.iter().map(|field| field.kind);
        mends(kinds.zip(self.places.iter().copied()), row, today)
    }

    /// Reads a row; `source` stands in where the row names none of its own, and
    /// its day is the latest that a document may be of.
    #[must_use]
    pub fn read(&self, row: &(impl Cells + ?Sized), source: &Source) -> RowOutcome<FeedRecord> {
        if row.width() != self.header.width() {
            return wrong_width(row.width(), self.header.width());
        }
        let mut findings = Findings::default();
        let holder = self.holder(row, source.as_of, &mut findings);
        let is_sole_trader = match &holder {
            Some(RowHolder::Subject(code)) => SubjectKind::of(code) == SubjectKind::SoleTrader,
            _ => self.word(row, "holder-kind") == Some("sole-trader"),
        };
        let mut values = Vec::with_capacity(self.dataset.fields.len());
        for (place, field) in self.dataset.fields.iter().enumerate() {
            let column = self.column(place);
            if let (Some(RowHolder::Person(person)), "person-number") = (&holder, field.name) {
                values.push(Some(Value::Text(person.masked())));
                continue;
            }
            let Some(text) = self.cell(row, place) else {
                let is_of_holder =
                    matches!(field.kind, FieldKind::HolderCode | FieldKind::PersonNumber);
                if field.is_needed && !is_of_holder {
                    findings.reject(column, "missing", format!("{} is missing", field.label.en));
                }
                values.push(None);
                continue;
            };
            let value = match (field.kind, &holder) {
                (FieldKind::HolderCode, Some(RowHolder::Subject(code))) => Some(Value::Code(*code)),
                // Whoever acts for a holder is known by name; the number says
                // nothing that is needed, so it is not kept.
                (FieldKind::HolderCode | FieldKind::PersonNumber, _) => None,
                (kind, _) => match cell::read(kind, text, source.as_of) {
                    Ok(read) => {
                        for CellError { code, message } in read.remarks {
                            findings.warn(column, code, message);
                        }
                        Some(read.value)
                    }
                    Err(CellError { code, message })
                        if field.is_needed || STRICT.contains(&field.name) =>
                    {
                        findings.reject(column, code, message);
                        None
                    }
                    Err(CellError { code, message }) => {
                        findings.warn(column, code, format!("{message}; left out"));
                        None
                    }
                },
            };
            let is_masked = match field.kind {
                FieldKind::HolderName => matches!(holder, Some(RowHolder::Person(_))),
                // 个体工商户: whoever acts for it is its owner, a person.
                FieldKind::PersonName => {
                    is_sole_trader || !matches!(holder, Some(RowHolder::Subject(_)))
                }
                _ => false,
            };
            values.push(match value {
                Some(Value::Text(name)) if is_masked => Some(Value::Text(masked_name(&name))),
                value => value,
            });
        }
        let (person, known) = match holder {
            Some(RowHolder::Subject(code)) => (None, Holder::Subject(code)),
            Some(RowHolder::Person(number)) => (Some(number), Holder::Nobody),
            Some(RowHolder::Nobody) | None => (None, Holder::Nobody),
        };
        let mut record = Record::new(self.dataset, known, source.clone(), values);
        self.check_dates(&mut record, source, &mut findings);
        if findings.errors.is_empty() {
            RowOutcome::Accepted(Box::new(FeedRecord { record, person }), findings.warnings)
        } else {
            RowOutcome::Rejected(findings.errors)
        }
    }

    /// Source of the row, and days that cannot be.
    fn check_dates(&self, record: &mut Record, source: &Source, findings: &mut Findings) {
        if let Some(Value::Text(unit)) = record.get("source-unit") {
            record.source.unit = unit.clone();
        }
        let column = |name: &str| {
            self.dataset
                .place(name)
                .map_or("", |place| self.column(place))
        };
        match record.date("source-date") {
            // A date ahead of the file's own is a slip of the pen, and would
            // keep every later and right row out until then.
            Some(date) if date > source.as_of => findings.warn(
                column("source-date"),
                "date-ahead",
                format!(
                    "{date} is after the file's {}, which is taken",
                    source.as_of
                ),
            ),
            Some(date) => record.source.as_of = date,
            None => {}
        }
        if let Some(decided) = record.date("decided").filter(|day| *day > source.as_of) {
            findings.reject(
                column("decided"),
                "date-ahead",
                format!("{decided} is after the file's {}", source.as_of),
            );
        }
        if let (Some(from), Some(until)) = (record.date("from"), record.date("until"))
            && until < from
        {
            findings.warn(
                column("until"),
                "dates-order",
                format!("{until} is before {from}, where it begins"),
            );
        }
    }

    fn holder(
        &self,
        row: &(impl Cells + ?Sized),
        today: Date,
        findings: &mut Findings,
    ) -> Option<RowHolder> {
        if self.dataset.holder == HolderRule::Nobody {
            return Some(RowHolder::Nobody);
        }
        let text = |name: &str| {
            let place = self.dataset.place(name)?;
            Some((self.column(place), self.cell(row, place)?))
        };
        let kind = self.word(row, "holder-kind");
        let code = text("holder-code");
        let may_be_person = self.dataset.holder == HolderRule::Any;
        let mut person = text("person-number").filter(|_| may_be_person);
        // Some templates have one column for the code and the resident number.
        if let (Some("person"), None, Some(_)) = (kind, person, code) {
            person = code;
        }
        let is_person = match kind {
            Some(kind) => kind == "person",
            None => code.is_none() && person.is_some(),
        };
        if is_person && may_be_person {
            let Some((column, number)) = person else {
                let place = self.dataset.place("person-number");
                findings.reject(
                    place.map_or("", |place| self.column(place)),
                    "missing",
                    "number of the natural person is missing".to_owned(),
                );
                return None;
            };
            let (number, remark) = PersonNumber::read(number, self.word(row, "person-kind"), today);
            match (&number, remark) {
                (_, None) => {}
                (None, Some((code, message))) => findings.reject(column, code, message),
                (Some(_), Some((code, message))) => findings.warn(column, code, message),
            }
            return number.map(RowHolder::Person);
        }
        let Some((column, text)) = code else {
            let place = self.dataset.place("holder-code");
            findings.reject(
                place.map_or("", |place| self.column(place)),
                "missing",
                "unified social credit code is missing, without which the record is nobody's"
                    .to_owned(),
            );
            return None;
        };
        // Numbers of persons have the shape of a code, and some files have both in
        // one column. As a code it would be shown to everybody.
        if is_person_number(text, today) {
            if !may_be_person {
                let message = "this is a person's number, allowed is a unified social credit code";
                findings.reject(column, "person-number", message.to_owned());
                return None;
            }
            let message = "a person's number in the column of codes; the row is a natural person's";
            findings.warn(column, "person-number", message.to_owned());
            let (number, _) = PersonNumber::read(text, None, today);
            return number.map(RowHolder::Person);
        }
        match SubjectCode::as_published(text) {
            Ok(code) => {
                if let Some(problem) = code.problem() {
                    findings.warn(
                        column,
                        problem.code(),
                        format!("{problem}; kept as published and flagged"),
                    );
                }
                if let SubjectCode::Uscc(uscc) = &code {
                    for warning in tables::warnings(uscc) {
                        findings.warn(column, warning.code(), warning.to_string());
                    }
                }
                Some(RowHolder::Subject(code))
            }
            Err(problem) => {
                findings.reject(column, problem.code(), problem.to_string());
                None
            }
        }
    }

    /// The word in the field `name`, as far as it can be read.
    fn word(&self, row: &(impl Cells + ?Sized), name: &str) -> Option<&'static str> {
        let place = self.dataset.place(name)?;
        match self.dataset.fields[place].kind {
            FieldKind::Word(set) => Some(set.read(self.cell(row, place)?)?.code()),
            _ => None,
        }
    }

    fn cell<'a>(&self, row: &'a (impl Cells + ?Sized), place: usize) -> Option<&'a str> {
        let text = row.cell(self.places[place]?)?.trim();
        (!is_null_marker(text)).then_some(text)
    }

    /// The column of a field, as the file names it.
    fn column(&self, place: usize) -> &str {
        match self.places[place] {
            Some(column) => self.header.name(column),
            None => self.dataset.fields[place].columns[0],
        }
    }
}

/// Where each field of `dataset` stands, and the names of those that are needed and
/// stand nowhere.
fn places<'a>(
    dataset: &'a Dataset,
    header: &Header,
) -> (Vec<Option<usize>>, Vec<&'a [&'static str]>) {
    let places: Vec<Option<usize>> = dataset
        .fields
        .iter()
        .map(|field| header.place(&field.columns))
        .collect();
    let missing = dataset
        .fields
        .iter()
        .zip(&places)
        .filter(|(field, place)| field.is_needed && place.is_none())
        .map(|(field, _)| field.columns.as_slice())
        .collect();
    (places, missing)
}

/// Whether `text` is rather a natural person's number than a code: one of the two
/// checks of a code is not right, and it is the number of a resident, a permit or
/// a permanent resident, or at least has a year of birth where those have it.
pub(super) fn is_person_number(text: &str, today: Date) -> bool {
    let is_code = text.parse::<Uscc>().is_ok_and(|code| {
        let mut warnings = tables::warnings(&code).into_iter();
        warnings.all(|warning| warning.code() != "org-checksum")
    });
    let has_birthday = || {
        let digits: String = text.chars().map(fold_width).collect();
        let mut numbers = digits.bytes().take(17);
        // The year alone: a slip of the pen in the day is still a person's number.
        let year = digits.get(6..10).and_then(|year| year.parse::<u16>().ok());
        let is_year = year.is_some_and(|year| (1900..=2200).contains(&year));
        let is_number = digits.len() == 18 && numbers.all(|byte| byte.is_ascii_digit());
        is_number && is_year && !digits.starts_with('9')
    };
    !is_code
        && (has_birthday()
            || ResidentId::read(text, today).is_ok()
            || ResidencePermit::read(text, today).is_ok()
            || PermanentResidentNumber::read(text, today).is_ok())
}

//! 登记注册基本信息: `企业名称, 统一社会信用代码, 注册日期, …`.

use super::cell::{self, CellError};
use super::columns::{ColumnsError, Fit, Header};
use super::mend::{Mend, mends};
use super::record::is_person_number;
use super::{Cells, Finding, RowOutcome, wrong_width};
use crate::date::Date;
use crate::identifier::{SubjectCode, tables};
use crate::limits::{FORMER_NAMES_MAX, FREE_TEXT_MAX_CHARS};
use crate::money::Capital;
use crate::name::{NameError, SubjectName, is_null_marker};
use crate::record::FieldKind;
use crate::subject::{Source, Subject, SubjectStatus};

const NAME: &[&str] = &["企业名称", "主体名称", "名称", "机构名称"];
const CODE: &[&str] = &["统一社会信用代码", "社会统一信用代码", "信用代码"];
const FORMER_NAMES: &[&str] = &["曾用名", "企业曾用名"];
const ESTABLISHED: &[&str] = &["注册日期", "成立日期"];
const ENTITY_TYPE: &[&str] = &["企业类型", "主体类型"];
const CAPITAL: &[&str] = &["注册资金", "注册资本"];
const SCOPE: &[&str] = &["经营范围"];
const PROVINCE: &[&str] = &["所在省份"];
const DISTRICT: &[&str] = &["地区", "所在地区"];
const ADDRESS: &[&str] = &["注册地址", "住所"];
const STATUS: &[&str] = &["登记状态", "经营状态"];
const SOURCE_UNIT: &[&str] = &["数据来源单位"];
const SOURCE_DATE: &[&str] = &["数据日期"];

const ALL: [&[&str]; 13] = [
    NAME,
    CODE,
    FORMER_NAMES,
    ESTABLISHED,
    ENTITY_TYPE,
    CAPITAL,
    SCOPE,
    PROVINCE,
    DISTRICT,
    ADDRESS,
    STATUS,
    SOURCE_UNIT,
    SOURCE_DATE,
];

/// Where each column stands in a file.
#[derive(Clone, Debug)]
pub struct Columns {
    header: Header,
    name: usize,
    code: usize,
    former_names: Option<usize>,
    established: Option<usize>,
    entity_type: Option<usize>,
    capital: Option<usize>,
    scope: Option<usize>,
    province: Option<usize>,
    district: Option<usize>,
    address: Option<usize>,
    status: Option<usize>,
    source_unit: Option<usize>,
    source_date: Option<usize>,
}

impl Columns {
    /// Reads the first line of a file.
    ///
    /// # Errors
    /// [`ColumnsError`] without name or code.
    pub fn new(header: &(impl Cells + ?Sized)) -> Result<Self, ColumnsError> {
        let header = Header::new(header);
        let (Some(name), Some(code)) = (header.place(NAME), header.place(CODE)) else {
            return Err(header.error(&missing(&header)));
        };
        Ok(Self {
            name,
            code,
            former_names: header.place(FORMER_NAMES),
            established: header.place(ESTABLISHED),
            entity_type: header.place(ENTITY_TYPE),
            capital: header.place(CAPITAL),
            scope: header.place(SCOPE),
            province: header.place(PROVINCE),
            district: header.place(DISTRICT),
            address: header.place(ADDRESS),
            status: header.place(STATUS),
            source_unit: header.place(SOURCE_UNIT),
            source_date: header.place(SOURCE_DATE),
            header,
        })
    }

    /// How well the first line of a file fits.
    #[must_use]
    pub fn fit(header: &(impl Cells + ?Sized)) -> Fit {
        let header = Header::new(header);
        let places = ALL.into_iter().map(|names| header.place(names));
        header.fit(places, &missing(&header))
    }

    /// Which cells of a row could be written otherwise.
    #[must_use]
    pub fn mends(&self, row: &(impl Cells + ?Sized), today: Date) -> Vec<Mend> {
        let cells = [
            (FieldKind::HolderCode, Some(self.code)),
            (FieldKind::Date, self.established),
            (FieldKind::Date, self.source_date),
        ];
        mends(cells.into_iter(), row, today)
    }

    /// Reads a row; `source` stands in where the row names none of its own.
    #[must_use]
    pub fn read(&self, row: &(impl Cells + ?Sized), source: &Source) -> RowOutcome<Subject> {
        let mut errors = Vec::new();
        let mut warnings = Vec::new();
        if row.width() != self.header.width() {
            return wrong_width(row.width(), self.header.width());
        }
        let column =
            |place: Option<usize>| place.map_or("", |place| self.header.name(place)).to_owned();
        let cell = |place: Option<usize>| {
            place
                .and_then(|place| row.cell(place))
                .map(str::trim)
                .filter(|cell| !is_null_marker(cell))
        };
        let mut reject = |place, code, message: String| {
            errors.push(Finding {
                column: column(Some(place)),
                code,
                message,
            });
        };

        let code = SubjectCode::as_published(row.cell(self.code).unwrap_or_default())
            .map_err(|error| reject(self.code, error.code(), error.to_string()));
        if is_person_number(row.cell(self.code).unwrap_or_default(), source.as_of) {
            let message = "this is a person's number, allowed is a unified social credit code";
            reject(self.code, "person-number", message.to_owned());
        }
        let name = row
            .cell(self.name)
            .unwrap_or_default()
            .parse()
            .map_err(|error: NameError| {
                reject(self.name, error.code(), error.to_string());
            });

        let mut date = |place| {
            let text = cell(place)?;
            cell::date(text)
                .map_err(|error| {
                    warnings.push(Finding {
                        column: column(place),
                        code: error.code(),
                        message: format!("'{text}': {error}; left out"),
                    });
                })
                .ok()
        };
        let established = date(self.established);
        // A date ahead of the file's own is a slip of the pen, and would keep
        // every later and right row out until then.
        let source_date = match date(self.source_date) {
            Some(date) if date > source.as_of => {
                warnings.push(Finding {
                    column: column(self.source_date),
                    code: "date-ahead",
                    message: format!(
                        "{date} is after the file's {}, which is taken",
                        source.as_of
                    ),
                });
                None
            }
            date => date,
        };

        let capital = match cell(self.capital).map(Capital::parse) {
            Some(Ok(Some(capital))) => {
                if capital.amount().is_none() {
                    warnings.push(Finding {
                        column: column(self.capital),
                        code: "capital-unread",
                        message: format!(
                            "'{}' has no number, unit and currency that can be read; kept as text",
                            capital.text()
                        ),
                    });
                }
                Some(capital)
            }
            Some(Err(error)) => {
                warnings.push(Finding {
                    column: column(self.capital),
                    code: error.code(),
                    message: format!("{error}; left out"),
                });
                None
            }
            Some(Ok(None)) | None => None,
        };

        let mut free = |place| {
            let text = cell(place)?;
            match cell::free_text(text, FREE_TEXT_MAX_CHARS) {
                Ok(text) => Some(text),
                Err(CellError { code, message }) => {
                    warnings.push(Finding {
                        column: column(place),
                        code,
                        message: format!("{message}; left out"),
                    });
                    None
                }
            }
        };
        let entity_type = free(self.entity_type);
        let scope = free(self.scope);
        let province = free(self.province);
        let district = free(self.district);
        let address = free(self.address);
        let source_unit = free(self.source_unit);

        let status_text = cell(self.status).unwrap_or_default();
        let status = SubjectStatus::from_registry(status_text).unwrap_or_else(|| {
            warnings.push(Finding {
                column: column(self.status),
                code: "status-unknown",
                message: format!("'{status_text}' is no status that is known; left out"),
            });
            SubjectStatus::NotStated
        });

        let mut former_names: Vec<SubjectName> = Vec::new();
        let formers = cell(self.former_names).unwrap_or_default();
        for former in formers.split([';', '；', '、', ',', '，', '|', '\n']) {
            match former.parse::<SubjectName>() {
                Err(NameError::Empty) => {}
                Ok(former) if former_names.contains(&former) => {}
                Ok(former) if former_names.len() < FORMER_NAMES_MAX => former_names.push(former),
                Ok(_) => warnings.push(Finding {
                    column: column(self.former_names),
                    code: "former-names",
                    message: format!(
                        "more than {FORMER_NAMES_MAX} former names; the rest is left out"
                    ),
                }),
                Err(error) => warnings.push(Finding {
                    column: column(self.former_names),
                    code: error.code(),
                    message: format!("{error}; left out"),
                }),
            }
        }

        let (Ok(code), Ok(name), true) = (code, name, errors.is_empty()) else {
            return RowOutcome::Rejected(errors);
        };
        warnings.extend(code_findings(&code, &column(Some(self.code))));
        let region = [province, district]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let subject = Subject {
            code,
            name,
            former_names,
            status,
            established,
            entity_type,
            capital,
            scope,
            region: (!region.is_empty()).then_some(region),
            address,
            source: Source {
                unit: source_unit.unwrap_or_else(|| source.unit.clone()),
                as_of: source_date.unwrap_or(source.as_of),
            },
        };
        RowOutcome::Accepted(Box::new(subject), warnings)
    }
}

/// The names of needed columns that stand nowhere.
fn missing(header: &Header) -> Vec<&'static [&'static str]> {
    let needed = [NAME, CODE].into_iter();
    needed
        .filter(|names| header.place(names).is_none())
        .collect()
}

fn code_findings(code: &SubjectCode, column: &str) -> Vec<Finding> {
    let finding = |code, message: String| Finding {
        column: column.to_owned(),
        code,
        message,
    };
    match code {
        SubjectCode::Uscc(uscc) => tables::warnings(uscc)
            .into_iter()
            .map(|warning| finding(warning.code(), warning.to_string()))
            .collect(),
        SubjectCode::AsPublished(_) => code
            .problem()
            .map(|problem| {
                finding(
                    problem.code(),
                    format!("{problem}; kept as published and flagged"),
                )
            })
            .into_iter()
            .collect(),
    }
}

//! 登记注册基本信息: `企业名称, 统一社会信用代码, 注册日期, …`.

use credit_core::date::Date;
use credit_core::identifier::{SubjectCode, tables};
use credit_core::limits::FREE_TEXT_MAX_CHARS;
use credit_core::money::Capital;
use credit_core::name::is_null_marker;
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_core::text::is_invisible;
use csv::StringRecord;

use super::{Finding, RowOutcome};

const NAME: &str = "企业名称";
const CODE: &str = "统一社会信用代码";
const ESTABLISHED: &str = "注册日期";
const ENTITY_TYPE: &str = "企业类型";
const CAPITAL: &str = "注册资金";
const SCOPE: &str = "经营范围";
const PROVINCE: &str = "所在省份";
const DISTRICT: &str = "地区";
const ADDRESS: &str = "注册地址";
const STATUS: &str = "登记状态";
const SOURCE_UNIT: &str = "数据来源单位";
const SOURCE_DATE: &str = "数据日期";

/// Where each column stands in a file.
#[derive(Clone, Debug)]
pub struct Columns {
    width: usize,
    name: usize,
    code: usize,
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

/// A file without one of the columns that a registry needs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {missing} is missing, the first line has: {found}")]
pub struct ColumnsError {
    /// Name of the column.
    pub missing: &'static str,
    /// The names in the first line.
    pub found: String,
}

impl Columns {
    /// Reads the first line of a file.
    ///
    /// # Errors
    /// [`ColumnsError`] without name or code.
    pub fn new(header: &StringRecord) -> Result<Self, ColumnsError> {
        let place = |name: &str| header.iter().position(|column| column.trim() == name);
        let needed = |missing| {
            place(missing).ok_or_else(|| ColumnsError {
                missing,
                found: header.iter().collect::<Vec<_>>().join(", "),
            })
        };
        Ok(Self {
            width: header.len(),
            name: needed(NAME)?,
            code: needed(CODE)?,
            established: place(ESTABLISHED),
            entity_type: place(ENTITY_TYPE),
            capital: place(CAPITAL),
            scope: place(SCOPE),
            province: place(PROVINCE),
            district: place(DISTRICT),
            address: place(ADDRESS),
            status: place(STATUS),
            source_unit: place(SOURCE_UNIT),
            source_date: place(SOURCE_DATE),
        })
    }

    /// Reads a row; `source` stands in where the row names none of its own.
    #[must_use]
    pub fn read(&self, row: &StringRecord, source: &Source) -> RowOutcome<Subject> {
        let mut errors = Vec::new();
        let mut warnings = Vec::new();
        if row.len() != self.width {
            errors.push(Finding {
                column: "",
                code: "columns",
                message: format!("row has {} cells, the first line {}", row.len(), self.width),
            });
            return RowOutcome::Rejected(errors);
        }
        let cell = |place: Option<usize>| {
            place
                .and_then(|place| row.get(place))
                .map(str::trim)
                .filter(|cell| !is_null_marker(cell))
        };
        let mut reject = |column, code, message: String| {
            errors.push(Finding {
                column,
                code,
                message,
            });
        };

        let code = SubjectCode::as_published(row.get(self.code).unwrap_or_default())
            .map_err(|error| reject(CODE, error.code(), error.to_string()));
        let name = row.get(self.name).unwrap_or_default().parse().map_err(
            |error: credit_core::name::NameError| {
                reject(NAME, error.code(), error.to_string());
            },
        );

        let mut date = |column, place| {
            let text = cell(place)?;
            text.parse::<Date>()
                .map_err(|error| {
                    warnings.push(Finding {
                        column,
                        code: error.code(),
                        message: format!("'{text}': {error}; left out"),
                    });
                })
                .ok()
        };
        let established = date(ESTABLISHED, self.established);
        // A date ahead of the file's own is a slip of the pen, and would keep
        // every later and right row out until then.
        let source_date = match date(SOURCE_DATE, self.source_date) {
            Some(date) if date > source.as_of => {
                warnings.push(Finding {
                    column: SOURCE_DATE,
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
                        column: CAPITAL,
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
                    column: CAPITAL,
                    code: error.code(),
                    message: format!("{error}; left out"),
                });
                None
            }
            Some(Ok(None)) | None => None,
        };

        let mut free = |column, place| {
            let text = cell(place)?;
            match free_text(text) {
                Ok(text) => Some(text),
                Err(problem) => {
                    warnings.push(Finding { column, ..problem });
                    None
                }
            }
        };
        let entity_type = free(ENTITY_TYPE, self.entity_type);
        let scope = free(SCOPE, self.scope);
        let province = free(PROVINCE, self.province);
        let district = free(DISTRICT, self.district);
        let address = free(ADDRESS, self.address);
        let source_unit = free(SOURCE_UNIT, self.source_unit);

        let status_text = cell(self.status).unwrap_or_default();
        let status = SubjectStatus::from_registry(status_text).unwrap_or_else(|| {
            warnings.push(Finding {
                column: STATUS,
                code: "status-unknown",
                message: format!("'{status_text}' is no status that is known; left out"),
            });
            SubjectStatus::NotStated
        });

        let (Ok(code), Ok(name)) = (code, name) else {
            return RowOutcome::Rejected(errors);
        };
        warnings.extend(code_findings(&code));
        let region = [province, district]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ");
        let subject = Subject {
            code,
            name,
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

fn code_findings(code: &SubjectCode) -> Vec<Finding> {
    let finding = |code, message: String| Finding {
        column: CODE,
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

/// Free text as it may be kept: line breaks become spaces, other invisible
/// characters are refused.
fn free_text(text: &str) -> Result<String, Finding> {
    let problem = |code, message| {
        Err(Finding {
            column: "",
            code,
            message,
        })
    };
    let found = text.chars().count();
    if found > FREE_TEXT_MAX_CHARS {
        let message =
            format!("{found} characters, at most {FREE_TEXT_MAX_CHARS} are allowed; left out");
        return problem("text-length", message);
    }
    let text: String = text
        .chars()
        .map(|character| {
            if matches!(character, '\n' | '\r' | '\t') {
                ' '
            } else {
                character
            }
        })
        .collect();
    match text.chars().find(|character| is_invisible(*character)) {
        Some(character) => problem(
            "text-invisible",
            format!(
                "invisible character U+{:04X}; left out",
                u32::from(character)
            ),
        ),
        None => Ok(text),
    }
}

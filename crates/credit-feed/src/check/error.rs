//! Why a file cannot be checked.

use credit_core::feed::ColumnsError;
use credit_core::lang::{Lang, Text, text};

use crate::dataset::FeedKind;
use crate::header::{Candidate, HeaderError};
use crate::kind::{FileKind, KindError};
use crate::workbook::WorkbookError;

/// Why a file cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckError {
    /// It is no table.
    Kind(KindError),
    /// It has so many bytes, and so many are allowed.
    Large(FileKind, u64, u64),
    /// It has more rows than that.
    Rows(u32),
    /// It is a workbook that cannot be read.
    Workbook(WorkbookError),
    /// Its first line has no names of columns.
    Header(HeaderError),
    /// It is of no dataset; the nearest first.
    Unrecognised(Vec<Candidate>),
    /// It is not of the dataset that was chosen.
    Columns(FeedKind, ColumnsError),
}

impl From<KindError> for CheckError {
    fn from(error: KindError) -> Self {
        Self::Kind(error)
    }
}

impl From<WorkbookError> for CheckError {
    fn from(error: WorkbookError) -> Self {
        Self::Workbook(error)
    }
}

impl From<HeaderError> for CheckError {
    fn from(error: HeaderError) -> Self {
        Self::Header(error)
    }
}

/// So many bytes, as people say it.
fn megabytes(bytes: u64) -> String {
    [&(bytes >> 20).to_string(), " MB"].concat()
}

impl CheckError {
    /// Stable code for machines.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kind(error) => error.code(),
            Self::Large(..) => "file-large",
            Self::Rows(_) => "rows",
            Self::Workbook(error) => error.code(),
            Self::Header(error) => error.code(),
            Self::Unrecognised(_) => "dataset-unknown",
            Self::Columns(..) => "columns-missing",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let said: Text = match self {
            Self::Kind(KindError::OldWorkbook) => text(
                "这是 Excel 2003 及更早版本（.xls）或设有密码的文件，请另存为 .xlsx 或 CSV 后再检查。",
                "This is an Excel file of before 2007 (.xls), or one with a password. Please save it as .xlsx or CSV.",
            ),
            Self::Kind(KindError::NoTable) => text(
                "这不是数据表，可以检查 CSV 和 .xlsx 文件。",
                "This is no table. CSV and .xlsx files can be checked.",
            ),
            Self::Large(kind, found, allowed) => {
                let (found, allowed) = (megabytes(*found), megabytes(*allowed));
                let is_book = *kind == FileKind::Workbook;
                return match lang {
                    Lang::ZhCn => {
                        let instead = if is_book {
                            "，请另存为 CSV"
                        } else {
                            "，请拆分"
                        };
                        [
                            "文件有 ",
                            &found,
                            "，最多可以检查 ",
                            &allowed,
                            instead,
                            "后再检查。",
                        ]
                        .concat()
                    }
                    Lang::En => {
                        let instead = if is_book {
                            "save it as CSV"
                        } else {
                            "split it"
                        };
                        [
                            "The file has ",
                            &found,
                            ", at most ",
                            &allowed,
                            " can be checked. Please ",
                            instead,
                            ".",
                        ]
                        .concat()
                    }
                };
            }
            Self::Rows(allowed) => {
                let allowed = allowed.to_string();
                return match lang {
                    Lang::ZhCn => ["文件超过 ", &allowed, " 行，请拆分后再检查。"].concat(),
                    Lang::En => [
                        "The file has more than ",
                        &allowed,
                        " rows. Please split it.",
                    ]
                    .concat(),
                };
            }
            Self::Workbook(WorkbookError::Damaged(_)) => text(
                "工作簿已损坏或不完整，无法读取。请在 Excel 或 WPS 中重新保存后再检查。",
                "The workbook is damaged or not all there. Please save it anew.",
            ),
            Self::Workbook(_) => text(
                "工作簿超出检查上限（1000 列、1 GB 文字），请另存为 CSV 后再检查。",
                "The workbook is beyond the limits (1 000 columns, 1 GB of text). Please save it as CSV.",
            ),
            Self::Header(HeaderError::Empty) => text("文件是空的。", "The file is empty."),
            Self::Header(HeaderError::Broken(_)) => text(
                "首行无法读取，首行应为列名。",
                "The first line cannot be read. It has to be the names of the columns.",
            ),
            Self::Header(HeaderError::Twice(name)) => {
                return match lang {
                    Lang::ZhCn => ["首行中列名“", name, "”重复。"].concat(),
                    Lang::En => ["Column ", name, " stands twice in the first line."].concat(),
                };
            }
            Self::Unrecognised(candidates) if candidates.is_empty() => text(
                "首行没有可识别的列名，无法判断数据集。",
                "The first line has no name of a column that any dataset knows.",
            ),
            Self::Unrecognised(_) => text(
                "列名与任何数据集都不完全相符，缺少必需的列。",
                "The columns are those of no dataset: needed ones are missing.",
            ),
            Self::Columns(kind, error) => {
                let title = kind.title().in_lang(lang);
                return match lang {
                    Lang::ZhCn => [
                        "按“",
                        title,
                        "”检查缺少列：",
                        &error.missing.join("、"),
                        "。",
                    ]
                    .concat(),
                    Lang::En => [
                        "As ",
                        title,
                        " it misses columns: ",
                        &error.missing.join(", "),
                        ".",
                    ]
                    .concat(),
                };
            }
        };
        said.in_lang(lang).to_owned()
    }
}

//! 数据归集: feeds of departments, row by row into records. A bad row never
//! stops a file and never vanishes.

pub mod registry;
pub mod report;

use std::fmt;
use std::str::FromStr;

/// 数据集: the feeds that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dataset {
    /// 登记注册基本信息
    Registry,
}

impl FromStr for Dataset {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "registry" => Ok(Self::Registry),
            other => Err(format!(
                "dataset '{other}' is not known, allowed is registry"
            )),
        }
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Registry => "registry",
        })
    }
}

/// Something about one cell. The row was taken all the same, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Column as the file names it.
    pub column: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// What was found and what is allowed.
    pub message: String,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome<T> {
    /// Taken, with what is odd about it.
    Accepted(Box<T>, Vec<Finding>),
    /// Not taken, with everything that is wrong.
    Rejected(Vec<Finding>),
}

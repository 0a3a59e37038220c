//! 查询: by code or by any part of the name.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use credit_api::body::{Page, SearchItem};
use credit_core::identifier::SubjectCode;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_core::subject::SubjectKind;
use credit_core::text::SearchKey;

use crate::store::{NameIndex, Phase, Place, Store, StoreError, StoredSubject};

/// Fewest characters of a code that are searched as one: fewer are rather the
/// start of a name such as `3M` or `SMC`.
const CODE_PREFIX_MIN: usize = 4;

/// A query that can be answered.
#[derive(Clone, Debug)]
pub struct Query {
    key: SearchKey,
    /// The query as part of a code, when it could be one.
    code: Option<String>,
}

/// Why a query cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// No letter, digit or Chinese character in it.
    Empty,
    /// More than [`QUERY_MAX_CHARS`] characters.
    Length {
        /// Characters found.
        found: usize,
    },
}

/// Where a search goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// Among the codes, after this one.
    Code(String),
    /// Among the names.
    Name(Place),
}

/// A text that is no cursor of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorError;

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(text: &str) -> Result<Self, QueryError> {
        let found = text.chars().count();
        if found > QUERY_MAX_CHARS {
            return Err(QueryError::Length { found });
        }
        let key = SearchKey::new(text);
        if key.is_empty() {
            return Err(QueryError::Empty);
        }
        let letters = key.characters();
        let like_code = (CODE_PREFIX_MIN..=18).contains(&letters.len())
            && letters.iter().all(char::is_ascii_alphanumeric);
        let code = like_code.then(|| letters.iter().collect::<String>().to_ascii_uppercase());
        Ok(Self { key, code })
    }
}

impl Query {
    /// Answers with up to `limit` subjects after `cursor`, best first: exact
    /// code, codes that begin so, exact name, names that begin so, names with
    /// it inside, shorter names first.
    ///
    /// # Errors
    /// [`StoreError`] of store or index.
    pub async fn answer(
        &self,
        store: &dyn Store,
        index: &NameIndex,
        limit: usize,
        cursor: Option<Cursor>,
    ) -> Result<Page<SearchItem>, StoreError> {
        // One more than asked for tells whether there is a next page.
        let wanted = limit + 1;
        let mut found: Vec<(StoredSubject, Cursor)> = Vec::with_capacity(wanted);
        let mut place = match &cursor {
            Some(Cursor::Name(place)) => *place,
            _ => Place {
                phase: Phase::Prefix,
                row: 0,
            },
        };
        if let (Some(code), None | Some(Cursor::Code(_))) = (&self.code, &cursor) {
            let after = match &cursor {
                Some(Cursor::Code(code)) => Some(code.as_str()),
                _ => None,
            };
            for subject in store.subjects_by_code_prefix(code, after, wanted).await? {
                let cursor = Cursor::Code(subject.subject.code.to_string());
                found.push((subject, cursor));
            }
        }
        while found.len() < wanted {
            let rows = index.search(&self.key, place, wanted - found.len()).await?;
            let full = rows.len() == wanted - found.len();
            let numbers: Vec<u64> = rows.iter().map(|(number, _)| *number).collect();
            let subjects = store.subjects_by_number(&numbers).await?;
            let mut subjects: HashMap<u64, StoredSubject> = subjects
                .into_iter()
                .map(|subject| (subject.number, subject))
                .collect();
            for (number, at) in rows {
                place = at;
                if let Some(subject) = subjects.remove(&number) {
                    found.push((subject, Cursor::Name(at)));
                }
            }
            match (full, place.phase) {
                (true, _) => {}
                (false, Phase::Prefix) => {
                    place = Place {
                        phase: Phase::Inside,
                        row: 0,
                    }
                }
                (false, Phase::Inside) => break,
            }
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| more)
            .map(|(_, cursor)| cursor.to_string());
        Ok(Page {
            items: found
                .into_iter()
                .map(|(subject, _)| self.item(subject))
                .collect(),
            next,
        })
    }

    fn item(&self, stored: StoredSubject) -> SearchItem {
        let subject = stored.subject;
        SearchItem {
            code: subject.code,
            highlight: SearchKey::new(subject.name.as_str()).find(&self.key),
            kind: SubjectKind::of(&subject.code),
            name: subject.name,
            status: subject.status,
            region: subject.region,
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "c{code}"),
            Self::Name(Place {
                phase: Phase::Prefix,
                row,
            }) => write!(f, "p{row}"),
            Self::Name(Place {
                phase: Phase::Inside,
                row,
            }) => write!(f, "i{row}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let row = |rest: &str| {
            rest.parse::<i64>()
                .ok()
                .filter(|row| *row >= 0)
                .ok_or(CursorError)
        };
        match text.split_at_checked(1) {
            Some(("c", rest)) => SubjectCode::as_published(rest)
                .map(|code| Self::Code(code.to_string()))
                .map_err(|_| CursorError),
            Some(("p", rest)) => Ok(Self::Name(Place {
                phase: Phase::Prefix,
                row: row(rest)?,
            })),
            Some(("i", rest)) => Ok(Self::Name(Place {
                phase: Phase::Inside,
                row: row(rest)?,
            })),
            _ => Err(CursorError),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("query 'q' has no letter, digit or Chinese character"),
            Self::Length { found } => {
                write!(
                    f,
                    "query 'q' has {found} characters, at most {QUERY_MAX_CHARS} are allowed"
                )
            }
        }
    }
}

//! The name index: derived from the store, kept beside it, caught up from the
//! store's sequence of changes. It can be deleted at any time.
//!
//! Names are indexed as overlapping pairs of characters. A query is the phrase
//! of its pairs, so that any part of a name is found, at any length, without
//! word segmentation, which is wrong for names. The row number is the name's
//! length and the subject's number: reading in order of rows gives short names
//! first and can stop early. A mark before the first character makes "begins
//! with" a phrase of its own.

use std::fmt::Write as _;
use std::path::Path;

use credit_core::text::SearchKey;
use rusqlite::{Connection, OptionalExtension, params};
use tokio::sync::Mutex;

use super::pool::Pool;
use super::{Change, Store, StoreError};

/// Bumped when the tokens change; an index of another version is made anew.
const VERSION: i64 = 1;

/// Bits of a row number that hold the subject's number: 10^12 subjects.
const NUMBER_BITS: u32 = 40;

/// Changes taken in one transaction.
const CATCH_UP: usize = 10_000;

/// The name index.
pub struct NameIndex {
    pool: Pool,
    /// Held by the one that catches up.
    catching_up: Mutex<()>,
}

/// The two lists that a search by name reads one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Names that begin with the query; the shortest is the exact one.
    Prefix,
    /// Names with the query further in.
    Inside,
}

/// Where a list was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which list.
    pub phase: Phase,
    /// Last row that was read.
    pub row: i64,
}

impl NameIndex {
    /// Opens the index at `path`, made if there is none.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let pool = Pool::open(path)?;
        prepare(&mut pool.writer())?;
        Ok(Self {
            pool,
            catching_up: Mutex::new(()),
        })
    }

    /// Follows the store up to its latest change, unless somebody else is
    /// already at it: then the index is used as it is.
    ///
    /// # Errors
    /// [`StoreError`] of either file.
    pub async fn catch_up(&self, store: &dyn Store) -> Result<(), StoreError> {
        let latest = store.sequence().await?;
        if self.sequence().await? >= latest {
            return Ok(());
        }
        let Ok(_only_one) = self.catching_up.try_lock() else {
            return Ok(());
        };
        loop {
            let changes = store.changes(self.sequence().await?, CATCH_UP).await?;
            if changes.is_empty() {
                return Ok(());
            }
            self.pool
                .write(move |connection| take(connection, &changes))
                .await?;
        }
    }

    async fn sequence(&self) -> Result<u64, StoreError> {
        self.pool.read(sequence).await
    }

    /// Numbers of up to `limit` subjects of one list after `place`, each with
    /// the place that it stands at.
    ///
    /// # Errors
    /// [`StoreError`] of the index file.
    pub async fn search(
        &self,
        query: &SearchKey,
        place: Place,
        limit: usize,
    ) -> Result<Vec<(u64, Place)>, StoreError> {
        let Some(phrase) = phrase(query.characters(), place.phase) else {
            return Ok(Vec::new());
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.pool
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT rowid FROM names WHERE names MATCH ?1 AND rowid > ?2 \
                     ORDER BY rowid LIMIT ?3",
                )?;
                let rows = statement.query_map(params![phrase, place.row, limit], |row| {
                    let row: i64 = row.get(0)?;
                    let number = row & ((1 << NUMBER_BITS) - 1);
                    Ok((number.unsigned_abs(), Place { row, ..place }))
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}

fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found != VERSION {
        transaction.execute_batch(
            "DROP TABLE IF EXISTS names; DROP TABLE IF EXISTS rows; DROP TABLE IF EXISTS place; \
             CREATE VIRTUAL TABLE names USING fts5( \
                 tokens, content='', contentless_delete=1, tokenize='ascii', prefix='5'); \
             CREATE TABLE rows (number INTEGER PRIMARY KEY, row INTEGER NOT NULL) STRICT; \
             CREATE TABLE place (sequence INTEGER NOT NULL) STRICT; \
             INSERT INTO place VALUES (0);",
        )?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}

fn sequence(connection: &Connection) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached("SELECT sequence FROM place")?;
    Ok(statement
        .query_row([], |row| row.get::<_, i64>(0))?
        .unsigned_abs())
}

fn take(connection: &mut Connection, changes: &[Change]) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    for change in changes {
        let number = i64::try_from(change.number).unwrap_or(i64::MAX);
        let mut statement = transaction.prepare_cached("SELECT row FROM rows WHERE number = ?1")?;
        let old: Option<i64> = statement.query_row([number], |row| row.get(0)).optional()?;
        if let Some(old) = old {
            transaction
                .prepare_cached("DELETE FROM names WHERE rowid = ?1")?
                .execute(params![old])?;
        }
        let key = SearchKey::new(&change.name);
        let length = i64::try_from(key.characters().len()).unwrap_or(i64::MAX);
        let row = (length << NUMBER_BITS) | number;
        transaction
            .prepare_cached("INSERT INTO names (rowid, tokens) VALUES (?1, ?2)")?
            .execute(params![row, tokens(key.characters())])?;
        transaction
            .prepare_cached("INSERT OR REPLACE INTO rows (number, row) VALUES (?1, ?2)")?
            .execute(params![number, row])?;
    }
    if let Some(last) = changes.last() {
        transaction.execute(
            "UPDATE place SET sequence = ?1",
            [i64::try_from(last.sequence).unwrap_or(i64::MAX)],
        )?;
    }
    transaction.commit()?;
    Ok(())
}

/// Characters are written as five hexadecimal digits, so that no tokenizer has
/// an opinion on them; 00000 is the mark before the first.
fn write_character(text: &mut String, character: char) {
    let _ = write!(text, "{:05x}", u32::from(character));
}

fn write_pairs(text: &mut String, characters: &[char]) {
    for pair in characters.windows(2) {
        text.push(' ');
        pair.iter()
            .for_each(|character| write_character(text, *character));
    }
}

/// `⌂天 天津 津市 市`: mark, pairs, and the last character alone, which a
/// search for one character finds by its prefix.
fn tokens(characters: &[char]) -> String {
    let mut text = String::new();
    if let (Some(first), Some(last)) = (characters.first(), characters.last()) {
        write_character(&mut text, '\0');
        write_character(&mut text, *first);
        write_pairs(&mut text, characters);
        text.push(' ');
        write_character(&mut text, *last);
    }
    text
}

/// The FTS5 expression for `characters`; every character is written as hex, so
/// nothing a visitor types is syntax.
fn phrase(characters: &[char], phase: Phase) -> Option<String> {
    let first = *characters.first()?;
    let mut begins = String::from("\"");
    write_character(&mut begins, '\0');
    write_character(&mut begins, first);
    write_pairs(&mut begins, characters);
    begins.push('"');
    if phase == Phase::Prefix {
        return Some(begins);
    }
    let mut inside = String::from("\"");
    if characters.len() == 1 {
        write_character(&mut inside, first);
        inside.push_str("\" *");
    } else {
        write_pairs(&mut inside, characters);
        inside.push('"');
    }
    Some(format!("{inside} NOT {begins}"))
}

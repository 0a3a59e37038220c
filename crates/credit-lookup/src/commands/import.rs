//! `credit-lookup import`

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use credit_core::feed::RowOutcome;
use credit_core::record::Record;
use credit_core::subject::{Source, Subject};
use credit_feed::{Columns, FeedKind, FeedRow, Header, Rejects, Row};
use indicatif::ProgressBar;

use super::{CommandError, acted, catch_up};
use crate::cli::{Import, Mode};
use crate::feed::RowReader;
use crate::feed::report::{ImportReport, RejectsFile};
use crate::keys::{KeyFolder, Passphrase, PersonDigest};
use crate::names::NameIndex;
use crate::store::{DatabaseUrl, ImportMessage, ImportMode, ImportOrder, Store};
use crate::{background, clock, terminal};

/// Rows that travel to the store together.
const CHUNK: usize = 1_000;

/// Chunks that may wait for the store, so that memory stays bounded.
const WAITING: usize = 4;

pub(super) fn run(arguments: Import) -> Result<ExitCode, CommandError> {
    if arguments.rejects.is_some() && arguments.files.len() > 1 {
        return Err("--rejects takes one file only".into());
    }
    if arguments.mode == Mode::Snapshot && arguments.source.is_none() {
        return Err("--mode snapshot needs --source: whose rows end".into());
    }
    let tomorrow = clock::now().date_in_china().plus_days(1);
    if arguments.as_of > tomorrow {
        return Err("--as-of lies in the future, where it would keep every later file out".into());
    }
    if arguments.mode == Mode::Snapshot && arguments.files.len() > 1 {
        return Err("--mode snapshot takes one file: it is all that the source has".into());
    }
    // Who looks something up on this machine goes first. Before the threads are
    // made, which take it over.
    background::stand_back();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(import(Arc::new(arguments)))
}

async fn import(arguments: Arc<Import>) -> Result<ExitCode, CommandError> {
    let store = arguments.db.open().await?;
    let mut all_accepted = true;
    for file in &arguments.files {
        let report = import_file(&store, file, &arguments)
            .await
            .map_err(|error| {
                CommandError::from(format!("{}: {}", file.display(), terminal::chain(&*error)))
            })?;
        all_accepted &= report.tally.rejected == 0;
    }
    if arguments.dataset == FeedKind::Registry {
        let folder = arguments.index.clone();
        let folder = folder.unwrap_or_else(|| arguments.db.index_folder());
        // The records are kept whatever becomes of the index, which a server
        // makes by itself.
        let followed = match NameIndex::open(&folder) {
            Ok(index) => catch_up(&index, &*store, false).await,
            Err(error) => Err(error.into()),
        };
        if let Err(error) = followed {
            terminal::remark(format_args!(
                "the records are kept, but the name index did not follow: {}",
                terminal::chain(&*error)
            ));
        }
    }
    Ok(if all_accepted {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

async fn import_file(
    store: &Arc<dyn Store>,
    path: &Path,
    arguments: &Arc<Import>,
) -> Result<ImportReport, CommandError> {
    let metadata = std::fs::metadata(path)?;
    let source = source(path, metadata.modified().ok(), arguments);
    let rejects_path = arguments.rejects.clone().unwrap_or_else(|| beside(path));
    let is_other = |other: &Path| {
        let same = rejects_path
            .canonicalize()
            .ok()
            .zip(other.canonicalize().ok());
        same.is_none_or(|(rejects, other)| rejects != other)
    };
    let database = match &arguments.db {
        DatabaseUrl::Sqlite(database) => database.as_path(),
        DatabaseUrl::Postgres(_) => Path::new(""),
    };
    if !is_other(path) || !is_other(database) {
        return Err("--rejects is the file that is read, or the database".into());
    }
    let bar = terminal::progress(Some(metadata.len()));
    let (sender, receiver) = sync_channel(WAITING);
    let reader = {
        let mut reader = FileReader {
            path: path.to_owned(),
            rejects: RejectsFile::new(&rejects_path, metadata.permissions()),
            source: source.clone(),
            arguments: Arc::clone(arguments),
            sender,
            bar: bar.clone(),
            report: ImportReport::default(),
            digest: None,
        };
        tokio::task::spawn_blocking(move || reader.read().map(|()| reader))
    };
    let stored = store.import(order(arguments, &source), receiver).await;
    let read = reader.await?;
    bar.finish_and_clear();
    // When the reader failed, the store only says that it was broken off.
    let FileReader {
        mut report,
        rejects,
        ..
    } = read?;
    report.counts = stored?;
    if report.tally.accepted + report.tally.rejected == 0 {
        terminal::remark(format_args!("{}: the file has no rows", path.display()));
    }
    if arguments.mode == Mode::Snapshot && report.tally.rejected > 0 {
        terminal::remark(
            "some rows were rejected, so nothing was ended: mend them and import again",
        );
    }
    terminal::say(format_args!(
        "{}: {report}\nsource {} as of {}, where a row names none",
        path.display(),
        source.unit,
        source.as_of
    ));
    if let Some(rejects) = rejects.finish()? {
        terminal::say(format_args!(
            "rejected rows: {}; mend them there and import that file",
            rejects.display()
        ));
    }
    // Last, because the rows are kept whatever becomes of the entry.
    let detail = format!(
        "{}: accepted {}, rejected {}, added {}, changed {}, ended {}",
        path.display(),
        report.tally.accepted,
        report.tally.rejected,
        report.counts.added,
        report.counts.changed,
        report.counts.ended
    );
    let object = format!("{} of {}", arguments.dataset, source.unit);
    acted(&**store, "import", &object, &detail).await?;
    Ok(report)
}

fn order(arguments: &Import, source: &Source) -> ImportOrder {
    ImportOrder {
        dataset: match arguments.dataset {
            FeedKind::Registry => None,
            FeedKind::Records(dataset) => Some(dataset.name),
        },
        day: source.as_of,
        mode: match arguments.mode {
            Mode::Delta => ImportMode::Delta,
            Mode::Snapshot => ImportMode::Snapshot {
                source: source.unit.clone(),
                is_forced: arguments.force,
            },
        },
    }
}

fn source(path: &Path, modified: Option<std::time::SystemTime>, arguments: &Import) -> Source {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let modified = modified.map_or_else(clock::now, clock::moment);
    Source {
        unit: arguments
            .source
            .clone()
            .unwrap_or_else(|| name.into_owned()),
        as_of: arguments.as_of.unwrap_or_else(|| modified.date_in_china()),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".rejects.csv");
    PathBuf::from(name)
}

/// Reads a file and sends its rows on. Errors of a row are counted and written
/// down; only the file itself can fail.
struct FileReader {
    path: PathBuf,
    rejects: RejectsFile,
    source: Source,
    arguments: Arc<Import>,
    sender: SyncSender<ImportMessage>,
    bar: ProgressBar,
    report: ImportReport,
    /// Opened with the first natural person.
    digest: Option<PersonDigest>,
}

impl FileReader {
    fn read(&mut self) -> Result<(), CommandError> {
        let mut rows = RowReader::open(&self.path, &self.bar)?;
        let header = Header::new(rows.next()?)?;
        let columns = Columns::new(self.arguments.dataset, header.cells())?;
        let mut rejects = Rejects::new(&header);
        let mut subjects: Vec<Subject> = Vec::with_capacity(CHUNK);
        let mut records: Vec<Record> = Vec::new();
        let mut number = 0;
        while let Some(row) = rows.next()? {
            number += 1;
            let (outcome, cells) = match row {
                Row::Cells(cells) => (columns.read(&cells, &self.source), cells),
                Row::Broken(finding, text) => {
                    self.report.tally.reject(std::slice::from_ref(&finding));
                    rejects.write_text(number, &finding, &text);
                    self.rejects.write(&mut rejects)?;
                    continue;
                }
            };
            self.report.tally.count(&outcome);
            match outcome {
                RowOutcome::Accepted(row, _) => {
                    self.check_source(number, &row)?;
                    match *row {
                        FeedRow::Subject(subject) => subjects.push(subject),
                        FeedRow::Record(record) => {
                            let record = self.keyed(record)?;
                            records.push(record);
                        }
                    }
                }
                RowOutcome::Rejected(errors) => {
                    rejects.write(number, &errors, &cells);
                    self.rejects.write(&mut rejects)?;
                }
            }
            if subjects.len() + records.len() == CHUNK {
                // A closed channel means that the store failed; it says why.
                if self.send(&mut subjects, &mut records).is_err() {
                    return Ok(());
                }
                self.bar.set_message(format!("{number} rows"));
            }
        }
        if self.send(&mut subjects, &mut records).is_ok() {
            let is_whole = self.report.tally.rejected == 0;
            let _ = self.sender.send(ImportMessage::Commit { is_whole });
        }
        Ok(())
    }

    /// A snapshot speaks for one source: of rows of another it could not say
    /// which have ended.
    fn check_source(&self, number: u64, row: &FeedRow) -> Result<(), CommandError> {
        let unit = match row {
            FeedRow::Subject(subject) => &subject.source.unit,
            FeedRow::Record(record) => &record.source().unit,
        };
        if self.arguments.mode == Mode::Snapshot && *unit != self.source.unit {
            let wanted = &self.source.unit;
            return Err(format!(
                "row {number} is of {unit}, a snapshot of {wanted} may have its rows only"
            )
            .into());
        }
        Ok(())
    }

    fn send(
        &self,
        subjects: &mut Vec<Subject>,
        records: &mut Vec<Record>,
    ) -> Result<(), std::sync::mpsc::SendError<ImportMessage>> {
        if !subjects.is_empty() {
            let chunk = std::mem::replace(subjects, Vec::with_capacity(CHUNK));
            self.sender.send(ImportMessage::Subjects(chunk))?;
        }
        if !records.is_empty() {
            self.sender
                .send(ImportMessage::Records(std::mem::take(records)))?;
        }
        Ok(())
    }

    /// The record, its person's number made a digest.
    fn keyed(
        &mut self,
        record: credit_core::feed::record::FeedRecord,
    ) -> Result<Record, CommandError> {
        if record.person().is_some() && self.digest.is_none() {
            self.digest = Some(person_digest(
                &self.arguments.db,
                self.arguments.keys.as_deref(),
                self.arguments.key_passphrase_file.as_deref(),
            )?);
        }
        let key = match (record.person(), &self.digest) {
            (Some(person), Some(digest)) => Some(digest.of(person)),
            _ => None,
        };
        Ok(record.into_record(key))
    }
}

/// The key of persons, made on first use beside an SQLite file.
pub(super) fn person_digest(
    db: &DatabaseUrl,
    keys: Option<&Path>,
    passphrase: Option<&Path>,
) -> Result<PersonDigest, CommandError> {
    let folder = keys.map_or_else(|| db.beside().join("keys"), PathBuf::from);
    let may_create = matches!(db, DatabaseUrl::Sqlite(_));
    let passphrase = Passphrase::find(passphrase)?;
    Ok(PersonDigest::open(
        &KeyFolder::new(&folder),
        &passphrase,
        may_create,
    )?)
}

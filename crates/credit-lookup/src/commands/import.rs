//! `credit-lookup import`

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use credit_core::subject::Source;
use csv::{ReaderBuilder, StringRecord};
use indicatif::ProgressBar;

use super::CommandError;
use crate::cli::Import;
use crate::feed::registry::Columns;
use crate::feed::report::{ImportReport, Rejects};
use crate::feed::{Dataset, Finding, RowOutcome};
use crate::input::WithoutBom;
use crate::store::{ImportMessage, Store};
use crate::{clock, terminal};

/// Rows that travel to the store together.
const CHUNK: usize = 1_000;

/// Most lines of one row. Free text with line breaks has a few; a quote that
/// is never closed swallows all rows up to the next one.
const ROW_MAX_LINES: u64 = 20;

/// Chunks that may wait for the store, so that memory stays bounded.
const WAITING: usize = 4;

pub(super) fn run(arguments: &Import) -> Result<ExitCode, CommandError> {
    if arguments.rejects.is_some() && arguments.files.len() > 1 {
        return Err("--rejects takes one file only".into());
    }
    let store = arguments.db.open()?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut all_accepted = true;
    for file in &arguments.files {
        let Dataset::Registry = arguments.dataset;
        let report = runtime
            .block_on(import(&store, file, arguments))
            .map_err(|error| {
                CommandError::from(format!("{}: {}", file.display(), terminal::chain(&*error)))
            })?;
        all_accepted &= report.rejected == 0;
    }
    Ok(if all_accepted {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    })
}

async fn import(
    store: &Arc<dyn Store>,
    path: &Path,
    arguments: &Import,
) -> Result<ImportReport, CommandError> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let source = source(path, metadata.modified().ok(), arguments);
    let rejects_path = arguments.rejects.clone().unwrap_or_else(|| beside(path));
    let rejects = Rejects::new(&rejects_path)?;
    let bar = terminal::progress(Some(metadata.len()));
    let (sender, receiver) = sync_channel(WAITING);
    let reader = {
        let source = source.clone();
        let bar = bar.clone();
        tokio::task::spawn_blocking(move || read(file, &source, rejects, &sender, &bar))
    };
    let stored = store.import(receiver).await;
    let read = reader.await?;
    bar.finish_and_clear();
    // When the reader failed, the store only says that it was broken off.
    let (mut report, rejects) = read?;
    report.counts = stored?;
    terminal::say(format_args!(
        "{}: {report}\nsource {} as of {}, where a row names none",
        path.display(),
        source.unit,
        source.as_of
    ));
    if let Some(rejects) = rejects {
        terminal::say(format_args!("rejected rows: {}", rejects.display()));
    }
    Ok(report)
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

/// Reads rows and sends them on. Errors of a row are counted and written down;
/// only the file itself can fail.
fn read(
    file: File,
    source: &Source,
    mut rejects: Rejects,
    sender: &SyncSender<ImportMessage>,
    bar: &ProgressBar,
) -> Result<(ImportReport, Option<PathBuf>), CommandError> {
    let mut csv = ReaderBuilder::new()
        .flexible(true)
        .from_reader(BufReader::with_capacity(
            1 << 16,
            WithoutBom::new(bar.wrap_read(file)),
        ));
    let columns = Columns::new(csv.headers()?)?;
    let mut report = ImportReport::default();
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut row = StringRecord::new();
    let mut number = 0;
    loop {
        number += 1;
        let begin = csv.position().line();
        let read = csv.read_record(&mut row);
        let end = csv.position().line();
        let outcome = match read {
            Ok(false) => break,
            Ok(true) if end - begin > ROW_MAX_LINES => rejected(
                "quote",
                format!(
                    "row runs over lines {begin} to {}, at most {ROW_MAX_LINES} are allowed: \
                     a quote is not closed, and none of these lines was taken",
                    end - 1
                ),
            ),
            Ok(true) => columns.read(&row, source),
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                rejected("encoding", "row is not UTF-8".to_owned())
            }
            Err(error) => return Err(error.into()),
        };
        match outcome {
            RowOutcome::Accepted(subject, warnings) => {
                report.accept(&warnings);
                chunk.push(*subject);
            }
            RowOutcome::Rejected(errors) => {
                report.reject(&errors);
                rejects.write(number, &errors)?;
            }
        }
        if chunk.len() == CHUNK {
            // A closed channel means that the store failed; it says why.
            if sender
                .send(ImportMessage::Subjects(std::mem::take(&mut chunk)))
                .is_err()
            {
                break;
            }
            bar.set_message(format!("{number} rows"));
        }
    }
    let rejects = rejects.finish()?;
    if sender.send(ImportMessage::Subjects(chunk)).is_ok() {
        let _ = sender.send(ImportMessage::Commit);
    }
    Ok((report, rejects))
}

/// A row that cannot even be told apart into cells.
fn rejected<T>(code: &'static str, message: String) -> RowOutcome<T> {
    RowOutcome::Rejected(vec![Finding {
        column: "",
        code,
        message,
    }])
}

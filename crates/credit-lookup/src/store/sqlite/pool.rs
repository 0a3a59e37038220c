//! SQLite connections: one that writes, a few that read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::vtab::array;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use crate::store::StoreError;

/// Readers at the same time. SQLite readers do not wait for each other; more
/// than a few only share the same cores.
const READERS: usize = 4;

/// Page cache of a reader: the inner pages of all indexes of three million
/// subjects, so that a look-up reads two pages of the file and not four.
const READER_CACHE_KIB: i64 = 32 * 1024;

/// Pages that an import may keep in memory, in KiB: the index over three million
/// codes has 90 MB, and every row goes to another place in it.
const WRITER_CACHE_KIB: i64 = 128 * 1024;

/// How long a writer waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Connections to one file.
#[derive(Clone)]
pub(in crate::store) struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    /// Closed last: then SQLite writes everything into the one file.
    writer: Mutex<Connection>,
    permits: Arc<Semaphore>,
}

impl Pool {
    /// Opens `path`, made if there is none.
    pub(in crate::store) fn open(path: &Path) -> Result<Self, StoreError> {
        make_private(path)?;
        let writer = Connection::open(path)?;
        writer.busy_timeout(BUSY_TIMEOUT)?;
        writer.pragma_update(None, "journal_mode", "wal")?;
        writer.pragma_update(None, "synchronous", "full")?;
        writer.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
        // For `rarray(?)`: lists of codes and numbers as one parameter.
        array::load_module(&writer)?;
        let shared = Shared {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(READERS)),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// The writer, for set-up at start.
    pub(in crate::store) fn writer(&self) -> MutexGuard<'_, Connection> {
        locked(&self.shared.writer)
    }

    /// Runs `work` with the writer, off the async threads.
    pub(in crate::store) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let task = tokio::task::spawn_blocking(move || work(&mut locked(&shared.writer)));
        task.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Runs `work` with a reader, on this very thread: for a few rows by their
    /// key, which takes less time than to have another thread do it.
    pub(in crate::store) async fn read_few<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let Ok(_permit) = self.shared.permits.try_acquire() else {
            return self.read(work).await;
        };
        self.shared.with_reader(work)
    }

    /// Runs `work` with a reader, off the async threads.
    pub(in crate::store) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let permit = Arc::clone(&self.shared.permits).acquire_owned().await;
        let permit = permit.map_err(|_| StoreError::Closed)?;
        let task = tokio::task::spawn_blocking(move || {
            // Held until the query ends, also when nobody waits for it any more.
            let _permit = permit;
            shared.with_reader(work)
        });
        task.await.unwrap_or(Err(StoreError::Closed))
    }
}

impl Shared {
    fn with_reader<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = locked(&self.readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(&self.path)?,
        };
        let answer = work(&reader);
        locked(&self.readers).push(reader);
        answer
    }
}

/// Makes the file, if there is none, so that only its owner reads the records.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(path)
        .map(drop)
        .map_err(|source| StoreError::File {
            path: path.to_owned(),
            source,
        })
}

fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags)?;
    reader.busy_timeout(BUSY_TIMEOUT)?;
    reader.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
    array::load_module(&reader)?;
    Ok(reader)
}

/// A transaction that panicked was rolled back when its guard was dropped, so
/// a poisoned connection is as good as any.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

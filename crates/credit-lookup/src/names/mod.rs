//! The name index: derived from the store, kept in a folder beside it, caught
//! up from the store's sequence of changes. It can be deleted at any time.
//!
//! Every batch of changes is a segment of its own, written once; what a later
//! segment says of a subject makes an earlier one stale, and who searches looks
//! at the names anyway. Small segments are joined now and then. A manifest says
//! which segments count and which change is the last in them; it is written
//! beside and renamed over, so that an index is old or new, never half.

mod grams;
mod pinyin;
mod rank;
mod segment;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use credit_core::search_key::SearchKey;
use tokio::sync::oneshot;

pub use rank::{Hit, NameQuery, Names, Phase, Rank};

use crate::background;
use crate::store::{Change, Position, Store, StoreError, StoredSubject};
use segment::{SEGMENT_NAMES, Segment};

/// Bumped when terms or files change; an index of another version is made anew.
const HEADER: &str = "credit-names 4";

/// Small segments that may wait to be joined. Each costs a search some reads.
const SMALL_SEGMENTS: usize = 8;

/// Names of subjects that are asked for together when segments are joined.
const JOIN: usize = 1_000;

/// The name index.
pub struct NameIndex {
    folder: PathBuf,
    current: RwLock<Arc<Snapshot>>,
}

/// Why the index does not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// A file of the index.
    #[error("name index {path}")]
    File {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The store that it follows.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program is shutting down.
    #[error("name index is closed")]
    Closed,
}

/// What counts at a moment.
#[derive(Default)]
struct Snapshot {
    store: String,
    sequence: u64,
    parts: Vec<Part>,
    /// Of the manifest that says so.
    stamp: Stamp,
}

/// When a file was written, and how long it is.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &Path) -> Stamp {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

#[derive(Clone)]
struct Part {
    file: String,
    segment: Arc<Segment>,
}

impl NameIndex {
    /// Opens the index in `folder`, made if there is none. One that cannot be
    /// read is empty until it is caught up.
    ///
    /// # Errors
    /// [`IndexError`] when the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        let index = Self {
            folder: folder.to_owned(),
            current: RwLock::default(),
        };
        fs::create_dir_all(folder).map_err(|source| index.failed(source))?;
        // A tenth of a second that the first search need not wait for.
        pinyin::readings();
        index.reload();
        Ok(index)
    }

    /// The store's change that is the last one in the index.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.snapshot().sequence
    }

    /// How many names are in it, stale ones too.
    #[must_use]
    pub fn len(&self) -> usize {
        self.snapshot().parts.iter().map(Part::len).sum()
    }

    /// Whether it has no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Follows the store up to its latest change, unless somebody else, here or
    /// in another process, is already at it: then the index is used as it is.
    ///
    /// # Errors
    /// [`IndexError`] of store or index.
    pub async fn catch_up(&self, store: &dyn Store) -> Result<(), IndexError> {
        let position = store.position().await?;
        if self.is_at(&position.store, position.sequence) {
            return Ok(());
        }
        // Another process may have done it.
        self.reload();
        if self.is_at(&position.store, position.sequence) {
            return Ok(());
        }
        let Some(_only_one) = self.lock()? else {
            return Ok(());
        };
        self.reload();
        let snapshot = self.snapshot();
        let names = self.len();
        let subjects = usize::try_from(position.subjects).unwrap_or(usize::MAX);
        let is_stale = names > subjects.saturating_mul(2) + SEGMENT_NAMES;
        let is_of_this = snapshot.store == position.store && snapshot.sequence <= position.sequence;
        if !is_of_this || is_stale {
            self.publish(position.store, 0, Vec::new())?;
        }
        self.follow(store).await?;
        self.join_small(store).await?;
        self.clean();
        Ok(())
    }

    /// Makes the index anew.
    ///
    /// # Errors
    /// [`IndexError`] of store or index.
    pub async fn rebuild(&self, store: &dyn Store) -> Result<(), IndexError> {
        let position = store.position().await?;
        let Some(_only_one) = self.lock()? else {
            return Err(self.failed(io::Error::new(
                io::ErrorKind::WouldBlock,
                "another process is writing it",
            )));
        };
        self.publish(position.store, 0, Vec::new())?;
        self.follow(store).await?;
        self.clean();
        Ok(())
    }

    /// Up to `limit` names of `phase` after rank `after` that may answer
    /// `query`, in order. Some may not: who asks looks at their names.
    ///
    /// # Errors
    /// [`IndexError`] when a file cannot be read.
    pub async fn candidates(
        &self,
        query: &Arc<NameQuery>,
        phase: Phase,
        after: Option<Rank>,
        limit: usize,
    ) -> Result<Vec<Rank>, IndexError> {
        let snapshot = self.snapshot();
        let query = Arc::clone(query);
        let task =
            tokio::task::spawn_blocking(move || snapshot.search(&query, phase, after, limit));
        let found = task.await.map_err(|_| IndexError::Closed)?;
        found.map_err(|source| {
            self.forget();
            self.failed(source)
        })
    }

    /// Reads the store's changes into segments: the next are read while one is
    /// made.
    async fn follow(&self, store: &dyn Store) -> Result<(), IndexError> {
        let mut sequence = self.sequence();
        let mut under_way: Option<(u64, Writing)> = None;
        loop {
            let changes = store.changes(sequence, SEGMENT_NAMES).await?;
            if let Some((sequence, writing)) = under_way.take() {
                self.add(sequence, writing.await).await?;
            }
            let Some(last) = changes.last() else {
                return Ok(());
            };
            sequence = last.sequence;
            under_way = Some((sequence, self.write(sequence, changes)));
        }
    }

    fn write(&self, sequence: u64, changes: Vec<Change>) -> Writing {
        let folder = self.folder.clone();
        background::run(move || {
            let names: Vec<Names> = changes.into_iter().map(Names::from).collect();
            write_part(&folder, &sequence.to_string(), &names)
        })
    }

    async fn add(
        &self,
        sequence: u64,
        written: Result<io::Result<Part>, oneshot::error::RecvError>,
    ) -> Result<(), IndexError> {
        let part = written
            .map_err(|_| IndexError::Closed)?
            .map_err(|source| self.failed(source))?;
        let snapshot = self.snapshot();
        let mut parts = snapshot.parts.clone();
        parts.push(part);
        self.publish(snapshot.store.clone(), sequence, parts)
    }

    /// Makes one segment of many small ones, from what the store says now.
    async fn join_small(&self, store: &dyn Store) -> Result<(), IndexError> {
        let snapshot = self.snapshot();
        let (small, mut parts): (Vec<Part>, Vec<Part>) = snapshot
            .parts
            .iter()
            .cloned()
            .partition(|part| part.len() < SEGMENT_NAMES / 2);
        if small.len() <= SMALL_SEGMENTS {
            return Ok(());
        }
        let numbers: BTreeSet<u64> = small
            .iter()
            .flat_map(|part| part.segment.ranks())
            .map(|rank| rank.number())
            .collect();
        let numbers: Vec<u64> = numbers.into_iter().collect();
        for (count, batch) in numbers.chunks(SEGMENT_NAMES).enumerate() {
            let mut names = Vec::with_capacity(batch.len());
            for some in batch.chunks(JOIN) {
                let subjects = store.subjects_by_number(some).await?;
                names.extend(subjects.iter().map(Names::from));
            }
            let folder = self.folder.clone();
            let name = format!("{}-{count}", snapshot.sequence);
            let task = background::run(move || write_part(&folder, &name, &names));
            let part = task.await.map_err(|_| IndexError::Closed)?;
            parts.push(part.map_err(|source| self.failed(source))?);
        }
        self.publish(snapshot.store.clone(), snapshot.sequence, parts)
    }

    /// Makes `parts` what counts, here and on disk.
    fn publish(&self, store: String, sequence: u64, parts: Vec<Part>) -> Result<(), IndexError> {
        let mut text = format!("{HEADER}\nstore {store}\nsequence {sequence}\n");
        for part in &parts {
            text.push_str(&format!("segment {}\n", part.file));
        }
        let beside = self.folder.join("manifest.new");
        // Held from the file to the memory, so that nobody reads an older
        // manifest and puts it in place of this one.
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let written = File::create(&beside)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())
                    .and_then(|()| file.sync_all())
            })
            .and_then(|()| fs::rename(&beside, self.manifest()));
        written.map_err(|source| self.failed(source))?;
        *current = Arc::new(Snapshot {
            store,
            sequence,
            parts,
            stamp: stamp(&self.manifest()),
        });
        Ok(())
    }

    /// Removes the files that no longer count; whoever still searches in one has
    /// it open.
    fn clean(&self) {
        let snapshot = self.snapshot();
        let is_kept = |name: &str| snapshot.parts.iter().any(|part| part.file == name);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".names") && !is_kept(&name) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Takes the manifest on disk; one that is damaged is as good as none.
    fn reload(&self) {
        // Asked first: while one process writes, searches of all others come
        // here, and nobody searches while the manifest is read.
        let known = self.snapshot().stamp;
        if known.is_some() && known == stamp(&self.manifest()) {
            return;
        }
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let stamp = stamp(&self.manifest());
        let read = read_manifest(&self.folder, &self.manifest(), &current);
        if let Some(snapshot) = read {
            *current = Arc::new(Snapshot { stamp, ..snapshot });
        }
    }

    /// Forgets an index that cannot be read, so that the next one to follow the
    /// store makes it anew.
    fn forget(&self) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let _ = fs::remove_file(self.manifest());
        *current = Arc::default();
    }

    /// Whether it has all that `position` counts.
    #[must_use]
    pub fn has_followed(&self, position: &Position) -> bool {
        self.is_at(&position.store, position.sequence)
    }

    fn is_at(&self, store: &str, sequence: u64) -> bool {
        let snapshot = self.snapshot();
        // Another process may have made the same anew.
        let is_same = snapshot.store == store && snapshot.sequence == sequence;
        is_same && snapshot.stamp == stamp(&self.manifest())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn manifest(&self) -> PathBuf {
        self.folder.join("manifest")
    }

    /// The right to write, kept until the file is dropped.
    fn lock(&self) -> Result<Option<File>, IndexError> {
        let file = File::create(self.folder.join("lock")).map_err(|source| self.failed(source))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(source)) => Err(self.failed(source)),
        }
    }

    fn failed(&self, source: io::Error) -> IndexError {
        IndexError::File {
            path: self.folder.clone(),
            source,
        }
    }
}

type Writing = oneshot::Receiver<io::Result<Part>>;

fn write_part(folder: &Path, name: &str, names: &[Names]) -> io::Result<Part> {
    let file = format!("{name}.names");
    let path = folder.join(&file);
    let beside = folder.join(format!("{name}.new"));
    segment::write(&beside, names)?;
    fs::rename(&beside, &path)?;
    let segment = Arc::new(Segment::open(&path)?);
    Ok(Part { file, segment })
}

fn read_manifest(folder: &Path, path: &Path, known: &Snapshot) -> Option<Snapshot> {
    let text = fs::read_to_string(path).ok()?;
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return None;
    }
    let mut snapshot = Snapshot {
        store: lines.next()?.strip_prefix("store ")?.to_owned(),
        sequence: lines.next()?.strip_prefix("sequence ")?.parse().ok()?,
        parts: Vec::new(),
        stamp: None,
    };
    for line in lines {
        let file = line.strip_prefix("segment ")?;
        let same = known.parts.iter().find(|part| part.file == file);
        let part = match same {
            Some(part) => part.clone(),
            None => Part {
                file: file.to_owned(),
                segment: Arc::new(Segment::open(&folder.join(file)).ok()?),
            },
        };
        snapshot.parts.push(part);
    }
    Some(snapshot)
}

impl Part {
    fn len(&self) -> usize {
        self.segment.ranks().len()
    }
}

impl Snapshot {
    fn search(
        &self,
        query: &NameQuery,
        phase: Phase,
        after: Option<Rank>,
        limit: usize,
    ) -> io::Result<Vec<Rank>> {
        let alternatives = grams::clauses(query, phase);
        let mut found = BTreeSet::new();
        for range in ranges(query, phase) {
            let start = match after {
                Some(after) => range.start.max(after.next()),
                None => range.start,
            };
            let range = start..range.end;
            for clauses in &alternatives {
                for part in &self.parts {
                    found.extend(part.segment.search(clauses, &range, limit)?);
                    while found.len() > limit {
                        found.pop_last();
                    }
                }
            }
        }
        Ok(found.into_iter().collect())
    }
}

/// The ranks that `phase` may have.
fn ranges(query: &NameQuery, phase: Phase) -> Vec<Range<Rank>> {
    let former = Rank::former(0, false, 0);
    let length = query.key().characters().len();
    match phase {
        Phase::Exact => [false, true]
            .map(|closed| Rank::current(0, closed, length)..Rank::current(0, closed, length + 1))
            .into(),
        Phase::Former => vec![former..Rank::from_bits(u64::MAX)],
        _ => vec![Rank::FIRST..former],
    }
}

impl From<Change> for Names {
    fn from(change: Change) -> Self {
        Self {
            number: change.number,
            is_closed: change.is_closed,
            current: SearchKey::new(&change.name),
            former: change
                .former
                .iter()
                .map(|name| SearchKey::new(name))
                .collect(),
        }
    }
}

impl From<&StoredSubject> for Names {
    fn from(stored: &StoredSubject) -> Self {
        let subject = &stored.subject;
        let former = subject.former_names.iter();
        Self {
            number: stored.number,
            is_closed: subject.status.is_closed(),
            current: SearchKey::new(subject.name.as_str()),
            former: former.map(|name| SearchKey::new(name.as_str())).collect(),
        }
    }
}

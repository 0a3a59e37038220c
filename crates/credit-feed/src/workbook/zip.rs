//! The list of a ZIP's parts: its end, its central directory, no more.

use std::sync::Arc;

use super::{Part, WorkbookError};

/// Most parts of a workbook: one with a hundred sheets and pictures has a few
/// hundred.
const PARTS_MAX: usize = 20_000;

/// Longest comment behind the end of the directory, with the end itself.
const END_MAX_BYTES: usize = 22 + 0xffff;

/// How a part lies in the file.
#[derive(Clone, Debug)]
struct Entry {
    /// As it is compared.
    name: String,
    is_deflated: bool,
    crc: u32,
    length: usize,
    /// Where its own header begins.
    begin: usize,
}

/// A ZIP in memory.
#[derive(Clone, Debug)]
pub(super) struct Zip {
    file: Arc<Vec<u8>>,
    entries: Vec<Entry>,
}

const DAMAGED: WorkbookError = WorkbookError::Damaged("it is no ZIP, or not all of one");

impl Zip {
    pub(super) fn read(file: Arc<Vec<u8>>) -> Result<Self, WorkbookError> {
        let (mut at, count) = directory(&file).ok_or(DAMAGED)?;
        if count > PARTS_MAX {
            return Err(WorkbookError::Beyond("parts", PARTS_MAX as u64));
        }
        let mut entries = Vec::new();
        for _ in 0..count {
            let (entry, next) = entry(&file, at)?;
            entries.extend(entry);
            at = next;
        }
        Ok(Self { file, entries })
    }

    /// The part of that name, whatever its case.
    pub(super) fn part(&self, name: &str) -> Result<Option<Part>, WorkbookError> {
        let name = compared(name);
        let Some(entry) = self.entries.iter().find(|entry| entry.name == name) else {
            return Ok(None);
        };
        let data = data(&self.file, entry).ok_or(DAMAGED)?;
        let file = Arc::clone(&self.file);
        let part = Part::new(file, data, entry.is_deflated, entry.crc);
        Ok(Some(part))
    }
}

/// Some writers have backslashes, or begin at the root.
fn compared(name: &str) -> String {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    name.trim_start_matches('/').to_owned()
}

fn bytes<const N: usize>(file: &[u8], at: usize) -> Option<[u8; N]> {
    file.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn short(file: &[u8], at: usize) -> Option<usize> {
    bytes(file, at).map(|bytes| usize::from(u16::from_le_bytes(bytes)))
}

fn long(file: &[u8], at: usize) -> Option<u32> {
    bytes(file, at).map(u32::from_le_bytes)
}

fn place(file: &[u8], at: usize) -> Option<usize> {
    usize::try_from(long(file, at)?).ok()
}

fn wide(file: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(bytes(file, at)?)).ok()
}

/// Where the directory begins, and how many entries it has.
fn directory(file: &[u8]) -> Option<(usize, usize)> {
    let last = file.len().checked_sub(22)?;
    let first = file.len().saturating_sub(END_MAX_BYTES);
    let end = (first..=last).rev().find(|at| {
        file[*at..].starts_with(b"PK\x05\x06")
            && short(file, at + 20).is_some_and(|comment| at + 22 + comment <= file.len())
    })?;
    let (count, begin) = (short(file, end + 10)?, place(file, end + 16)?);
    if count < 0xffff && begin < 0xffff_ffff {
        return Some((begin, count));
    }
    // ZIP64, which some writers use whatever the size.
    let locator = end.checked_sub(20)?;
    if !file.get(locator..)?.starts_with(b"PK\x06\x07") {
        return Some((begin, count));
    }
    let end = wide(file, locator + 8)?;
    if !file.get(end..)?.starts_with(b"PK\x06\x06") {
        return None;
    }
    Some((wide(file, end.checked_add(48)?)?, wide(file, end + 32)?))
}

/// The entry at a place, where it is a part that can be read, and the place after it.
fn entry(file: &[u8], at: usize) -> Result<(Option<Entry>, usize), WorkbookError> {
    let head: [u8; 46] = bytes(file, at).ok_or(DAMAGED)?;
    let read = || {
        head.starts_with(b"PK\x01\x02").then_some(())?;
        let (flags, method, crc) = (short(&head, 8)?, short(&head, 10)?, long(&head, 16)?);
        let (mut length, size) = (place(&head, 20)?, long(&head, 24)?);
        let mut begin = place(&head, 42)?;
        let name_end = at + 46 + short(&head, 28)?;
        let extra_end = name_end + short(&head, 30)?;
        let next = extra_end + short(&head, 32)?;
        let name = file.get(at + 46..name_end)?;
        let extra = file.get(name_end..extra_end)?;
        if let Some(mut at) = zip64(extra) {
            for (is_there, value) in [
                (size == u32::MAX, None),
                (length == 0xffff_ffff, Some(&mut length)),
                (begin == 0xffff_ffff, Some(&mut begin)),
            ] {
                if is_there {
                    let found = wide(extra, at)?;
                    at += 8;
                    if let Some(value) = value {
                        *value = found;
                    }
                }
            }
        }
        let entry = Entry {
            name: compared(&String::from_utf8_lossy(name)),
            is_deflated: method == 8,
            crc,
            length,
            begin,
        };
        // Encrypted, or packed in a way that no writer of workbooks uses.
        let is_readable = flags & 1 == 0 && matches!(method, 0 | 8);
        Some((is_readable.then_some(entry), next))
    };
    read().ok_or(DAMAGED)
}

/// Where the values of the ZIP64 field begin among `extra` fields.
fn zip64(extra: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let (tag, length) = (short(extra, at)?, short(extra, at + 2)?);
        if tag == 1 {
            return Some(at + 4);
        }
        at += 4 + length;
    }
}

/// Where the data of an entry lies.
fn data(file: &[u8], entry: &Entry) -> Option<std::ops::Range<usize>> {
    let head: [u8; 30] = bytes(file, entry.begin)?;
    head.starts_with(b"PK\x03\x04").then_some(())?;
    let begin = entry.begin + 30 + short(&head, 26)? + short(&head, 28)?;
    let end = begin.checked_add(entry.length)?;
    (end <= file.len()).then_some(begin..end)
}

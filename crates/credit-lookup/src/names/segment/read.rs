//! Searching in a segment.

use std::cmp::Ordering;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::OnceLock;

use super::{BLOCK_NAMES, BlockPlace, MAGIC};
use crate::names::grams::{Clause, Term};
use crate::names::rank::Rank;

/// Blocks that are read together.
const WINDOW: usize = 16;

/// Length of the footer: four numbers and the magic.
const FOOTER: usize = 5 * 8;

/// One part of the index.
pub(in crate::names) struct Segment {
    file: File,
    blocks: Vec<BlockPlace>,
    dictionary: Range<u64>,
    /// The dictionary's bytes, read with the first search: whoever only makes
    /// segments does without.
    terms: OnceLock<Vec<u8>>,
    ranks: Vec<Rank>,
}

fn read_varint(bytes: &mut &[u8]) -> io::Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or_else(damaged)?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(damaged())
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "index file is damaged")
}

fn u64_at(bytes: &[u8], place: usize) -> u64 {
    let slice = bytes.get(place * 8..place * 8 + 8);
    slice
        .and_then(|slice| slice.try_into().ok())
        .map_or(0, u64::from_le_bytes)
}

impl Segment {
    /// Opens the segment at `path`.
    pub(in crate::names) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let footer_at = length.checked_sub(FOOTER as u64).ok_or_else(damaged)?;
        let mut footer = [0; FOOTER];
        file.read_exact_at(&mut footer, footer_at)?;
        let [lists, dictionary, blocks, names] = [0, 1, 2, 3].map(|place| u64_at(&footer, place));
        let parts = [
            lists,
            dictionary,
            blocks.saturating_mul(24),
            names.saturating_mul(8),
        ];
        let sum = parts
            .iter()
            .try_fold(0_u64, |sum, part| sum.checked_add(*part));
        if !footer.ends_with(MAGIC) || sum != Some(footer_at) {
            return Err(damaged());
        }
        let tail_at = lists + dictionary;
        let mut tail = vec![0; usize::try_from(footer_at - tail_at).map_err(|_| damaged())?];
        file.read_exact_at(&mut tail, tail_at)?;
        let (places, ranks) = tail.split_at(tail.len() - names as usize * 8);
        let blocks = places.chunks_exact(24).map(|bytes| BlockPlace {
            first: u64_at(bytes, 0),
            entry: u64_at(bytes, 1),
            lists: u64_at(bytes, 2),
        });
        let ranks = ranks.chunks_exact(8);
        Ok(Self {
            blocks: blocks.collect(),
            dictionary: lists..tail_at,
            terms: OnceLock::new(),
            ranks: ranks
                .map(|bytes| Rank::from_bits(u64_at(bytes, 0)))
                .collect(),
            file,
        })
    }

    /// The ranks of all names in it, in order.
    pub(in crate::names) fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// Up to `limit` names within `range` that fulfil all `clauses`, in order.
    pub(in crate::names) fn search(
        &self,
        clauses: &[Clause],
        range: &Range<Rank>,
        limit: usize,
    ) -> io::Result<Vec<Rank>> {
        let mut found = Vec::new();
        let place = |rank: Rank| {
            let place = self.ranks.partition_point(|other| *other < rank);
            u32::try_from(place).unwrap_or(u32::MAX)
        };
        let (start, end) = (place(range.start), place(range.end));
        if start >= end {
            return Ok(found);
        }
        let mut lists = Vec::with_capacity(clauses.len());
        // Clauses of one term first: most often one of them has no name at all.
        let (one, many): (Vec<&Clause>, Vec<&Clause>) =
            clauses.iter().partition(|clause| clause.terms.len() == 1);
        for clause in one.into_iter().chain(many) {
            match self.members(clause)? {
                Some(list) => lists.push(list),
                None => return Ok(found),
            }
        }
        lists.sort_by_key(List::count);
        let mut target = start;
        'names: while found.len() < limit && target < end {
            let mut first = None;
            for list in &mut lists {
                match list.advance(target)? {
                    None => break 'names,
                    Some(place) if first.is_none() => {
                        first = Some(place);
                        target = place;
                    }
                    Some(place) if place == target => {}
                    Some(place) => {
                        target = place;
                        continue 'names;
                    }
                }
            }
            if first.is_none() || target >= end {
                break;
            }
            found.extend(self.ranks.get(target as usize));
            target += 1;
        }
        Ok(found)
    }

    fn members(&self, clause: &Clause) -> io::Result<Option<List<'_>>> {
        if let [only] = clause.terms.as_slice() {
            return Ok(self.list(*only)?.map(List::One));
        }
        if let Some(guard) = clause.guard
            && self.list(guard)?.is_none()
        {
            return Ok(None);
        }
        let mut lists = Vec::new();
        for term in &clause.terms {
            lists.extend(self.list(*term)?);
        }
        Ok((!lists.is_empty()).then_some(List::Union(lists)))
    }

    fn terms(&self) -> io::Result<&[u8]> {
        if let Some(terms) = self.terms.get() {
            return Ok(terms);
        }
        let length = self.dictionary.end - self.dictionary.start;
        let mut terms = vec![0; usize::try_from(length).map_err(|_| damaged())?];
        self.file.read_exact_at(&mut terms, self.dictionary.start)?;
        Ok(self.terms.get_or_init(|| terms))
    }

    fn list(&self, term: Term) -> io::Result<Option<Postings<'_>>> {
        let after = self.blocks.partition_point(|block| block.first <= term);
        let Some(block) = after.checked_sub(1).map(|place| self.blocks[place]) else {
            return Ok(None);
        };
        let terms = self.terms()?;
        let end = self.blocks.get(after).map(|next| next.entry);
        let end = end.unwrap_or(terms.len() as u64);
        let mut rest = terms
            .get(block.entry as usize..end as usize)
            .ok_or_else(damaged)?;
        let mut found = block.first;
        let mut lists = block.lists;
        while !rest.is_empty() {
            found = found.saturating_add(read_varint(&mut rest)?);
            let count = read_varint(&mut rest)?;
            let length = read_varint(&mut rest)?;
            match found.cmp(&term) {
                Ordering::Less => lists = lists.saturating_add(length),
                Ordering::Equal => {
                    return Postings::open(&self.file, lists..lists + length, count).map(Some);
                }
                Ordering::Greater => return Ok(None),
            }
        }
        Ok(None)
    }
}

enum List<'a> {
    One(Postings<'a>),
    Union(Vec<Postings<'a>>),
}

impl List<'_> {
    fn count(&self) -> usize {
        match self {
            Self::One(postings) => postings.count,
            Self::Union(lists) => lists.iter().map(|postings| postings.count).sum(),
        }
    }

    /// The first name at `target` or after it.
    fn advance(&mut self, target: u32) -> io::Result<Option<u32>> {
        match self {
            Self::One(postings) => postings.advance(target),
            Self::Union(lists) => {
                let mut first: Option<u32> = None;
                for postings in lists {
                    let place = postings.advance(target)?;
                    first = first.into_iter().chain(place).min();
                }
                Ok(first)
            }
        }
    }
}

/// A list of names, read block by block.
struct Postings<'a> {
    file: &'a File,
    count: usize,
    /// First name and end of each block; a short list is one block.
    skips: Vec<(u32, u32)>,
    data_at: u64,
    /// Bytes of some blocks, and where they begin.
    window: Vec<u8>,
    window_at: u32,
    block: usize,
    names: Vec<u32>,
    next: usize,
}

impl<'a> Postings<'a> {
    fn open(file: &'a File, range: Range<u64>, count: u64) -> io::Result<Self> {
        let count = usize::try_from(count).map_err(|_| damaged())?;
        let length = usize::try_from(range.end - range.start).map_err(|_| damaged())?;
        let mut list = Self {
            file,
            count,
            skips: Vec::new(),
            data_at: range.start,
            window: Vec::new(),
            window_at: 0,
            block: 0,
            names: Vec::new(),
            next: 0,
        };
        if count <= BLOCK_NAMES {
            let mut bytes = vec![0; length];
            file.read_exact_at(&mut bytes, range.start)?;
            let mut rest = bytes.as_slice();
            let mut place = 0_u64;
            for _ in 0..count {
                place = place.saturating_add(read_varint(&mut rest)?);
                list.names
                    .push(u32::try_from(place).map_err(|_| damaged())?);
            }
            return Ok(list);
        }
        let blocks = count.div_ceil(BLOCK_NAMES);
        let mut table = vec![0; blocks * 8];
        if table.len() > length {
            return Err(damaged());
        }
        file.read_exact_at(&mut table, range.start)?;
        list.data_at += table.len() as u64;
        let entry = |bytes: &[u8]| {
            let number = u64_at(bytes, 0);
            (number as u32, (number >> 32) as u32)
        };
        list.skips = table.chunks_exact(8).map(entry).collect();
        list.read_block(0)?;
        Ok(list)
    }

    fn advance(&mut self, target: u32) -> io::Result<Option<u32>> {
        if self.names.last().is_none_or(|last| *last < target) {
            // The last block that begins at or before the target, or the next.
            let rest = self.skips.get(self.block + 1..).unwrap_or_default();
            if rest.is_empty() {
                self.next = self.names.len();
                return Ok(None);
            }
            let skipped = rest.partition_point(|(first, _)| *first <= target);
            self.read_block(self.block + skipped.max(1))?;
            if self.names.last().is_none_or(|last| *last < target) {
                if self.block + 1 >= self.skips.len() {
                    self.next = self.names.len();
                    return Ok(None);
                }
                self.read_block(self.block + 1)?;
            }
        }
        self.next += self.names[self.next..].partition_point(|place| *place < target);
        Ok(self.names.get(self.next).copied())
    }

    fn read_block(&mut self, block: usize) -> io::Result<()> {
        let begin = |block: usize| match block.checked_sub(1) {
            None => 0,
            Some(before) => self.skips.get(before).map_or(0, |(_, end)| *end),
        };
        let (start, end) = (begin(block), begin(block + 1));
        let held = self.window_at + self.window.len() as u32;
        if start < self.window_at || end > held || self.window.is_empty() {
            let last = begin((block + WINDOW).min(self.skips.len()));
            let length = last.checked_sub(start).ok_or_else(damaged)?;
            self.window.resize(length as usize, 0);
            self.window_at = start;
            let at = self.data_at + u64::from(start);
            self.file.read_exact_at(&mut self.window, at)?;
        }
        let (from, to) = (start - self.window_at, end - self.window_at);
        let mut rest = self
            .window
            .get(from as usize..to as usize)
            .ok_or_else(damaged)?;
        let mut place = self.skips.get(block).ok_or_else(damaged)?.0;
        self.names.clear();
        self.names.push(place);
        while !rest.is_empty() {
            place = place.saturating_add(read_varint(&mut rest)? as u32);
            self.names.push(place);
        }
        self.block = block;
        self.next = 0;
        Ok(())
    }
}

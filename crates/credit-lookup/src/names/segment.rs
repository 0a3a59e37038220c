//! A part of the index: the terms of up to [`SEGMENT_NAMES`] names, written
//! once and never changed.
//!
//! A file is the lists of names one after the other, the dictionary of terms in
//! blocks of [`BLOCK_TERMS`], the places of those blocks, the names' ranks, and
//! a footer. Places of blocks and ranks are kept in memory, lists are read as
//! far as a search needs them.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use super::grams::{Clause, TERM_BITS, Term, terms};
use super::rank::{Names, Rank};

/// Most subjects of one segment: every search looks into each, and making one
/// takes [`TERMS`] terms a name of eight bytes, 168 MB.
pub(super) const SEGMENT_NAMES: usize = 1 << 18;

/// Names of a capped term that are listed, in each segment. Searches end after
/// a thousand results; the rest is for names that have changed since.
const CAP: u16 = 4_096;

/// Terms of a name that is not unusually long, without capped ones.
const TERMS: usize = 80;

/// Bits of a name's place in its segment: current and former names.
const PLACE_BITS: u32 = 19;

const BLOCK_TERMS: usize = 64;

/// Names of a block in a long list.
const BLOCK_NAMES: usize = 128;

/// Blocks that are read together.
const WINDOW: usize = 16;

const MAGIC: &[u8; 8] = b"crdnam01";

/// Length of the footer: four numbers and the magic.
const FOOTER: usize = 5 * 8;

/// One part of the index.
pub(super) struct Segment {
    file: File,
    blocks: Vec<BlockPlace>,
    dictionary: Range<u64>,
    ranks: Vec<Rank>,
}

/// Where a block of terms and its lists begin.
#[derive(Clone, Copy)]
struct BlockPlace {
    first: Term,
    entry: u64,
    lists: u64,
}

/// Writes the segment of `names` to `path`.
pub(super) fn write(path: &Path, names: &[Names]) -> io::Result<()> {
    let mut places: Vec<(Rank, usize)> = Vec::with_capacity(names.len());
    for (index, subject) in names.iter().enumerate() {
        places.push((subject.rank(), index));
        let formers = subject.former.iter();
        places.extend(formers.map(|former| (subject.former_rank(former), index)));
    }
    places.sort_unstable();
    places.dedup();
    places.truncate(1 << PLACE_BITS);
    let mut postings: Vec<u64> = Vec::with_capacity(places.len() * TERMS);
    let mut caps = Caps::default();
    for (place, (rank, index)) in places.iter().enumerate() {
        let place = place as u64;
        terms(&names[*index], *rank, |term, is_capped| {
            if !is_capped || caps.admit(term) {
                postings.push((term << PLACE_BITS) | place);
            }
        });
    }
    postings.sort_unstable();
    postings.dedup();

    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    let mut written = 0_u64;
    let mut dictionary = Vec::new();
    let mut blocks: Vec<BlockPlace> = Vec::new();
    let mut before = 0;
    let mut list = Vec::new();
    let low = (1_u64 << PLACE_BITS) - 1;
    for (count, group) in postings.chunk_by(|a, b| a & !low == b & !low).enumerate() {
        let term = group[0] >> PLACE_BITS;
        list.clear();
        write_list(
            &mut list,
            group.iter().map(|posting| (posting & low) as u32),
        );
        if count % BLOCK_TERMS == 0 {
            blocks.push(BlockPlace {
                first: term,
                entry: dictionary.len() as u64,
                lists: written,
            });
            before = term;
        }
        varint(&mut dictionary, term - before);
        varint(&mut dictionary, group.len() as u64);
        varint(&mut dictionary, list.len() as u64);
        before = term;
        out.write_all(&list)?;
        written += list.len() as u64;
    }
    out.write_all(&dictionary)?;
    for block in &blocks {
        for number in [block.first, block.entry, block.lists] {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    for (rank, _) in &places {
        out.write_all(&rank.to_bits().to_le_bytes())?;
    }
    let lengths = [dictionary.len(), blocks.len(), places.len()];
    out.write_all(&written.to_le_bytes())?;
    for length in lengths {
        out.write_all(&(length as u64).to_le_bytes())?;
    }
    out.write_all(MAGIC)?;
    out.into_inner()?.sync_all()
}

/// How often each capped term was given. Names come best first, so that the
/// first ones are those to list.
#[derive(Default)]
struct Caps(HashMap<Term, u16, BuildHasherDefault<TermHasher>>);

impl Caps {
    fn admit(&mut self, term: Term) -> bool {
        let count = self.0.entry(term).or_default();
        let is_admitted = *count < CAP;
        *count += u16::from(is_admitted);
        is_admitted
    }
}

/// A term is a hash already.
#[derive(Default)]
struct TermHasher(u64);

impl Hasher for TermHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, term: u64) {
        // The map looks at the lowest bits and the highest seven.
        self.0 = term | (term << (64 - TERM_BITS));
    }
}

/// Short lists are differences; long ones begin with where each block begins,
/// as the first name and the end of the block.
fn write_list(list: &mut Vec<u8>, places: impl ExactSizeIterator<Item = u32>) {
    if places.len() <= BLOCK_NAMES {
        let mut before = 0;
        for place in places {
            varint(list, u64::from(place - before));
            before = place;
        }
        return;
    }
    let mut skips = Vec::new();
    let mut data = Vec::new();
    let mut before = 0;
    for (index, place) in places.enumerate() {
        if index % BLOCK_NAMES == 0 {
            if index > 0 {
                skips.extend((data.len() as u32).to_le_bytes());
            }
            skips.extend(place.to_le_bytes());
        } else {
            varint(&mut data, u64::from(place - before));
        }
        before = place;
    }
    skips.extend((data.len() as u32).to_le_bytes());
    list.extend(skips);
    list.extend(data);
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push((number as u8) | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
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
    pub(super) fn open(path: &Path) -> io::Result<Self> {
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
            ranks: ranks
                .map(|bytes| Rank::from_bits(u64_at(bytes, 0)))
                .collect(),
            file,
        })
    }

    /// The ranks of all names in it, in order.
    pub(super) fn ranks(&self) -> &[Rank] {
        &self.ranks
    }

    /// Up to `limit` names within `range` that fulfil all `clauses`, in order.
    pub(super) fn search(
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
        for clause in clauses {
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
        if let [only] = clause.as_slice() {
            return Ok(self.list(*only)?.map(List::One));
        }
        let mut places = Vec::new();
        for term in clause {
            if let Some(mut list) = self.list(*term)? {
                let mut target = 0;
                while let Some(place) = list.advance(target)? {
                    places.push(place);
                    target = place + 1;
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        Ok((!places.is_empty()).then_some(List::Union { places, next: 0 }))
    }

    fn list(&self, term: Term) -> io::Result<Option<Postings<'_>>> {
        let after = self.blocks.partition_point(|block| block.first <= term);
        let Some(block) = after.checked_sub(1).map(|place| self.blocks[place]) else {
            return Ok(None);
        };
        let whole = self.dictionary.end - self.dictionary.start;
        let end = self.blocks.get(after).map_or(whole, |next| next.entry);
        let length = end.checked_sub(block.entry).ok_or_else(damaged)?;
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| damaged())?];
        self.file
            .read_exact_at(&mut bytes, self.dictionary.start + block.entry)?;
        let mut rest = bytes.as_slice();
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
    Union { places: Vec<u32>, next: usize },
}

impl List<'_> {
    fn count(&self) -> usize {
        match self {
            Self::One(postings) => postings.count,
            Self::Union { places, .. } => places.len(),
        }
    }

    /// The first name at `target` or after it.
    fn advance(&mut self, target: u32) -> io::Result<Option<u32>> {
        match self {
            Self::One(postings) => postings.advance(target),
            Self::Union { places, next } => {
                *next += places[*next..].partition_point(|place| *place < target);
                Ok(places.get(*next).copied())
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

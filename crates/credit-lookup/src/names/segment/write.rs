//! Making a segment.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::thread;

use super::{BLOCK_NAMES, BLOCK_TERMS, BlockPlace, MAGIC};
use crate::names::grams::{TERM_BITS, Term, terms};
use crate::names::rank::{Names, Rank};

/// Names of a capped term that are listed, in each half of a segment. Searches
/// end after a thousand results; the rest is for names that have changed since.
const CAP: u16 = 4_096;

/// Terms of a name that is not unusually long, without capped ones.
const TERMS: usize = 80;

/// Bits of a name's place in its segment: current and former names.
const PLACE_BITS: u32 = 19;

/// Writes the segment of `names` to `path`.
pub(in crate::names) fn write(path: &Path, names: &[Names]) -> io::Result<()> {
    let mut places: Vec<(Rank, usize)> = Vec::with_capacity(names.len());
    for (index, subject) in names.iter().enumerate() {
        places.push((subject.rank(), index));
        let formers = subject.former.iter();
        places.extend(formers.map(|former| (subject.former_rank(former), index)));
    }
    places.sort_unstable();
    places.dedup();
    places.truncate(1 << PLACE_BITS);
    // Two halves of the names, each by its own thread: every term of the second
    // leads to names behind those of the first.
    let middle = places.len() / 2;
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| postings(names, &places[..middle], 0));
        let second = postings(names, &places[middle..], middle as u64);
        (first.join(), second)
    });
    let first = first.map_err(|_| io::Error::other("a thread of the index ended early"))?;

    let mut out = BufWriter::with_capacity(1 << 16, File::create(path)?);
    let mut written = 0_u64;
    let mut dictionary = Vec::new();
    let mut blocks: Vec<BlockPlace> = Vec::new();
    let mut before = 0;
    let mut count = 0;
    let mut list = Vec::new();
    let mut group = Vec::new();
    let (mut first, mut second) = (first.as_slice(), second.as_slice());
    while let Some(term) = next_term(first, second) {
        group.clear();
        take_group(&mut first, term, &mut group);
        take_group(&mut second, term, &mut group);
        list.clear();
        write_list(&mut list, &group);
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
        count += 1;
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

/// Terms and places of some names, sorted: the term in the high bits, the place
/// in the low ones. The first of the names has place `start`.
fn postings(names: &[Names], places: &[(Rank, usize)], start: u64) -> Vec<u64> {
    let mut postings: Vec<u64> = Vec::with_capacity(places.len() * TERMS);
    let mut caps = Caps::default();
    for ((rank, index), place) in places.iter().zip(start..) {
        terms(&names[*index], *rank, |term, is_capped| {
            if !is_capped || caps.admit(term) {
                postings.push((term << PLACE_BITS) | place);
            }
        });
    }
    postings.sort_unstable();
    postings.dedup();
    postings
}

fn next_term(first: &[u64], second: &[u64]) -> Option<Term> {
    let next = first.first().into_iter().chain(second.first()).min()?;
    Some(next >> PLACE_BITS)
}

/// Moves the places of `term` from the front of `postings` into `group`.
fn take_group(postings: &mut &[u64], term: Term, group: &mut Vec<u32>) {
    let end = postings
        .iter()
        .position(|posting| posting >> PLACE_BITS != term)
        .unwrap_or(postings.len());
    let (taken, rest) = postings.split_at(end);
    let place = |posting: &u64| (posting & ((1 << PLACE_BITS) - 1)) as u32;
    group.extend(taken.iter().map(place));
    *postings = rest;
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
fn write_list(list: &mut Vec<u8>, places: &[u32]) {
    if places.len() <= BLOCK_NAMES {
        let mut before = 0;
        for place in places.iter().copied() {
            varint(list, u64::from(place - before));
            before = place;
        }
        return;
    }
    let mut skips = Vec::new();
    let mut data = Vec::new();
    let mut before = 0;
    for (index, place) in places.iter().copied().enumerate() {
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

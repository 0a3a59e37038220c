//! A part of the index: the terms of up to [`SEGMENT_NAMES`] names, written
//! once and never changed.
//!
//! A file is the lists of names one after the other, the dictionary of terms in
//! blocks of [`BLOCK_TERMS`], the places of those blocks, the names' ranks, and
//! a footer. Dictionary, places of blocks and ranks are kept in memory, lists
//! are read as far as a search needs them.

mod read;
mod write;

use super::grams::Term;

pub(super) use read::Segment;
pub(super) use write::write;

/// Most subjects of one segment: every search looks into each, and making one
/// takes eighty terms a name of eight bytes, 168 MB.
pub(super) const SEGMENT_NAMES: usize = 1 << 18;

/// Terms of a block of the dictionary.
const BLOCK_TERMS: usize = 64;

/// Names of a block in a long list.
const BLOCK_NAMES: usize = 128;

const MAGIC: &[u8; 8] = b"crdnam02";

/// Where a block of terms and its lists begin.
#[derive(Clone, Copy)]
struct BlockPlace {
    first: Term,
    entry: u64,
    lists: u64,
}

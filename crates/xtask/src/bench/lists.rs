//! Lists of what is asked: codes and pieces of names of a feed, in an order that
//! is no order, and the same in every run.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// Codes that a busy page asks for again and again.
const HOT: usize = 100;

/// Queries of the search.
const QUERIES: usize = 2_000;

/// Lists of the codes of a feed, and of queries for it, as files.
pub(super) struct Lists {
    /// A few codes.
    pub(super) hot: PathBuf,
    /// Every code in exactly one of several lists of the same length.
    pub(super) distinct: Vec<PathBuf>,
    /// Pieces of names, percent-encoded.
    pub(super) queries: PathBuf,
    /// One code.
    pub(super) code: String,
}

impl Lists {
    /// Makes them of `feed` in `folder`, the distinct codes in so many parts.
    pub(super) fn make(feed: &Path, folder: &Path, parts: usize) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let (mut codes, names) = read(feed)?;
        ensure!(codes.len() >= parts, "{} has few codes", feed.display());
        let mut random = Random(1);
        for last in (1..codes.len()).rev() {
            codes.swap(last, random.below(last + 1));
        }
        let hot = folder.join("hot.txt");
        write(&hot, codes.iter().take(HOT))?;
        let mut distinct = Vec::new();
        for (number, part) in codes.chunks_exact(codes.len() / parts).enumerate() {
            let path = folder.join(format!("distinct-{number}.txt"));
            write(&path, part.iter())?;
            distinct.push(path);
        }
        let pieces: Vec<String> = (0..QUERIES).filter_map(|_| random.piece(&names)).collect();
        ensure!(!pieces.is_empty(), "{} has no names", feed.display());
        let queries = folder.join("queries.txt");
        write(&queries, pieces.iter())?;
        let code = codes.swap_remove(0);
        Ok(Self {
            hot,
            distinct,
            queries,
            code,
        })
    }
}

/// Every code of a feed, and every name without a comma in it.
fn read(feed: &Path) -> Result<(Vec<String>, Vec<String>)> {
    let file = File::open(feed).with_context(|| feed.display().to_string())?;
    let (mut codes, mut names) = (Vec::new(), Vec::new());
    for line in BufReader::new(file).lines() {
        let line = line?;
        let is_code =
            |cell: &&str| cell.len() == 18 && cell.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let Some(code) = line.split(',').find(is_code) else {
            continue;
        };
        codes.push(code.to_owned());
        names.extend(
            line.split(',')
                .next()
                .filter(|name| !name.contains('"'))
                .map(str::to_owned),
        );
    }
    Ok((codes, names))
}

fn write<'a>(path: &Path, lines: impl Iterator<Item = &'a String>) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for line in lines {
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    Ok(())
}

/// SplitMix64, so that every run asks the same.
struct Random(u64);

impl Random {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// Two to four letters in a row from one of `names`, percent-encoded.
    fn piece(&mut self, names: &[String]) -> Option<String> {
        let name = names.get(self.below(names.len().max(1)))?;
        let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let length = 2 + self.below(3);
        let begin = self.below(letters.len().checked_sub(length)? + 1);
        let piece: String = letters.get(begin..begin + length)?.iter().collect();
        Some(piece.bytes().map(|byte| format!("%{byte:02X}")).collect())
    }
}

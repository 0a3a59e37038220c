//! Inflate (RFC 1951), for a status list of 16 KB once a page. Ours because the
//! libraries are made for gigabytes and weigh a twelfth of the badge.

/// Order in which the lengths of the code for lengths are told.
const ORDER: [usize; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Most blocks: a list has one or two, and an empty one costs as much as a full one.
const BLOCKS_MAX: usize = 64;

/// What `deflated` holds, if that is `length` bytes.
pub(crate) fn inflate(deflated: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bits = Bits {
        bytes: deflated,
        at: 0,
    };
    let mut out = Vec::with_capacity(length);
    for _ in 0..BLOCKS_MAX {
        let is_last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out, length)?,
            1 => {
                let lengths = |place| match place {
                    0..=143 => 8,
                    144..=255 => 9,
                    256..=279 => 7,
                    _ => 8,
                };
                let lengths: Vec<u8> = (0..288).map(lengths).collect();
                packed(&mut bits, &mut out, length, [&lengths, &[5; 32]])?;
            }
            2 => {
                let (lengths, symbols) = told(&mut bits)?;
                let (symbols, distances) = lengths.split_at_checked(symbols)?;
                // Without an end of the block it would have none.
                if *symbols.get(256)? == 0 {
                    return None;
                }
                packed(&mut bits, &mut out, length, [symbols, distances])?;
            }
            _ => return None,
        }
        if is_last {
            return (out.len() == length).then_some(out);
        }
    }
    None
}

/// Bits of bytes, the least significant first.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<usize> {
        let mut number = 0;
        for place in 0..count {
            let byte = usize::from(*self.bytes.get(self.at / 8)?);
            number |= (byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Some(number)
    }
}

/// A block that is not packed.
fn stored(bits: &mut Bits<'_>, out: &mut Vec<u8>, most: usize) -> Option<()> {
    let from = bits.at.div_ceil(8);
    bits.at = from * 8;
    let (count, check) = (bits.take(16)?, bits.take(16)?);
    let bytes = bits.bytes.get(from + 4..from + 4 + count)?;
    if count != !check & 0xffff || out.len() + count > most {
        return None;
    }
    out.extend_from_slice(bytes);
    bits.at += count * 8;
    Some(())
}

/// Lengths of the codes of a block, which tells them itself, and how many of them
/// are those of symbols.
fn told(bits: &mut Bits<'_>) -> Option<(Vec<u8>, usize)> {
    let symbols = bits.take(5)? + 257;
    let all = symbols + bits.take(5)? + 1;
    let mut lengths = [0; 19];
    for place in &ORDER[..bits.take(4)? + 4] {
        lengths[*place] = u8::try_from(bits.take(3)?).ok()?;
    }
    let code = Code::of(&lengths)?;
    let mut lengths = Vec::new();
    while lengths.len() < all {
        let (length, count) = match code.symbol(bits)? {
            16 => (*lengths.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            18 => (0, 11 + bits.take(7)?),
            length => (u8::try_from(length).ok()?, 1),
        };
        lengths.resize(lengths.len() + count, length);
    }
    (lengths.len() == all).then_some((lengths, symbols))
}

/// A block that is packed, under the codes for symbols and for distances.
fn packed(
    bits: &mut Bits<'_>,
    out: &mut Vec<u8>,
    most: usize,
    [symbols, distances]: [&[u8]; 2],
) -> Option<()> {
    let (symbols, distances) = (Code::of(symbols)?, Code::of(distances)?);
    loop {
        let symbol = symbols.symbol(bits)?;
        let (count, distance) = match symbol {
            256 => return Some(()),
            0..=255 => (0, 0),
            285 => (258, far(&distances, bits)?),
            257..=284 => {
                let place = symbol - 257;
                let more = (place / 4).saturating_sub(1);
                let base = if place < 8 {
                    place
                } else {
                    (4 + place % 4) << more
                };
                (base + 3 + bits.take(more)?, far(&distances, bits)?)
            }
            _ => return None,
        };
        if out.len() + count.max(1) > most {
            return None;
        }
        if count == 0 {
            out.push(u8::try_from(symbol).ok()?);
        }
        for _ in 0..count {
            out.push(*out.get(out.len().checked_sub(distance)?)?);
        }
    }
}

/// How far back is what comes again.
fn far(distances: &Code, bits: &mut Bits<'_>) -> Option<usize> {
    let place = distances.symbol(bits)?;
    let more = (place / 2).saturating_sub(1);
    let base = if place < 4 {
        place
    } else {
        (2 + place % 2) << more
    };
    // Two codes have no meaning.
    (place < 30).then_some(base + 1 + bits.take(more)?)
}

/// A code: how many symbols there are of each length, and the symbols by length.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    /// The code with these lengths; none where two symbols would have the same,
    /// or one has more than there are bits for.
    fn of(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0; 16];
        let mut symbols = Vec::new();
        let mut room = 1_usize;
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            for (symbol, found) in lengths.iter().enumerate() {
                if usize::from(*found) == length {
                    symbols.push(symbol);
                    *count += 1;
                }
            }
            room = (room * 2).checked_sub(*count)?;
        }
        // A code that leaves room is one of a single symbol, or of none.
        (room == 0 || symbols.len() < 2).then_some(Self { counts, symbols })
    }

    /// The next symbol.
    fn symbol(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut place) = (0, 0, 0);
        for count in &self.counts[1..] {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get(place + code - first).copied();
            }
            place += count;
            first = (first + count) * 2;
            code *= 2;
        }
        None
    }
}

#[cfg(all(test, feature = "issue"))]
mod tests {
    use std::io::{Read as _, Write as _};

    use flate2::Compression;
    use flate2::read::DeflateDecoder;
    use flate2::write::DeflateEncoder;

    use super::*;

    fn deflated(bytes: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(bytes).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    /// Bytes of several kinds: none, one over and over, sparse, text, noise.
    fn samples() -> Vec<Vec<u8>> {
        let mut state = 7_u32;
        let mut noise = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let sparse = (0..16_384).map(|place| u8::from(place % 911 == 0) << (place % 8));
        vec![
            Vec::new(),
            vec![7],
            vec![0; 16_384],
            sparse.collect(),
            "撤销状态清单 status list ".repeat(300).into_bytes(),
            (0..16_384).map(|_| noise()).collect(),
            (0..3_000).map(|_| noise() & 3).collect(),
        ]
    }

    #[test]
    fn what_was_deflated_comes_back() {
        for bytes in samples() {
            for level in [0, 1, 6, 9] {
                let deflated = deflated(&bytes, level);
                assert_eq!(inflate(&deflated, bytes.len()), Some(bytes.clone()));
                assert_eq!(inflate(&deflated, bytes.len() + 1), None);
                if let Some(less) = bytes.len().checked_sub(1) {
                    assert_eq!(inflate(&deflated, less), None);
                }
            }
        }
    }

    /// Whatever is done to it, nothing is read that others do not read.
    #[test]
    fn what_is_broken_is_nothing_or_what_others_read() {
        let mut read = 0;
        for bytes in samples() {
            for level in [0, 1, 9] {
                let good = deflated(&bytes, level);
                for place in 0..good.len().min(400) {
                    for change in [1, 0x10, 0x80, 0xff] {
                        let mut broken = good.clone();
                        broken[place] ^= change;
                        let Some(ours) = inflate(&broken, bytes.len()) else {
                            continue;
                        };
                        let mut theirs = Vec::new();
                        let decoded = DeflateDecoder::new(&broken[..]).read_to_end(&mut theirs);
                        assert!(decoded.is_ok() && theirs == ours, "byte {place}");
                        read += 1;
                    }
                }
            }
        }
        assert!(read > 100, "{read}");
    }
}

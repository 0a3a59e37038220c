//! SM3 (GB/T 32905-2016), as short as it can be said.

/// 初始值
const START: [u32; 8] = [
    0x7380_166f,
    0x4914_b2b9,
    0x1724_42d7,
    0xda8a_0600,
    0xa96f_30bc,
    0x1631_38aa,
    0xe38d_ee4d,
    0xb0fb_0e4e,
];

/// The digest of all `parts` in a row.
pub(crate) fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut message = parts.concat();
    let bits = message.len() as u64 * 8;
    message.push(0x80);
    while message.len() % 64 != 56 {
        message.push(0);
    }
    message.extend(bits.to_be_bytes());
    let mut state = START;
    for block in message.chunks_exact(64) {
        compress(&mut state, block);
    }
    let mut digest = [0; 32];
    for (bytes, word) in digest.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    digest
}

/// 压缩函数
fn compress(state: &mut [u32; 8], block: &[u8]) {
    let mut words = [0_u32; 68];
    for (place, word) in words.iter_mut().enumerate().take(16) {
        for byte in &block[4 * place..4 * place + 4] {
            *word = *word << 8 | u32::from(*byte);
        }
    }
    for j in 16..68 {
        let x = words[j - 16] ^ words[j - 9] ^ words[j - 3].rotate_left(15);
        let x = x ^ x.rotate_left(15) ^ x.rotate_left(23);
        words[j] = x ^ words[j - 13].rotate_left(7) ^ words[j - 6];
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for j in 0..64 {
        let is_early = j < 16;
        let constant: u32 = if is_early { 0x79cc_4519 } else { 0x7a87_9d8a };
        let high = a.rotate_left(12);
        let first = high
            .wrapping_add(e)
            .wrapping_add(constant.rotate_left(j as u32 % 32));
        let first = first.rotate_left(7);
        let second = first ^ high;
        let (mixed, chosen) = if is_early {
            (a ^ b ^ c, e ^ f ^ g)
        } else {
            (a & b | a & c | b & c, e & f | !e & g)
        };
        let left = mixed
            .wrapping_add(d)
            .wrapping_add(second)
            .wrapping_add(words[j] ^ words[j + 4]);
        let right = chosen
            .wrapping_add(h)
            .wrapping_add(first)
            .wrapping_add(words[j]);
        (d, c, b, a) = (c, b.rotate_left(9), a, left);
        (h, g, f) = (g, f.rotate_left(19), e);
        e = right ^ right.rotate_left(9) ^ right.rotate_left(17);
    }
    for (word, more) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word ^= more;
    }
}

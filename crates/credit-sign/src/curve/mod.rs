//! 曲线运算: the little arithmetic that checking a signature takes, for both
//! curves in one.
//!
//! Ours, because what libraries bring along is half of the badge: tables for
//! speed, constant time for secrets, and everything twice. Here is no secret:
//! key, message and signature are public, and what is computed is only compared.
//! Signing stays with the libraries, and these two are held against them, and
//! against published vectors, by `tests/curves.rs`.

pub(crate) mod ed25519;
mod modulus;
pub(crate) mod sm2;
mod sm3;

pub(crate) use modulus::Number;

/// A point in four coordinates, of which a curve uses as many as it needs.
pub(crate) type Point = [Number; 4];

/// `s` times `p` and `t` times `q`, by the addition of their curve. That has to
/// be complete: right for every two points, equal or not.
fn twice(
    add: impl Fn(&Point, &Point) -> Point,
    neutral: Point,
    (s, p): (&[u8; 32], &Point),
    (t, q): (&[u8; 32], &Point),
) -> Point {
    // Two bits of each scalar at a time: three multiples of each point, and the
    // sums of these.
    let mut sums = [neutral; 16];
    for i in 1..16 {
        sums[i] = if i < 4 {
            add(&sums[i - 1], q)
        } else {
            add(&sums[i - 4], p)
        };
    }
    let mut sum = neutral;
    for (s, t) in s.iter().zip(t) {
        for shift in [6, 4, 2, 0] {
            for _ in 0..2 {
                sum = add(&sum, &sum);
            }
            let place = (s >> shift & 3) << 2 | (t >> shift & 3);
            sum = add(&sum, &sums[usize::from(place)]);
        }
    }
    sum
}

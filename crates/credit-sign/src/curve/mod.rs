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

/// Bits of a scalar that one addition takes at a time.
const TEETH: usize = 6;

/// Additions that a scalar takes: 43 times six are 258 bits.
const COLUMNS: usize = 43;

/// The sums of a point that multiplying it by any scalar takes. A page checks a
/// thousand cards with one key: made once, each then takes a third of the work.
#[derive(Clone, Debug)]
pub(crate) struct Comb(Vec<Point>);

impl Comb {
    /// The sums of `point` by the addition of its curve, which has to be complete:
    /// right for every two points, equal or not.
    fn of(add: fn(&Point, &Point) -> Point, neutral: Point, point: &Point) -> Self {
        let mut sums = vec![neutral];
        // The point times 2^0, 2^43, 2^86, …
        let mut tooth = *point;
        for _ in 0..TEETH {
            for place in 0..sums.len() {
                sums.push(add(&sums[place], &tooth));
            }
            for _ in 0..COLUMNS {
                tooth = add(&tooth, &tooth);
            }
        }
        Self(sums)
    }

    /// What stands in `column` of a scalar, the most significant byte first.
    fn sum(&self, scalar: &[u8; 32], column: usize) -> &Point {
        let mut place = 0;
        for tooth in 0..TEETH {
            let bit = tooth * COLUMNS + column;
            // Two bits are above the scalar.
            let byte = 31_usize.checked_sub(bit / 8).map_or(0, |at| scalar[at]);
            place |= usize::from(byte >> (bit % 8) & 1) << tooth;
        }
        &self.0[place]
    }
}

/// `s` times one point and `t` times another.
fn twice(
    add: fn(&Point, &Point) -> Point,
    neutral: Point,
    (s, p): (&[u8; 32], &Comb),
    (t, q): (&[u8; 32], &Comb),
) -> Point {
    let mut sum = neutral;
    for column in (0..COLUMNS).rev() {
        sum = add(&sum, &sum);
        sum = add(&sum, p.sum(s, column));
        sum = add(&sum, q.sum(t, column));
    }
    sum
}

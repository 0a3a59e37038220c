//! Ed25519 (RFC 8032), as strict as it can be: every point and every number has
//! one encoding, and points of small order are none.

use sha2::{Digest as _, Sha512};

use std::sync::OnceLock;

use super::modulus::{Modulus, Number, Shape, bytes, hex, number};
use super::{Comb, Point, twice};

/// 2^255 - 19
static FIELD: Modulus = Modulus::new(
    &hex("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED"),
    Shape::Ed25519,
);
/// The order of the base point, 2^252 and something.
static ORDER: Modulus = Modulus::new(
    &hex("1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED"),
    Shape::Any,
);
const ONE: Number = FIELD.one();
/// The curve is -x² + y² = 1 + d x² y².
const D: Number = constant("52036CEE2B6FFE738CC740797779E89800700A4D4141D8AB75EB4DCA135978A3");
/// 2 d
const D2: Number = FIELD.add(&D, &D);
/// A square root of -1.
const ROOT: Number = constant("2B8324804FC1DF0B2B4D00993DFBD7A72F431806AD2FE478C4EE1B274A0EA0B0");
/// (p - 5) / 8, the exponent of square roots.
const ROOT_EXPONENT: [u8; 32] =
    hex("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFD");
/// 2^256 modulo the order: what the upper half of a digest counts.
const UPPER: Number = ORDER.enter(&{
    let mut upper = [0; 9];
    upper[8] = 1 << 24;
    upper
});

const X: Number = constant("216936D3CD6E53FEC0A4E231FDD6DC5C692CC7609525A7B2C9562D608F25D51A");
const Y: Number = constant("6666666666666666666666666666666666666666666666666666666666666658");
/// The base point, in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.
const BASE: Point = [X, Y, ONE, FIELD.multiply(&X, &Y)];
const NEUTRAL: Point = [[0; 9], ONE, ONE, [0; 9]];

const fn constant(digits: &str) -> Number {
    FIELD.enter(&number(&hex(digits)))
}

/// Sums of the base point, made once.
static BASES: OnceLock<Comb> = OnceLock::new();

/// The sums of a key's negative.
pub(crate) fn comb(key: &Point) -> Comb {
    let [x, y, z, t] = key;
    let zero = [0; 9];
    let negated = [FIELD.subtract(&zero, x), *y, *z, FIELD.subtract(&zero, t)];
    Comb::of(add, NEUTRAL, &negated)
}

/// The key of 32 bytes, if it is one: on the curve, in the one encoding, not of
/// small order.
pub(crate) fn key(encoded: &[u8; 32]) -> Option<Point> {
    let is_odd = encoded[31] >> 7 == 1;
    let mut y = *encoded;
    y[31] &= 0x7f;
    y.reverse();
    let y = number(&y);
    if !FIELD.has(&y) {
        return None;
    }
    let y = FIELD.enter(&y);
    // x² = (y² - 1) / (d y² + 1) = u / v, whose root is u v³ (u v⁷)^((p - 5) / 8),
    // or that times the root of -1.
    let square = FIELD.multiply(&y, &y);
    let u = FIELD.subtract(&square, &ONE);
    let v = FIELD.add(&FIELD.multiply(&square, &D), &ONE);
    let v3 = FIELD.multiply(&FIELD.multiply(&v, &v), &v);
    let uv3 = FIELD.multiply(&u, &v3);
    let uv7 = FIELD.multiply(&FIELD.multiply(&uv3, &v3), &v);
    let mut x = FIELD.multiply(&uv3, &FIELD.power(&uv7, &ROOT_EXPONENT));
    let is_root = |x: &Number| FIELD.multiply(&FIELD.multiply(x, x), &v) == u;
    if !is_root(&x) {
        x = FIELD.multiply(&x, &ROOT);
        if !is_root(&x) {
            return None;
        }
    }
    if (FIELD.leave(&x)[0] & 1 == 1) != is_odd {
        x = FIELD.subtract(&[0; 9], &x);
    }
    let point = [x, y, ONE, FIELD.multiply(&x, &y)];
    // A root of 0 has no sign, and so an encoding too many; but its points, (0, 1)
    // and (0, -1), are of small order.
    (!is_small(&point)).then_some(point)
}

/// Whether `signature` over `message` is that of the key `encoded` is the
/// encoding of.
pub(crate) fn verifies(key: &Comb, encoded: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let Some((r, s)) = halves(signature) else {
        return false;
    };
    let mut s = s;
    s.reverse();
    if !ORDER.has(&number(&s)) {
        return false;
    }
    let digest = Sha512::new()
        .chain_update(r)
        .chain_update(encoded)
        .chain_update(message)
        .finalize();
    let Some((mut lower, mut upper)) = halves(&digest) else {
        return false;
    };
    lower.reverse();
    upper.reverse();
    let upper = ORDER.multiply(&UPPER, &ORDER.enter(&number(&upper)));
    let digest = ORDER.add(&ORDER.enter(&number(&lower)), &upper);
    let digest = bytes(&ORDER.leave(&digest));
    // s B = R + k A, so that R has to be s B + k (-A).
    let base = BASES.get_or_init(|| Comb::of(add, NEUTRAL, &BASE));
    let point = twice(add, NEUTRAL, (&s, base), (&digest, key));
    !is_small(&point) && encode(&point) == r
}

/// Both halves of 64 bytes.
fn halves(bytes: &[u8]) -> Option<([u8; 32], [u8; 32])> {
    let (first, second) = bytes.split_at_checked(32)?;
    Some((first.try_into().ok()?, second.try_into().ok()?))
}

/// The sum of two points: the unified formula of Hisil, Wong, Carter and Dawson
/// (2008), which is complete here because -1 is a square and d is none.
fn add(p: &Point, q: &Point) -> Point {
    let f = &FIELD;
    let [x1, y1, z1, t1] = p;
    let [x2, y2, z2, t2] = q;
    let a = f.multiply(&f.subtract(y1, x1), &f.subtract(y2, x2));
    let b = f.multiply(&f.add(y1, x1), &f.add(y2, x2));
    let c = f.multiply(&f.multiply(t1, &D2), t2);
    let d = f.multiply(z1, z2);
    let d = f.add(&d, &d);
    let (e, h) = (f.subtract(&b, &a), f.add(&b, &a));
    let (g, f2) = (f.add(&d, &c), f.subtract(&d, &c));
    [
        f.multiply(&e, &f2),
        f.multiply(&g, &h),
        f.multiply(&f2, &g),
        f.multiply(&e, &h),
    ]
}

/// Whether eight times a point is nothing.
fn is_small(point: &Point) -> bool {
    let mut point = *point;
    for _ in 0..3 {
        point = add(&point, &point);
    }
    let [x, y, z, _] = point;
    x == [0; 9] && y == z
}

fn encode(point: &Point) -> [u8; 32] {
    let [x, y, z, _] = point;
    let inverse = FIELD.inverse(z);
    let affine = |number| FIELD.leave(&FIELD.multiply(number, &inverse));
    let mut encoded = bytes(&affine(y));
    encoded.reverse();
    encoded[31] |= (affine(x)[0] as u8 & 1) << 7;
    encoded
}

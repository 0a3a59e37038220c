//! SM2 signatures (GB/T 32918.2-2016) over SM3 digests, on the curve that
//! GB/T 32918.5-2017 recommends: y² = x³ - 3x + b.

use std::sync::OnceLock;

use super::modulus::{Modulus, Number, Shape, bytes, hex, number};
use super::sm3::digest;
use super::{Comb, Point, twice};
use crate::algorithm::SM2_USER_ID;

const P: [u8; 32] = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
const A: [u8; 32] = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC");
const B: [u8; 32] = hex("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");
const N: [u8; 32] = hex("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");
const GX: [u8; 32] = hex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7");
const GY: [u8; 32] = hex("BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0");

static FIELD: Modulus = Modulus::new(&P, Shape::Sm2);
static ORDER: Modulus = Modulus::new(&N, Shape::Any);
const ONE: Number = FIELD.one();
const COEFFICIENT: Number = FIELD.enter(&number(&B));
/// The base point, in projective coordinates: x = X/Z, y = Y/Z. The fourth is
/// not used.
const BASE: Point = [
    FIELD.enter(&number(&GX)),
    FIELD.enter(&number(&GY)),
    ONE,
    [0; 9],
];
const NEUTRAL: Point = [[0; 9], ONE, [0; 9], [0; 9]];

/// The key of two coordinates, if they are a point of the curve.
pub(crate) fn key(x: &[u8; 32], y: &[u8; 32]) -> Option<Point> {
    let f = &FIELD;
    let (x, y) = (number(x), number(y));
    if !f.has(&x) || !f.has(&y) {
        return None;
    }
    let (x, y) = (f.enter(&x), f.enter(&y));
    let cube = f.multiply(&f.multiply(&x, &x), &x);
    let thrice = f.add(&f.add(&x, &x), &x);
    let right = f.add(&f.subtract(&cube, &thrice), &COEFFICIENT);
    (f.multiply(&y, &y) == right).then_some([x, y, ONE, [0; 9]])
}

/// Sums of the base point, made once.
static BASES: OnceLock<Comb> = OnceLock::new();

/// The sums of a key.
pub(crate) fn comb(key: &Point) -> Comb {
    Comb::of(add, NEUTRAL, key)
}

/// Whether `signature` over `message` is that of the key whose coordinates are
/// `x` and `y`.
pub(crate) fn verifies(
    key: &Comb,
    [x, y]: [&[u8; 32]; 2],
    message: &[u8],
    signature: &[u8],
) -> bool {
    let Some((r_bytes, s_bytes)) = signature.split_at_checked(32) else {
        return false;
    };
    let (Ok(r_bytes), Ok(s_bytes)) = (r_bytes.try_into(), s_bytes.try_into()) else {
        return false;
    };
    let (r, s) = (number(r_bytes), number(s_bytes));
    let is_scalar = |number: &Number| ORDER.has(number) && *number != [0; 9];
    if !is_scalar(&r) || !is_scalar(&s) {
        return false;
    }
    let t = ORDER.add(&r, &s);
    if t == [0; 9] {
        return false;
    }
    let base = BASES.get_or_init(|| Comb::of(add, NEUTRAL, &BASE));
    let [x1, _, z, _] = twice(add, NEUTRAL, (s_bytes, base), (&bytes(&t), key));
    if z == [0; 9] {
        return false;
    }
    let x1 = FIELD.leave(&FIELD.multiply(&x1, &FIELD.inverse(&z)));
    let e = number(&digest(&[&identity(x, y), message]));
    // Both are below 2^256, which is less than twice the order.
    r == ORDER.add(&ORDER.below(&e), &ORDER.below(&x1))
}

/// Z_A: who signs, on which curve.
fn identity(x: &[u8; 32], y: &[u8; 32]) -> [u8; 32] {
    let length = (SM2_USER_ID.len() as u16 * 8).to_be_bytes();
    digest(&[&length, SM2_USER_ID.as_bytes(), &A, &B, &GX, &GY, x, y])
}

/// The sum of two points: algorithm 4 of Renes, Costello and Batina (2016), which
/// is right for every two points of such a curve.
fn add(p: &Point, q: &Point) -> Point {
    let f = &FIELD;
    let [x1, y1, z1, _] = p;
    let [x2, y2, z2, _] = q;
    let three = |n: &Number| f.add(&f.add(n, n), n);
    let (xx, yy, zz) = (f.multiply(x1, x2), f.multiply(y1, y2), f.multiply(z1, z2));
    // Mixed products: (a1 + b1)(a2 + b2) - a1 a2 - b1 b2.
    let mixed = |a1, b1, a2, b2, aa, bb| {
        let all = f.multiply(&f.add(a1, b1), &f.add(a2, b2));
        f.subtract(&all, &f.add(aa, bb))
    };
    let xy = mixed(x1, y1, x2, y2, &xx, &yy);
    let yz = mixed(y1, z1, y2, z2, &yy, &zz);
    let xz = mixed(x1, z1, x2, z2, &xx, &zz);
    let c = three(&f.subtract(&xz, &f.multiply(&COEFFICIENT, &zz)));
    let (less, more) = (f.subtract(&yy, &c), f.add(&yy, &c));
    let zz3 = three(&zz);
    let bxz = f.multiply(&COEFFICIENT, &xz);
    let e = three(&f.subtract(&f.subtract(&bxz, &zz3), &xx));
    let g = f.subtract(&three(&xx), &zz3);
    [
        f.subtract(&f.multiply(&xy, &more), &f.multiply(&yz, &e)),
        f.add(&f.multiply(&more, &less), &f.multiply(&g, &e)),
        f.add(&f.multiply(&yz, &less), &f.multiply(&xy, &g)),
        [0; 9],
    ]
}

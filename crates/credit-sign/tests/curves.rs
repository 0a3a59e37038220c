//! Our arithmetic against that of the libraries that sign: what they accept and
//! refuse, ours does too. Native only, for speed; the published vectors of
//! `keys.rs` run in browsers too.
#![cfg(all(feature = "issue", not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    reason = "a test says with a panic that it failed"
)]

use credit_sign::algorithm::SM2_USER_ID;
use credit_sign::key::PublicKey;
use ed25519_dalek::Signer as _;
use sm2::dsa::signature::Verifier as _;

/// Order of the base point of Ed25519 (RFC 8032, 5.1).
const ORDER: &str = "1000000000000000000000000000000014DEF9DEA2F79CD65812631A5CF5D3ED";

/// Bytes without order, the same in every run.
struct Bytes(u64);

impl Bytes {
    fn next(&mut self) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u8
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next())
    }
}

fn hex(digits: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
}

/// Numbers at which arithmetic breaks: all bits, none, words of either, and what
/// lies beside the moduli.
fn edges(bytes: &mut Bytes) -> Vec<[u8; 32]> {
    let mut edges = vec![[0; 32], [0xff; 32]];
    for word in 0..8 {
        for fill in [0, 0xff] {
            let mut edge = [!fill; 32];
            edge[word * 4..word * 4 + 4].fill(fill);
            edges.push(edge);
        }
    }
    for modulus in [
        "7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFED",
        ORDER,
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF",
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123",
    ] {
        let modulus = hex(modulus);
        for last in -3_i8..=3 {
            let mut near = modulus;
            near[31] = near[31].wrapping_add_signed(last);
            edges.push(near);
        }
    }
    edges.extend((0..40).map(|_| bytes.array()));
    let reversed = edges.clone().into_iter().map(|mut edge| {
        edge.reverse();
        edge
    });
    edges.extend(reversed.collect::<Vec<_>>());
    edges
}

fn dalek(bytes: &[u8; 32]) -> Option<ed25519_dalek::VerifyingKey> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).ok()?;
    // A point has one encoding here, and dalek takes others too.
    let canonical = curve25519_dalek::edwards::CompressedEdwardsY(*bytes)
        .decompress()?
        .compress();
    (canonical.as_bytes() == bytes && !key.is_weak()).then_some(key)
}

#[test]
fn the_same_bytes_are_keys_of_ed25519() {
    let mut bytes = Bytes(1);
    let mut keys = 0;
    for encoded in edges(&mut bytes) {
        for top in [0, 0x80] {
            let mut encoded = encoded;
            encoded[31] ^= top;
            let (ours, theirs) = (PublicKey::ed25519(&encoded), dalek(&encoded));
            assert_eq!(ours.is_ok(), theirs.is_some(), "{encoded:02x?}");
            keys += usize::from(ours.is_ok());
        }
    }
    assert!(keys > 50, "{keys}");
}

#[test]
fn the_same_signatures_are_good_under_ed25519() {
    let mut bytes = Bytes(2);
    for round in 0..300 {
        let signing = ed25519_dalek::SigningKey::from_bytes(&bytes.array());
        let theirs = signing.verifying_key();
        let ours = PublicKey::ed25519(theirs.as_bytes()).unwrap();
        let message: Vec<u8> = (0..round).map(|_| bytes.next()).collect();
        let signature = signing.sign(&message).to_bytes();
        assert!(ours.verifies(&message, &signature));
        let mut near = signature;
        near[usize::from(bytes.next()) % 64] ^= 1 << (bytes.next() % 8);
        assert!(!ours.verifies(&message, &near));
        // Signatures put together of edges.
        if round < 20 {
            for edge in edges(&mut bytes) {
                for half in [0, 32] {
                    let mut near = signature;
                    near[half..half + 32].copy_from_slice(&edge);
                    let as_theirs = ed25519_dalek::Signature::from_bytes(&near);
                    assert_eq!(
                        ours.verifies(&message, &near),
                        theirs.verify_strict(&message, &as_theirs).is_ok(),
                    );
                }
            }
        }
        // The same number, but for a multiple of the order.
        let mut carry = 0_u16;
        let mut malleable = signature;
        for (byte, more) in malleable[32..].iter_mut().zip(hex(ORDER).into_iter().rev()) {
            carry += u16::from(*byte) + u16::from(more);
            *byte = (carry & 0xff) as u8;
            carry >>= 8;
        }
        assert!(!ours.verifies(&message, &malleable));
    }
}

#[test]
fn the_same_coordinates_are_keys_of_sm2() {
    let mut bytes = Bytes(3);
    let edges = edges(&mut bytes);
    let known = sm2::dsa::SigningKey::from_slice(SM2_USER_ID, &[7; 32]).unwrap();
    let known = known.verifying_key().to_sec1_bytes();
    let (x, y): ([u8; 32], [u8; 32]) = (
        known[1..33].try_into().unwrap(),
        known[33..].try_into().unwrap(),
    );
    for edge in &edges {
        for (x, y) in [(edge, &y), (&x, edge), (edge, edge)] {
            let point = [&[4][..], x, y].concat();
            let theirs = sm2::dsa::VerifyingKey::from_sec1_bytes(SM2_USER_ID, &point);
            assert_eq!(PublicKey::sm2(x, y).is_ok(), theirs.is_ok());
        }
    }
    assert!(PublicKey::sm2(&x, &y).is_ok());
}

#[test]
fn the_same_signatures_are_good_under_sm2() {
    let mut bytes = Bytes(4);
    for round in 0..300 {
        let Ok(signing) = sm2::dsa::SigningKey::from_slice(SM2_USER_ID, &bytes.array::<32>())
        else {
            continue;
        };
        let theirs = signing.verifying_key();
        let point = theirs.to_sec1_bytes();
        let coordinate = |from: usize| point[from..from + 32].try_into().unwrap();
        let ours = PublicKey::sm2(coordinate(1), coordinate(33)).unwrap();
        let message: Vec<u8> = (0..round).map(|_| bytes.next()).collect();
        let signature = sm2::dsa::signature::Signer::try_sign(&signing, &message).unwrap();
        let signature: [u8; 64] = signature.to_bytes().into();
        assert!(ours.verifies(&message, &signature));
        let mut near = signature;
        near[usize::from(bytes.next()) % 64] ^= 1 << (bytes.next() % 8);
        assert!(!ours.verifies(&message, &near));
        if round < 20 {
            for edge in edges(&mut bytes) {
                for half in [0, 32] {
                    let mut near = signature;
                    near[half..half + 32].copy_from_slice(&edge);
                    let good = sm2::dsa::Signature::from_slice(&near)
                        .is_ok_and(|near| theirs.verify(&message, &near).is_ok());
                    assert_eq!(ours.verifies(&message, &near), good);
                }
            }
        }
    }
}

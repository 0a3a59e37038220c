//! Keys and signatures as others published them, and those that are none.
#![cfg(feature = "issue")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use base64ct::{Base64UrlUnpadded, Encoding};
use credit_core::json;
use credit_sign::algorithm::Algorithm;
use credit_sign::issue::Signer;
use credit_sign::key::{KeyError, PublicKey};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// RFC 8037, appendix A: key, thumbprint, and the signature of its example.
const RFC_8037_D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const RFC_8037_X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const RFC_8037_KID: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
const RFC_8037_INPUT: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
const RFC_8037_SIGNATURE: &str =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

/// GB/T 32918.5-2017, annex A: the recommended curve, the user id that we use.
const GB_32918_D: &str = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
const GB_32918_X: &str = "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020";
const GB_32918_Y: &str = "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
const GB_32918_R: &str = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3";
const GB_32918_S: &str = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";
const GB_32918_MESSAGE: &[u8] = b"message digest";

/// Order of the group of SM2 (GB/T 32918.5).
const SM2_ORDER: &str = "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123";

fn hex(text: &str) -> [u8; 32] {
    let byte = |index: usize| u8::from_str_radix(&text[2 * index..2 * index + 2], 16).unwrap();
    std::array::from_fn(byte)
}

fn base64(text: &str) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text).unwrap()
}

fn gb_32918_key() -> PublicKey {
    PublicKey::sm2(&hex(GB_32918_X), &hex(GB_32918_Y)).unwrap()
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_example_of_rfc_8037_is_ours_too() {
    let secret = base64(RFC_8037_D).try_into().unwrap();
    let signer = Signer::new(Algorithm::EdDsa, &secret).unwrap();
    let key = signer.public();
    assert_eq!(key.to_jwk().str_of("x"), Some(RFC_8037_X));
    assert_eq!(key.thumbprint().to_string(), RFC_8037_KID);
    assert!(key.verifies(RFC_8037_INPUT.as_bytes(), &base64(RFC_8037_SIGNATURE)));
    assert!(!key.verifies(b"another", &base64(RFC_8037_SIGNATURE)));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_example_of_gb_32918_is_ours_too() {
    let signer = Signer::new(Algorithm::Sm2Sm3, &hex(GB_32918_D)).unwrap();
    let key = gb_32918_key();
    assert_eq!(signer.public(), &key);
    let signature = [hex(GB_32918_R), hex(GB_32918_S)].concat();
    assert!(key.verifies(GB_32918_MESSAGE, &signature));
    assert!(!key.verifies(b"message digesT", &signature));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_key_reads_as_it_was_written() {
    for algorithm in Algorithm::ALL {
        let signer = Signer::new(algorithm, &[7; 32]).unwrap();
        let written = signer.public().to_jwk().to_string();
        let jwk = json::parse(&written).unwrap();
        assert_eq!(&PublicKey::from_jwk(&jwk).unwrap(), signer.public());
        for (from, to, error) in [
            ("\"alg\":\"", "\"alg\":\"x", KeyError::Kind),
            ("\"crv\":\"", "\"crv\":\"x", KeyError::Kind),
            ("\"use\":", "\"d\":\"AA\",\"use\":", KeyError::Kind),
            ("\"x\":\"", "\"x\":\"AA", KeyError::Encoding),
            ("\"x\":", "\"z\":", KeyError::Encoding),
            ("\"kid\":\"", "\"kid\":\"A", KeyError::Kid),
        ] {
            let changed = json::parse(&written.replacen(from, to, 1)).unwrap();
            assert_eq!(
                PublicKey::from_jwk(&changed),
                Err(error),
                "{algorithm} {to}"
            );
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn what_is_no_point_of_the_curve_is_no_key() {
    let mut low_order = vec![[0; 32]];
    // The points of order 1, 2 and 8, and encodings of the first with a y that
    // is not reduced: libraries differ in whether they take them.
    for text in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0100000000000000000000000000000000000000000000000000000000000080",
    ] {
        low_order.push(hex(text));
    }
    for bytes in low_order {
        assert_eq!(
            PublicKey::ed25519(&bytes),
            Err(KeyError::Point),
            "{bytes:?}"
        );
    }
    let mut off = hex(GB_32918_Y);
    off[31] ^= 1;
    let (x, y, prime) = (hex(GB_32918_X), hex(GB_32918_Y), [0xff; 32]);
    for (x, y) in [(x, off), (y, x), ([0; 32], [0; 32]), (prime, y)] {
        assert_eq!(PublicKey::sm2(&x, &y), Err(KeyError::Point));
    }
    for secret in [[0; 32], [0xff; 32], hex(SM2_ORDER)] {
        assert!(Signer::new(Algorithm::Sm2Sm3, &secret).is_err());
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_signature_has_one_encoding() {
    let ed25519: [u8; 32] = base64(RFC_8037_X).try_into().unwrap();
    let ed25519 = PublicKey::ed25519(&ed25519).unwrap();
    let mut signature = base64(RFC_8037_SIGNATURE);
    // s plus the order of the group is the same number to who does not look.
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        *byte = u8::try_from(sum & 0xff).unwrap();
        carry = sum >> 8;
    }
    assert!(!ed25519.verifies(RFC_8037_INPUT.as_bytes(), &signature));

    let sm2 = gb_32918_key();
    let (r, s, order) = (hex(GB_32918_R), hex(GB_32918_S), hex(SM2_ORDER));
    let (zero, most) = ([0; 32], [0xff; 32]);
    for parts in [
        [zero, s],
        [r, zero],
        [order, s],
        [r, order],
        [most, s],
        [r, most],
        [s, r],
        [zero, zero],
    ] {
        assert!(!sm2.verifies(GB_32918_MESSAGE, &parts.concat()));
    }
    let good = [r, s].concat();
    for (key, message) in [
        (&ed25519, RFC_8037_INPUT.as_bytes()),
        (&sm2, GB_32918_MESSAGE),
    ] {
        for wrong in [&[][..], &good[..63], &[&good[..], &[0]].concat()] {
            assert!(!key.verifies(message, wrong));
        }
    }
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn the_same_document_is_the_same_bytes() {
    let payload = json::parse(r#"{"a":1}"#).unwrap();
    for algorithm in Algorithm::ALL {
        let signer = Signer::new(algorithm, &[7; 32]).unwrap();
        assert_eq!(signer.sign("t", &payload), signer.sign("t", &payload));
    }
}

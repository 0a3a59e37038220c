//! Documents that are nearly ours. Native only: tens of thousands of verdicts
//! without optimisation take a browser minutes.
#![cfg(all(feature = "issue", not(target_arch = "wasm32")))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

mod office;

use credit_core::json::Value;
use credit_core::trust::Trust;
use credit_sign::algorithm::Algorithm;

use office::{NOW, Office, Parts, judge};

/// Every byte of every document, each changed to another character of its
/// alphabet and to one outside: never verified.
#[test]
fn no_changed_byte_is_ever_verified() {
    for algorithm in Algorithm::ALL {
        no_changed_byte_under(algorithm);
    }
}

fn no_changed_byte_under(algorithm: Algorithm) {
    let office = Office::with(algorithm, 1);
    let (token, keys, roots) = (office.token(), office.keys(), office.roots());
    let status = office.status(&[]);
    for (which, document) in [&token, &keys, &status].into_iter().enumerate() {
        for index in 0..document.len() {
            for replacement in ["A", "B", ".", "=", "\u{7f}", ""] {
                let mut changed = document.clone();
                changed.replace_range(index..=index, replacement);
                if changed == *document {
                    continue;
                }
                let verdict = judge(
                    if which == 0 { &changed } else { &token },
                    Ok(if which == 1 { &changed } else { &keys }),
                    &roots,
                    Ok(if which == 2 { &changed } else { &status }),
                    NOW,
                );
                let expected = if which == 2 {
                    Trust::Unverified
                } else {
                    Trust::Invalid
                };
                assert_eq!(verdict.trust, expected, "document {which}, byte {index}");
            }
        }
    }
}

/// Numbers without order, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Changes something somewhere in `value`.
    fn mutate(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) if !members.is_empty() && self.below(8) > 0 => {
                let index = self.below(members.len());
                match self.below(7) {
                    0 => drop(members.remove(index)),
                    1 => {
                        let double = members[index].clone();
                        members.push(double);
                    }
                    2 => members[index].0.push('x'),
                    3 => {
                        let other = self.below(members.len());
                        let (name, of) = (members[other].0.clone(), members[index].1.clone());
                        members[other] = (name, of);
                        members[index].1 = Value::Null;
                    }
                    _ => self.mutate(&mut members[index].1),
                }
            }
            Value::Array(items) if !items.is_empty() && self.below(8) > 0 => {
                let index = self.below(items.len());
                match self.below(4) {
                    0 => drop(items.remove(index)),
                    1 => items.push(items[index].clone()),
                    _ => self.mutate(&mut items[index]),
                }
            }
            Value::Int(number) if self.below(2) == 0 => *number = number.wrapping_add(86_400),
            Value::String(text) if self.below(2) == 0 => match self.below(3) {
                0 => text.push('0'),
                1 => drop(text.pop()),
                _ => text.insert(0, ' '),
            },
            other => {
                *other = match self.below(6) {
                    0 => Value::Null,
                    1 => Value::Bool(true),
                    2 => Value::Int(i64::MAX),
                    3 => Value::text(""),
                    4 => Value::Array(vec![other.clone()]),
                    _ => Value::object([("x", Some(other.clone()))]),
                }
            }
        }
    }
}

/// Ten thousand documents that are nearly ours: never verified, never a panic.
#[test]
fn no_document_put_together_otherwise_is_ever_verified() {
    for algorithm in Algorithm::ALL {
        let (office, stranger) = (Office::with(algorithm, 1), Office::with(algorithm, 100));
        let other = Algorithm::ALL.into_iter().find(|other| *other != algorithm);
        let other = Office::with(other.unwrap(), 1);
        let originals = [office.token(), office.keys(), office.status(&[])];
        let roots = office.roots();
        let foreign = [
            office.pass(),
            stranger.token(),
            stranger.keys(),
            other.token(),
        ];
        let mut numbers = Numbers(42);
        let mut seen = 0;
        while seen < 5_000 {
            let which = numbers.below(3);
            let mut parts = Parts::of(&originals[which]);
            let strange = Parts::of(&foreign[numbers.below(foreign.len())]);
            match numbers.below(8) {
                0 => parts.signature = strange.signature,
                1 => parts.header = strange.header,
                2 => numbers.mutate(&mut parts.header),
                3 => {
                    let bit = numbers.below(parts.signature.len() * 8);
                    parts.signature[bit / 8] ^= 1 << (bit % 8);
                }
                _ => numbers.mutate(&mut parts.payload),
            }
            let changed = parts.token();
            if changed == originals[which] {
                continue;
            }
            seen += 1;
            let mut documents = originals.each_ref().map(String::as_str);
            documents[which] = &changed;
            let [token, keys, status] = documents;
            let verdict = judge(token, Ok(keys), &roots, Ok(status), NOW);
            assert_ne!(verdict.trust, Trust::Verified, "{which}: {changed}");
        }
    }
}

//! 报告编号 and 分享码: numbers that say what they are of. A server keeps no list
//! of what it issued: a number holds the subject's number and a digest under a
//! key that signs nothing else, so that every server of an office can tell its
//! own, and nobody can make one up.

use credit_core::date::{Date, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sm3::Sm3;
use zeroize::Zeroizing;

use crate::keys::{KeyFolder, KeysError, Passphrase};

/// Name of the key's file.
const FILE: &str = "numbers";

/// What people read without mixing anything up: that of 统一社会信用代码.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Bits of a subject's number: more subjects than the country has.
const SUBJECT_BITS: u32 = 28;

/// Bits of the digest in a number. A number is typed by people, and asked about
/// at most as often as the rate limit allows: two thousand million tries hit one.
const NUMBER_DIGEST_BITS: u32 = 31;

/// Characters behind the time: 31^12 is more than 2^59.
const NUMBER_TAIL: usize = 12;

/// Bits of the digest in a share, which is clicked and not typed.
const SHARE_DIGEST_BITS: u32 = 64;

/// Characters of a share: 31^23 is more than 2^(28 + 4 + 16 + 64).
const SHARE_LENGTH: usize = 23;

/// Makes and reads numbers.
pub struct Numbers(Zeroizing<[u8; 32]>);

/// What a share says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The subject's number.
    pub subject: u64,
    /// Place of the purpose in the table of purposes.
    pub purpose: usize,
    /// Last day.
    pub until: Date,
}

impl Numbers {
    /// Reads the key in `folder`, or makes one where `may_create`.
    ///
    /// # Errors
    /// [`KeysError`]
    pub fn open(
        folder: &KeyFolder,
        passphrase: &Passphrase,
        may_create: bool,
    ) -> Result<Self, KeysError> {
        Ok(Self(folder.secret(FILE, passphrase, may_create)?))
    }

    /// The number of the report about a subject of the moment `issued`: fourteen
    /// digits of time as the national report has them, and a tail.
    #[must_use]
    pub fn report(&self, subject: u64, issued: Timestamp) -> String {
        let moment = digits(issued);
        let subject = u128::from(subject) & mask(SUBJECT_BITS);
        let digest = self.digest(&format!("report {moment} {subject}"), NUMBER_DIGEST_BITS);
        let tail = written(subject << NUMBER_DIGEST_BITS | digest, NUMBER_TAIL);
        format!("{moment}-{}-{}-{}", &tail[..4], &tail[4..8], &tail[8..])
    }

    /// The subject's number and the moment of a report's number, if it is one of
    /// ours. Hyphens and spaces are not looked at.
    #[must_use]
    pub fn read_report(&self, number: &str) -> Option<(u64, Timestamp)> {
        let plain: String = number
            .chars()
            .filter(|character| !matches!(character, '-' | ' '))
            .map(|character| character.to_ascii_uppercase())
            .collect();
        let (moment, tail) = plain.split_at_checked(14)?;
        let value = read(tail, NUMBER_TAIL)?;
        let subject = u64::try_from(value >> NUMBER_DIGEST_BITS).ok()?;
        let part = |from: usize, to: usize| moment.get(from..to);
        let text = format!(
            "{}-{}-{}T{}:{}:{}+08:00",
            part(0, 4)?,
            part(4, 6)?,
            part(6, 8)?,
            part(8, 10)?,
            part(10, 12)?,
            part(12, 14)?
        );
        let issued: Timestamp = text.parse().ok()?;
        let again: String = self.report(subject, issued);
        (again.replace('-', "") == plain).then_some((subject, issued))
    }

    /// The code of a share.
    #[must_use]
    pub fn share(&self, share: &Share) -> String {
        let days = share.until.midnight_in_china().unix().div_euclid(86_400);
        let days = u128::try_from(days).unwrap_or_default() & mask(16);
        let purpose = u128::try_from(share.purpose).unwrap_or_default() & mask(4);
        let subject = u128::from(share.subject) & mask(SUBJECT_BITS);
        let value = (subject << 4 | purpose) << 16 | days;
        let digest = self.digest(&format!("share {value}"), SHARE_DIGEST_BITS);
        written(value << SHARE_DIGEST_BITS | digest, SHARE_LENGTH)
    }

    /// What a share says, if it is one of ours.
    #[must_use]
    pub fn read_share(&self, code: &str) -> Option<Share> {
        let value = read(code, SHARE_LENGTH)? >> SHARE_DIGEST_BITS;
        let seconds = i64::try_from(value & mask(16)).ok()?.checked_mul(86_400)?;
        let share = Share {
            subject: u64::try_from(value >> 20).ok()?,
            purpose: usize::try_from(value >> 16 & mask(4)).ok()?,
            // A day in China begins on the evening before in UTC.
            until: Timestamp::from_unix(seconds + 86_399).date_in_china(),
        };
        (self.share(&share) == code).then_some(share)
    }

    fn digest(&self, of: &str, bits: u32) -> u128 {
        // A key of any length is taken, so that this cannot fail.
        let Ok(mut mac) = Hmac::<Sm3>::new_from_slice(self.0.as_ref()) else {
            return 0;
        };
        mac.update(of.as_bytes());
        let digest = mac.finalize().into_bytes();
        let mut digest = digest.iter().take(16).map(|byte| u128::from(*byte));
        digest.by_ref().fold(0, |sum, byte| sum << 8 | byte) & mask(bits)
    }
}

fn mask(bits: u32) -> u128 {
    (1 << bits) - 1
}

/// `YYYYMMDDhhmmss` in China.
fn digits(moment: Timestamp) -> String {
    let text = moment.to_string();
    let digits = text.chars().filter(char::is_ascii_digit);
    digits.take(14).collect()
}

fn written(mut value: u128, length: usize) -> String {
    let mut characters = vec!['0'; length];
    for place in characters.iter_mut().rev() {
        *place = char::from(ALPHABET[usize::try_from(value % 31).unwrap_or_default()]);
        value /= 31;
    }
    characters.into_iter().collect()
}

fn read(text: &str, length: usize) -> Option<u128> {
    if text.len() != length {
        return None;
    }
    let mut value = 0_u128;
    for byte in text.bytes() {
        let place = ALPHABET.iter().position(|known| *known == byte)?;
        value = value
            .checked_mul(31)?
            .checked_add(u128::try_from(place).ok()?)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(key: u8) -> Numbers {
        Numbers(Zeroizing::new([key; 32]))
    }

    #[test]
    fn a_number_says_what_it_is_of_and_no_other_does() {
        let ours = numbers(1);
        let issued: Timestamp = "2026-11-26T10:30:00+08:00".parse().unwrap();
        for subject in [1, 2, 3_000_000, (1 << 28) - 1] {
            let number = ours.report(subject, issued);
            assert!(number.starts_with("20261126103000-"), "{number}");
            assert_eq!(ours.read_report(&number), Some((subject, issued)));
            let typed = number.to_lowercase().replace('-', " ");
            assert_eq!(ours.read_report(&typed), Some((subject, issued)));
            assert_eq!(numbers(2).read_report(&number), None);
            for place in 0..number.len() {
                for other in ['0', '7', 'K', 'I', '中'] {
                    let mut changed = number.clone();
                    changed.replace_range(place..=place, &other.to_string());
                    if changed.replace('-', "") != number.replace('-', "") {
                        assert_eq!(ours.read_report(&changed), None, "{changed}");
                    }
                }
            }
        }
        assert_eq!(ours.read_report(""), None);
        assert_eq!(ours.read_report(&"9".repeat(26)), None);
    }

    #[test]
    fn a_share_says_what_it_is_of_and_no_other_does() {
        let ours = numbers(1);
        for (subject, purpose, until) in [
            (1, 0, "2026-11-26"),
            (3_000_000, 6, "2027-12-31"),
            ((1 << 28) - 1, 15, "2099-01-01"),
        ] {
            let share = Share {
                subject,
                purpose,
                until: until.parse().unwrap(),
            };
            let code = ours.share(&share);
            assert_eq!(code.len(), SHARE_LENGTH);
            assert_eq!(ours.read_share(&code), Some(share));
            assert_eq!(numbers(2).read_share(&code), None);
            for place in 0..code.len() {
                let mut changed = code.clone();
                let other = if &code[place..=place] == "7" {
                    "8"
                } else {
                    "7"
                };
                changed.replace_range(place..=place, other);
                assert_eq!(ours.read_share(&changed), None, "{changed}");
            }
        }
    }
}

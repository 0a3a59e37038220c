//! 签发: what this server signs.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use credit_api::path;
use credit_badge::labels;
use credit_core::card::{Card, Issuer, StatusEntry};
use credit_core::date::{Date, Timestamp};
use credit_core::identifier::SubjectCode;
use credit_core::json::Value;
use credit_core::lang::Lang;
use credit_core::limits::{
    CARD_GRACE_SECONDS, CARD_WINDOW_SECONDS, PASS_MONTHS, STATUS_LIST_BITS, STATUS_TTL_SECONDS,
};
use credit_core::pass::Pass;
use credit_core::record::Record;
use credit_core::report::{Line, Report};
use credit_core::rules::{chapters, highlights, notes};
use credit_core::subject::Subject;
use credit_sign::algorithm::Algorithm;
use credit_sign::issue::{StatusBits, StatusFacts, status_list, window};
use credit_sign::jws::{TYP_CREDENTIAL, TYP_PASS};
use credit_sign::keyset::Purpose;

use crate::keys::Keys;
use crate::numbers::{Numbers, Share};
use crate::store::{Revocation, StoredSubject};

/// The issuing office of this server.
pub struct IssuingOffice {
    keys: RwLock<Arc<Keys>>,
    numbers: Numbers,
    revoked: RwLock<Arc<Revoked>>,
    issuer: Issuer,
    algorithm: Algorithm,
}

/// 分享: what a report was asked for, and until when it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// 用途
    pub purpose: &'static str,
    /// Last day.
    pub until: Date,
}

/// How long a report is good, in seconds: as long as a card at its longest.
const REPORT_SECONDS: i64 = CARD_WINDOW_SECONDS + CARD_GRACE_SECONDS;

/// What is revoked.
#[derive(Default)]
struct Revoked {
    /// The edition of the records that it was read with.
    edition: Option<u64>,
    /// Numbers in the status lists.
    numbers: Vec<u64>,
    /// The number that stands for a subject now.
    current: HashMap<SubjectCode, u64>,
    /// When each number of a subject was revoked, in order.
    past: HashMap<SubjectCode, Vec<(Timestamp, u64)>>,
}

/// Nothing can be signed under an algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey(pub Algorithm);

impl IssuingOffice {
    /// The office `name` at `public_url`, which has no slash at its end; its
    /// cards are signed under `algorithm` where nobody asks for another.
    #[must_use]
    pub fn new(
        (keys, numbers): (Keys, Numbers),
        public_url: String,
        name: String,
        algorithm: Algorithm,
    ) -> Self {
        Self {
            keys: RwLock::new(Arc::new(keys)),
            numbers,
            revoked: RwLock::default(),
            issuer: Issuer {
                id: public_url,
                name,
            },
            algorithm,
        }
    }

    /// Who signs.
    #[must_use]
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The algorithm of cards where nobody asks for another.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The keys of now.
    #[must_use]
    pub fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Signs with other keys from now on.
    pub fn take_keys(&self, keys: Keys) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// The edition of the records that what is revoked was read with.
    #[must_use]
    pub fn revoked_edition(&self) -> Option<u64> {
        self.revoked().edition
    }

    /// Takes what is revoked, as it was read with an edition of the records.
    pub fn take_revocations(&self, edition: u64, revocations: &[Revocation]) {
        let mut past: HashMap<SubjectCode, Vec<(Timestamp, u64)>> = HashMap::new();
        for one in revocations {
            past.entry(one.code).or_default().push((one.at, one.number));
        }
        let revoked = Revoked {
            past,
            edition: Some(edition),
            numbers: revocations.iter().map(|one| one.number).collect(),
            // The latest is the last.
            current: revocations.iter().map(|one| (one.code, one.next)).collect(),
        };
        *self.revoked.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(revoked);
    }

    fn revoked(&self) -> Arc<Revoked> {
        Arc::clone(&self.revoked.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Thumbprint of the root, as widgets pin it.
    #[must_use]
    pub fn root(&self) -> String {
        self.keys().root.to_string()
    }

    /// The signed card of a subject with these `records`, the same bytes all
    /// through its window, and until when it is what would be signed.
    ///
    /// # Errors
    /// [`NoKey`] for an algorithm that this server has no key for.
    pub fn card(
        &self,
        stored: &StoredSubject,
        records: &[Record],
        algorithm: Algorithm,
        now: Timestamp,
    ) -> Result<(String, Timestamp), NoKey> {
        let keys = self.keys();
        let signer = keys.signer(Purpose::Card, algorithm, now);
        let signer = signer.ok_or(NoKey(algorithm))?;
        let subject = &stored.subject;
        let window = window(&subject.code, now);
        let status = self.status_entry(stored);
        let facts = highlights(records, now.date_in_china());
        let card = Card::of(subject, facts, self.issuer.clone(), window, status);
        let token = signer.sign(TYP_CREDENTIAL, &card.to_json());
        let end = window.0.plus(CARD_WINDOW_SECONDS).min(card.valid_until);
        let until = keys.next_begin(now).filter(|begin| *begin < end);
        Ok((token, until.unwrap_or(end)))
    }

    /// The signed pass of a subject, the same bytes all through a month.
    ///
    /// # Errors
    /// [`NoKey`]
    pub fn pass(&self, stored: &StoredSubject, now: Timestamp) -> Result<String, NoKey> {
        let keys = self.keys();
        let signer = keys.signer(Purpose::Card, Algorithm::EdDsa, now);
        let signer = signer.ok_or(NoKey(Algorithm::EdDsa))?;
        let first = now.date_in_china().month_begin();
        let last = first.plus_months(PASS_MONTHS).unwrap_or(first);
        let key = signer.public().thumbprint();
        // Nothing outlives the key that it is signed with.
        let end = keys
            .key_set
            .key(key, Purpose::Card)
            .map(|entry| entry.until);
        let end = end.filter(|end| *end < last.midnight_in_china());
        let pass = Pass {
            issuer: self.issuer.clone(),
            code: stored.subject.code,
            name: stored.subject.name.clone(),
            report: None,
            issued: first.midnight_in_china(),
            valid_until: end.unwrap_or(last.midnight_in_china()),
            status_entry: self.status_entry(stored),
        };
        Ok(signer.sign(TYP_PASS, &pass.to_json()))
    }

    /// The signed report about a subject with these `records`, which stand in the
    /// order in which they are to be read; the same bytes all through a minute.
    ///
    /// # Errors
    /// [`NoKey`]
    pub fn report(
        &self,
        stored: &StoredSubject,
        records: &[Record],
        lang: Lang,
        occasion: Option<&Occasion>,
        now: Timestamp,
    ) -> Result<String, NoKey> {
        let keys = self.keys();
        let signer = keys.signer(Purpose::Card, self.algorithm, now);
        let signer = signer.ok_or(NoKey(self.algorithm))?;
        let subject = &stored.subject;
        let issued = now.plus(-now.unix().rem_euclid(60));
        let (chapters, advice, first_end) = chapters(records, now.date_in_china(), lang);
        let ends = [first_end, occasion.map(|occasion| occasion.until)];
        let ends = ends.into_iter().flatten();
        let ends = ends.filter_map(|day| day.plus_days(1).map(Date::midnight_in_china));
        let longest = issued.plus(REPORT_SECONDS);
        let report = Report {
            head: Pass {
                report: Some(self.numbers.report(stored.number, issued)),
                issuer: self.issuer.clone(),
                code: subject.code,
                name: subject.name.clone(),
                issued,
                valid_until: ends.min().map_or(longest, |end| end.min(longest)),
                status_entry: self.status_entry(stored),
            },
            purpose: occasion.map(|occasion| occasion.purpose.to_owned()),
            registration: registration(subject, lang),
            chapters,
            advice,
            notes: notes(lang),
        };
        Ok(signer.sign(TYP_CREDENTIAL, &report.to_json()))
    }

    /// The pass of the report about a subject of the moment `issued`.
    ///
    /// # Errors
    /// [`NoKey`]
    pub fn report_pass(
        &self,
        stored: &StoredSubject,
        issued: Timestamp,
        now: Timestamp,
    ) -> Result<String, NoKey> {
        let keys = self.keys();
        let signer = keys.signer(Purpose::Card, Algorithm::EdDsa, now);
        let signer = signer.ok_or(NoKey(Algorithm::EdDsa))?;
        let pass = Pass {
            issuer: self.issuer.clone(),
            code: stored.subject.code,
            name: stored.subject.name.clone(),
            report: Some(self.numbers.report(stored.number, issued)),
            issued,
            valid_until: issued.plus(REPORT_SECONDS),
            status_entry: self.status_entry_of(stored, issued),
        };
        Ok(signer.sign(TYP_PASS, &pass.to_json()))
    }

    /// The subject's number and the moment of a report's number, if it is ours.
    #[must_use]
    pub fn read_report(&self, number: &str) -> Option<(u64, Timestamp)> {
        self.numbers.read_report(number)
    }

    /// The code of a share.
    #[must_use]
    pub fn share(&self, share: &Share) -> String {
        self.numbers.share(share)
    }

    /// What a share says, if it is ours.
    #[must_use]
    pub fn read_share(&self, code: &str) -> Option<Share> {
        self.numbers.read_share(code)
    }

    /// The address that a pass is opened with: the page never sees what stands
    /// behind `#`.
    #[must_use]
    pub fn verify_address(&self, pass: &str) -> String {
        format!("{}{}#{pass}", self.issuer.id, path::VERIFY)
    }

    /// Where it is told whether what is signed of a subject is revoked.
    fn status_entry(&self, stored: &StoredSubject) -> StatusEntry {
        let number = self.revoked().current.get(&stored.subject.code).copied();
        self.place(number.unwrap_or(stored.number))
    }

    /// The same for what was signed at `issued`: under the number of then.
    fn status_entry_of(&self, stored: &StoredSubject, issued: Timestamp) -> StatusEntry {
        let revoked = self.revoked();
        let past = revoked.past.get(&stored.subject.code);
        let mut past = past.into_iter().flatten();
        match past.find(|(at, _)| issued <= *at) {
            Some((_, number)) => self.place(*number),
            None => self.status_entry(stored),
        }
    }

    /// A subject's number as a place in a list.
    fn place(&self, number: u64) -> StatusEntry {
        // Lists are numbered from 1, subjects too.
        let position = number.saturating_sub(1);
        StatusEntry {
            list: self.list_address(position / STATUS_LIST_BITS + 1),
            index: position % STATUS_LIST_BITS,
        }
    }

    /// Status list number `list`. Made anew twice in its lifetime, so that a
    /// copy at hand is never older than that.
    ///
    /// # Errors
    /// [`NoKey`]
    pub fn status_list(&self, list: u64, now: Timestamp) -> Result<String, NoKey> {
        let keys = self.keys();
        let signer = keys.signer(Purpose::Status, Algorithm::EdDsa, now);
        let period = STATUS_TTL_SECONDS / 2;
        let mut bits = StatusBits::empty();
        for number in &self.revoked().numbers {
            let position = number.saturating_sub(1);
            if position / STATUS_LIST_BITS + 1 == list {
                bits.revoke(position % STATUS_LIST_BITS);
            }
        }
        let facts = StatusFacts {
            issuer: &self.issuer,
            address: &self.list_address(list),
            bits: &bits,
            key_set: keys.key_set.version,
            made: Timestamp::from_unix(now.unix() - now.unix().rem_euclid(period)),
        };
        let signer = signer.ok_or(NoKey(Algorithm::EdDsa))?;
        Ok(status_list(signer, &facts))
    }

    /// The public keys for JOSE libraries.
    #[must_use]
    pub fn jwks(&self) -> Value {
        let keys = self.keys();
        let keys = keys.key_set.keys.iter();
        let keys = keys.map(|entry| entry.key.to_jwk()).collect();
        Value::object([("keys", Some(Value::Array(keys)))])
    }

    fn list_address(&self, list: u64) -> String {
        format!("{}{}", self.issuer.id, path::status(list))
    }
}

/// What is registered, as far as the source says it.
fn registration(subject: &Subject, lang: Lang) -> Vec<Line> {
    let facts = labels::registered(subject, lang).into_iter();
    let lines = facts.map(|(label, value)| Line {
        label: label.in_lang(lang).to_owned(),
        value,
    });
    let source = [&subject.source.unit, " ", &subject.source.as_of.text()].concat();
    lines
        .chain([Line {
            label: labels::SOURCE.in_lang(lang).to_owned(),
            value: source,
        }])
        .collect()
}

impl fmt::Display for NoKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this server has no key for {}", self.0)
    }
}

impl std::error::Error for NoKey {}

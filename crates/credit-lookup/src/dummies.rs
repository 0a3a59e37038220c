//! 测试代码: what a server with `--demo-codes` answers for the dummy codes.

use std::time::Duration;

use credit_api::path;
use credit_core::card::{Card, Fact, FactKind, Issuer, StatusEntry};
use credit_core::date::{Date, Timestamp};
use credit_core::dummy::Dummy;
use credit_core::identifier::SubjectCode;
use credit_core::limits::{CARD_GRACE_SECONDS, CARD_WINDOW_SECONDS, STATUS_TTL_SECONDS};
use credit_core::pass::Pass;
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_sign::dummy;
use credit_sign::issue::{Signer, StatusBits, StatusFacts, status_list, window};
use credit_sign::jws::{TYP_CREDENTIAL, TYP_PASS};
use credit_sign::key::KeyError;

/// How late a slow answer comes: late enough to see the waiting, early enough for
/// every timeout.
pub const SLOW: Duration = Duration::from_secs(4);

/// When the expired card was issued.
const LONG_AGO: &str = "2024-01-01T00:00:00+08:00";

/// The bit of the card that is revoked.
const REVOKED: u64 = 1;

/// What signs for them, and in whose name.
pub struct Dummies {
    signer: Signer,
    issuer: Issuer,
}

impl Dummies {
    /// The dummies of the office at `issuer`.
    ///
    /// # Errors
    /// None: the published key is one.
    pub fn new(issuer: Issuer) -> Result<Self, KeyError> {
        let signer = dummy::signer()?;
        Ok(Self { signer, issuer })
    }

    /// The subject of a dummy code; none is not found.
    #[must_use]
    pub fn subject(&self, dummy: Dummy, code: SubjectCode, today: Date) -> Option<Subject> {
        let name = match dummy {
            Dummy::Verified => "测试企业（正常名片）",
            Dummy::Expired => "测试企业（过期名片）",
            Dummy::Revoked => "测试企业（已撤销名片）",
            Dummy::Tampered => "测试企业（被改动的名片）",
            Dummy::Slow => "测试企业（缓慢应答）",
            Dummy::NotFound | Dummy::Error => return None,
        };
        Some(Subject {
            code,
            name: name.parse().ok()?,
            former_names: Vec::new(),
            status: SubjectStatus::Active,
            established: "2001-02-03".parse().ok(),
            entity_type: Some("测试数据，不是真实主体".to_owned()),
            capital: None,
            scope: None,
            region: None,
            address: None,
            source: Source {
                unit: "测试数据".to_owned(),
                as_of: today,
            },
        })
    }

    /// The card of a dummy code; none is not found.
    #[must_use]
    pub fn card(&self, dummy: Dummy, code: SubjectCode, now: Timestamp) -> Option<String> {
        let now = match dummy {
            Dummy::Expired => LONG_AGO.parse().ok()?,
            _ => now,
        };
        let subject = self.subject(dummy, code, now.date_in_china())?;
        let card = Card::of(
            &subject,
            self.facts(now.date_in_china()),
            self.issuer.clone(),
            window(&code, now),
            self.status_entry(dummy),
        );
        let token = self.signer.sign(TYP_CREDENTIAL, &card.to_json());
        Some(match dummy {
            Dummy::Tampered => tampered(&token),
            _ => token,
        })
    }

    fn facts(&self, today: Date) -> Vec<Fact> {
        let fact = |kind, value: &str| Fact {
            kind,
            value: value.to_owned(),
            source: "测试数据".to_owned(),
            as_of: today,
            until: None,
        };
        vec![
            fact(FactKind::Grade, "测试评价 A"),
            fact(FactKind::Licences, "3"),
            fact(FactKind::Commitments, "1"),
        ]
    }

    /// The pass of a dummy code; none is not found.
    #[must_use]
    pub fn pass(&self, dummy: Dummy, code: SubjectCode, now: Timestamp) -> Option<String> {
        let issued = match dummy {
            Dummy::Expired => LONG_AGO.parse().ok()?,
            _ => window(&code, now).0,
        };
        let subject = self.subject(dummy, code, now.date_in_china())?;
        let pass = Pass {
            issuer: self.issuer.clone(),
            code,
            name: subject.name,
            report: None,
            issued,
            valid_until: issued.plus(CARD_WINDOW_SECONDS + CARD_GRACE_SECONDS),
            status_entry: self.status_entry(dummy),
        };
        let token = self.signer.sign(TYP_PASS, &pass.to_json());
        Some(match dummy {
            Dummy::Tampered => tampered(&token),
            _ => token,
        })
    }

    fn status_entry(&self, dummy: Dummy) -> StatusEntry {
        StatusEntry {
            list: self.list(),
            index: if dummy == Dummy::Revoked { REVOKED } else { 0 },
        }
    }

    fn list(&self) -> String {
        [&self.issuer.id, path::STATUS_OF_DUMMIES].concat()
    }

    /// The status list of the dummies, under the key set version `key_set`.
    #[must_use]
    pub fn status_list(&self, key_set: i64, now: Timestamp) -> String {
        let mut bits = StatusBits::empty();
        bits.revoke(REVOKED);
        let period = STATUS_TTL_SECONDS / 2;
        let facts = StatusFacts {
            issuer: &self.issuer,
            address: &self.list(),
            bits: &bits,
            key_set,
            made: Timestamp::from_unix(now.unix() - now.unix().rem_euclid(period)),
        };
        status_list(&self.signer, &facts)
    }
}

/// A token with another signature than its own.
fn tampered(token: &str) -> String {
    let (rest, signature) = token.rsplit_once('.').unwrap_or((token, ""));
    let other = if signature.starts_with('A') { 'B' } else { 'A' };
    let signature = signature.get(1..).unwrap_or_default();
    format!("{rest}.{other}{signature}")
}

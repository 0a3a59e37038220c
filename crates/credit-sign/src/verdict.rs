//! The verdict: signature, subject, time and revocation, each with its age.
//!
//! Two steps without I/O between them: [`examine`] looks at what is there and
//! says which status list it needs, [`Examined::conclude`] takes that list.

use credit_core::card::Card;
use credit_core::date::Timestamp;
use credit_core::identifier::SubjectCode;
use credit_core::limits::CLOCK_SKEW_SECONDS;
use credit_core::trust::{Check, CheckKind, Outcome, Trust};

use crate::jws::{Jws, TYP_CREDENTIAL};
use crate::key::Thumbprint;
use crate::keyset::{KeySet, KeySetError, Purpose};
use crate::status::StatusList;

/// What is to be examined.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The card, as JWS.
    pub token: &'a str,
    /// Whom it should be about.
    pub asked: &'a SubjectCode,
    /// The roots that the page pins.
    pub roots: &'a [Thumbprint],
    /// The key set, as JWS, or the code of why there is none.
    pub key_set: Result<&'a str, &'static str>,
    /// The time on this device.
    pub now: Timestamp,
}

/// A card after the first step.
#[derive(Debug)]
pub struct Examined {
    card: Option<Card>,
    keys: Option<KeySet>,
    key_retired: bool,
    checks: Vec<Check>,
    now: Timestamp,
}

/// What can be said of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The word for all of it.
    pub trust: Trust,
    /// What the card says; nothing when the verdict is `invalid`.
    pub card: Option<Card>,
    /// Each check.
    pub checks: Vec<Check>,
}

/// Looks at issuer, signature, subject and time.
#[must_use]
pub fn examine(question: &Question<'_>) -> Examined {
    let mut checks = Vec::new();
    let mut log = |kind, outcome, evidence_of| {
        checks.push(Check {
            kind,
            outcome,
            evidence_of,
        })
    };

    let keys = match question.key_set {
        _ if question.roots.is_empty() => Err(Outcome::NotChecked("no-root")),
        Err(code) => Err(Outcome::NotChecked(code)),
        Ok(token) => KeySet::open(token, question.roots, question.now).map_err(|error| {
            if error == KeySetError::Expired {
                Outcome::NotChecked(error.code())
            } else {
                Outcome::Failed(error.code())
            }
        }),
    };
    let outcome = keys.as_ref().err().cloned().unwrap_or(Outcome::Passed);
    log(
        CheckKind::Issuer,
        outcome,
        keys.as_ref().ok().map(|keys| keys.made),
    );
    let keys = keys.ok();

    let mut card = None;
    let mut key_retired = false;
    let mut key_expired = false;
    let outcome = match Jws::parse(question.token, TYP_CREDENTIAL) {
        Err(error) => Outcome::Failed(error.code()),
        Ok(jws) => {
            card = Card::from_json(jws.unverified_payload()).ok();
            let entry = keys.as_ref().map(|keys| keys.key(jws.kid(), Purpose::Card));
            match (&card, entry) {
                (None, _) => Outcome::Failed("payload"),
                (_, None) => Outcome::NotChecked("no-keys"),
                (_, Some(None)) => Outcome::Failed("key-unknown"),
                (Some(card), Some(Some(entry))) => {
                    key_retired = entry.retired.is_some();
                    key_expired = entry.until.plus(CLOCK_SKEW_SECONDS) < question.now;
                    let issuer = keys.as_ref().map(|keys| keys.issuer.as_str());
                    match jws.verify(&entry.key) {
                        Err(error) => Outcome::Failed(error.code()),
                        Ok(_) if issuer != Some(card.issuer.id.as_str()) => {
                            Outcome::Failed("issuer-mismatch")
                        }
                        Ok(_) => Outcome::Passed,
                    }
                }
            }
        }
    };
    log(
        CheckKind::Signature,
        outcome,
        card.as_ref().map(|card| card.valid_from),
    );

    if let Some(card) = &card {
        let same = card.code == *question.asked;
        let outcome = if same {
            Outcome::Passed
        } else {
            Outcome::Failed("other-subject")
        };
        log(CheckKind::Subject, outcome, None);
        let outcome = if question.now > card.valid_until.plus(CLOCK_SKEW_SECONDS) {
            Outcome::Failed("expired")
        } else if key_expired {
            Outcome::Failed("key-expired")
        } else if card.valid_from > question.now.plus(CLOCK_SKEW_SECONDS) {
            // Signed by the issuer and not begun yet: rather the device's
            // clock is wrong than the issuer's.
            Outcome::NotChecked("clock")
        } else {
            Outcome::Passed
        };
        log(CheckKind::Time, outcome, Some(card.valid_until));
    }
    Examined {
        card,
        keys,
        key_retired,
        checks,
        now: question.now,
    }
}

impl Examined {
    /// Address of the status list that [`conclude`](Self::conclude) needs, as
    /// a path below the issuer's address. `None` when no list can help.
    #[must_use]
    pub fn status_path(&self) -> Option<&str> {
        self.keys.as_ref()?;
        let card = self.card.as_ref()?;
        let path = card
            .status_entry
            .list
            .strip_prefix(card.issuer.id.as_str())?;
        path.starts_with('/').then_some(path)
    }

    /// The verdict, with the status list or the code of why there is none.
    #[must_use]
    pub fn conclude(mut self, status: Result<&str, &'static str>) -> Verdict {
        let (outcome, made) = self.revocation(status);
        self.checks.push(Check {
            kind: CheckKind::Revocation,
            outcome,
            evidence_of: made,
        });
        let trust = trust(&self.checks);
        let card = self.card.filter(|_| trust != Trust::Invalid);
        Verdict {
            trust,
            card,
            checks: self.checks,
        }
    }

    fn revocation(&self, status: Result<&str, &'static str>) -> (Outcome, Option<Timestamp>) {
        if self.key_retired {
            return (Outcome::Failed("key-retired"), None);
        }
        let (Some(card), Some(keys)) = (&self.card, &self.keys) else {
            return (Outcome::NotChecked("no-keys"), None);
        };
        let list = match status {
            Err(code) => return (Outcome::NotChecked(code), None),
            Ok(token) => StatusList::open(token, keys, &card.status_entry.list, self.now),
        };
        match list.and_then(|list| Ok((list.is_revoked(card.status_entry.index)?, list.made))) {
            Err(error) => (Outcome::NotChecked(error.code()), None),
            Ok((true, made)) => (Outcome::Failed("revoked"), Some(made)),
            Ok((false, made)) => (Outcome::Passed, Some(made)),
        }
    }
}

/// The word for a list of checks: the worst finding wins, and a check that is
/// missing is never a good one.
fn trust(checks: &[Check]) -> Trust {
    let failed = |kind| {
        checks
            .iter()
            .any(|check| check.kind == kind && matches!(check.outcome, Outcome::Failed(_)))
    };
    let all = [
        CheckKind::Issuer,
        CheckKind::Signature,
        CheckKind::Subject,
        CheckKind::Time,
        CheckKind::Revocation,
    ];
    let passed = |kind| {
        checks
            .iter()
            .any(|check| check.kind == kind && check.outcome == Outcome::Passed)
    };
    if failed(CheckKind::Issuer) || failed(CheckKind::Signature) || failed(CheckKind::Subject) {
        Trust::Invalid
    } else if !all[..3].iter().all(|kind| passed(*kind)) {
        // Whatever else an unproved document says of itself, also that it has
        // expired, is not to be believed.
        Trust::Unverified
    } else if failed(CheckKind::Revocation) {
        Trust::Revoked
    } else if failed(CheckKind::Time) {
        Trust::Expired
    } else if all.into_iter().all(passed) {
        Trust::Verified
    } else {
        Trust::Unverified
    }
}

//! The verdict: signature, subject, time and revocation, each with its age.
//!
//! Two steps without I/O between them: [`examine`] looks at what is there and
//! says which status list it needs, [`Examined::conclude`] takes that list. Key
//! set and list are opened before, so that a page with a thousand badges checks
//! each of them once.

use credit_core::card::Card;
use credit_core::date::Timestamp;
use credit_core::document::Document;
use credit_core::identifier::SubjectCode;
use credit_core::limits::{CLOCK_SKEW_SECONDS, TOKEN_MAX_BYTES};
use credit_core::pass::Pass;
use credit_core::report;
use credit_core::trust::{Check, CheckKind, Outcome, Trust};

use crate::jws::{Jws, JwsError, TYP_CREDENTIAL, TYP_PASS};
use crate::keyset::{KeySet, KeySetError, Pins, Purpose};
use crate::status::{StatusError, StatusList};

/// What is to be examined.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The document, as JWS.
    pub token: &'a str,
    /// Whom it should be about; `None` where a visitor shows a document and it
    /// may be about anybody.
    pub asked: Option<&'a SubjectCode>,
    /// What it should be: a pass says less than a card, and is no card.
    pub wanted: Wanted,
    /// The key set, or why there is none.
    pub keys: Result<&'a KeySet, &'a Outcome>,
    /// The time on this device.
    pub now: Timestamp,
}

/// What a document should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Whatever a visitor brings along.
    Any,
    /// 信用名片
    Card,
    /// 信用码, of a subject or of a report.
    Pass,
    /// 信用报告
    Report,
}

/// A document after the first step.
#[derive(Debug)]
pub struct Examined<'a> {
    document: Option<Document>,
    keys: Option<&'a KeySet>,
    key_retired: bool,
    checks: Vec<Check>,
    now: Timestamp,
}

/// What can be said of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The word for all of it.
    pub trust: Trust,
    /// What the document says; nothing when the verdict is `invalid`.
    pub document: Option<Document>,
    /// Each check.
    pub checks: Vec<Check>,
}

/// Opens a key set, or says what the check of the issuer came to without one.
///
/// # Errors
/// The outcome of [`CheckKind::Issuer`]: an old key set could not be checked,
/// one that somebody else wrote failed.
pub fn keys(
    token: Result<&str, &'static str>,
    pins: &Pins<'_>,
    now: Timestamp,
) -> Result<KeySet, Outcome> {
    if pins.roots.is_empty() {
        return Err(Outcome::NotChecked("no-root"));
    }
    let token = token.map_err(Outcome::NotChecked)?;
    KeySet::open(token, pins, now).map_err(|error| match error {
        KeySetError::Expired | KeySetError::RolledBack => Outcome::NotChecked(error.code()),
        _ => Outcome::Failed(error.code()),
    })
}

/// Looks at issuer, signature, subject and time.
#[must_use]
pub fn examine<'a>(question: &Question<'a>) -> Examined<'a> {
    let mut checks = Vec::new();
    let mut log = |kind, outcome, evidence_of| {
        checks.push(Check {
            kind,
            outcome,
            evidence_of,
        })
    };
    // A page may be open for longer than a key set is good.
    let expired = Outcome::NotChecked(KeySetError::Expired.code());
    let keys = match question.keys {
        Ok(keys) if keys.until < question.now => Err(&expired),
        keys => keys,
    };
    log(
        CheckKind::Issuer,
        keys.err().cloned().unwrap_or(Outcome::Passed),
        keys.ok().map(|keys| keys.made),
    );
    let keys = keys.ok();

    let mut document = None;
    let mut key_retired = false;
    let mut key_expired = false;
    let outcome = match Jws::parse_long(question.token, &[TYP_CREDENTIAL, TYP_PASS]) {
        Err(error) => Outcome::Failed(error.code()),
        Ok(jws) => {
            document = self::document(&jws);
            let entry = keys.map(|keys| keys.key(jws.kid(), Purpose::Card));
            match (&document, entry) {
                (None, _) => Outcome::Failed("payload"),
                (Some(document), _) if !question.wanted.fits(document, jws.typ()) => {
                    Outcome::Failed("payload")
                }
                (Some(document), _)
                    if question.token.len() > TOKEN_MAX_BYTES
                        && (document.report().is_none() || jws.typ() == TYP_PASS) =>
                {
                    Outcome::Failed(JwsError::Size.code())
                }
                (_, None) => Outcome::NotChecked("no-keys"),
                (_, Some(None)) => Outcome::Failed("key-unknown"),
                (Some(document), Some(Some(entry))) => {
                    key_retired = entry.retired.is_some();
                    key_expired = entry.until.plus(CLOCK_SKEW_SECONDS) < question.now;
                    let issuer = keys.map(|keys| keys.issuer.as_str());
                    match jws.verify(&entry.key) {
                        Err(error) => Outcome::Failed(error.code()),
                        Ok(_) if issuer != Some(document.issuer().id.as_str()) => {
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
        document.as_ref().map(Document::issued),
    );

    if let Some(document) = &document {
        let is_other = question.asked.is_some_and(|asked| asked != document.code());
        let outcome = if is_other {
            Outcome::Failed("other-subject")
        } else {
            Outcome::Passed
        };
        log(CheckKind::Subject, outcome, None);
        let until = document.valid_until();
        let outcome = if question.now > until.plus(CLOCK_SKEW_SECONDS) {
            Outcome::Failed("expired")
        } else if key_expired {
            Outcome::Failed("key-expired")
        } else if document.issued() > question.now.plus(CLOCK_SKEW_SECONDS) {
            // Signed by the issuer and not begun yet: rather the device's
            // clock is wrong than the issuer's.
            Outcome::NotChecked("clock")
        } else {
            Outcome::Passed
        };
        log(CheckKind::Time, outcome, Some(until));
    }
    Examined {
        document,
        keys,
        key_retired,
        checks,
        now: question.now,
    }
}

impl Wanted {
    fn fits(self, document: &Document, typ: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Card => matches!(document, Document::Card(_)),
            Self::Pass => typ == TYP_PASS,
            Self::Report => typ != TYP_PASS && document.report().is_some(),
        }
    }
}

impl Examined<'_> {
    /// Whom the document is about, whoever says it.
    #[must_use]
    pub fn about(&self) -> Option<&SubjectCode> {
        self.document.as_ref().map(Document::code)
    }

    /// Whether it is a report, or the pass of one.
    #[must_use]
    pub fn is_report(&self) -> bool {
        self.document
            .as_ref()
            .is_some_and(|document| document.report().is_some())
    }

    /// Address of the status list that [`conclude`](Self::conclude) needs.
    /// `None` when no list can help, or it is not the issuer's.
    #[must_use]
    pub fn status_address(&self) -> Option<&str> {
        self.keys?;
        let document = self.document.as_ref()?;
        let list = &document.status_entry().list;
        let path = list.strip_prefix(document.issuer().id.as_str())?;
        path.starts_with('/').then_some(list)
    }

    /// The same as a path below the issuer's address.
    #[must_use]
    pub fn status_path(&self) -> Option<&str> {
        let issuer = &self.document.as_ref()?.issuer().id;
        self.status_address()?.strip_prefix(issuer.as_str())
    }

    /// The verdict, with the status list or the code of why there is none.
    #[must_use]
    pub fn conclude(mut self, status: Result<&StatusList, &'static str>) -> Verdict {
        let (outcome, made) = self.revocation(status);
        self.checks.push(Check {
            kind: CheckKind::Revocation,
            outcome,
            evidence_of: made,
        });
        let trust = trust(&self.checks);
        let document = self.document.filter(|_| trust != Trust::Invalid);
        Verdict {
            trust,
            document,
            checks: self.checks,
        }
    }

    fn revocation(
        &self,
        status: Result<&StatusList, &'static str>,
    ) -> (Outcome, Option<Timestamp>) {
        if self.key_retired {
            return (Outcome::Failed("key-retired"), None);
        }
        let (Some(document), Some(_)) = (&self.document, self.keys) else {
            return (Outcome::NotChecked("no-keys"), None);
        };
        let entry = document.status_entry();
        let list = match status {
            Err(code) => return (Outcome::NotChecked(code), None),
            Ok(list) if list.id != entry.list => Err(StatusError::Address),
            Ok(list) if !list.is_fresh(self.now) => Err(StatusError::Stale),
            Ok(list) => Ok(list),
        };
        match list.and_then(|list| Ok((list.is_revoked(entry.index)?, list.made))) {
            Err(error) => (Outcome::NotChecked(error.code()), None),
            Ok((true, made)) => (Outcome::Failed("revoked"), Some(made)),
            Ok((false, made)) => (Outcome::Passed, Some(made)),
        }
    }
}

/// What a document says, whoever says it; nothing where it is none of these.
#[must_use]
pub fn document(jws: &Jws<'_>) -> Option<Document> {
    let payload = jws.unverified_payload();
    if jws.typ() == TYP_PASS {
        Pass::from_json(payload).ok().map(Document::Pass)
    } else {
        let card = Card::from_json(payload).ok().map(Document::Card);
        card.or_else(|| report::head(payload).ok().map(Document::Pass))
    }
}

impl Verdict {
    /// Whether a later key set than the one at hand may change it.
    #[must_use]
    pub fn asks_for_later_keys(&self) -> bool {
        let codes = ["key-unknown", "key-set-old", "key-set-rolled-back"];
        self.checks.iter().any(|check| match &check.outcome {
            Outcome::Failed(code) | Outcome::NotChecked(code) => codes.contains(code),
            Outcome::Passed => false,
        })
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

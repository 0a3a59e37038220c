//! `verify`: the same verdict as in a page, for the command line.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use credit_api::path;
use credit_core::date::Timestamp;
use credit_core::document::Document;
use credit_core::identifier::SubjectCode;
use credit_core::json;
use credit_core::limits::DOCUMENT_MAX_BYTES;
use credit_core::trust::{Check, CheckKind, Outcome, Trust};
use credit_sign::jws::{Jws, TYP_CREDENTIAL, TYP_PASS};
use credit_sign::key::PublicKey;
use credit_sign::keyset::{KeyEntry, KeySet, Pins, Purpose};
use credit_sign::status::StatusList;
use credit_sign::verdict::{self, Question, Verdict, Wanted, examine, keys};

use super::{CommandError, runtime};
use crate::cli::Verify;
use crate::{clock, terminal};

/// Longest wait for a server.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Exit code where everything is good but revocation could not be checked.
const NOT_CHECKED: u8 = 2;

pub(super) fn run(arguments: &Verify) -> Result<ExitCode, CommandError> {
    let now = match arguments.at {
        Some(day) => format!("{day}T12:00:00+08:00").parse()?,
        None => clock::now(),
    };
    let verdict = runtime()?.block_on(verdict(arguments, now))?;
    tell(&verdict, now);
    let only_revocation_is_open = verdict.checks.iter().all(|check| {
        check.outcome == Outcome::Passed
            || (check.kind == CheckKind::Revocation
                && matches!(check.outcome, Outcome::NotChecked(_)))
    });
    Ok(match verdict.trust {
        Trust::Verified => ExitCode::SUCCESS,
        Trust::Unverified if only_revocation_is_open => ExitCode::from(NOT_CHECKED),
        _ => ExitCode::FAILURE,
    })
}

async fn verdict(arguments: &Verify, now: Timestamp) -> Result<Verdict, CommandError> {
    let token = document(&arguments.document)?;
    let asked = arguments.code.as_deref().map(SubjectCode::as_published);
    let asked = asked.transpose()?;
    let issuer = issuer(&token);
    let keys = key_set(arguments, issuer.as_deref(), now).await?;
    let question = Question {
        token: &token,
        asked: asked.as_ref(),
        wanted: Wanted::Any,
        keys: keys.as_ref(),
        now,
    };
    let examined = examine(&question);
    let address = examined.status_address().map(str::to_owned);
    let list = match (arguments.status.as_deref(), &keys, address) {
        (Some("none"), _, _) => Err("not-asked"),
        (given, Ok(keys), Some(address)) => match fetched(given.unwrap_or(&address)).await {
            Ok(list) => StatusList::open(list.trim(), keys, &address, now).map_err(|error| {
                terminal::remark(error);
                error.code()
            }),
            Err(error) => {
                terminal::complain(&*error);
                Err("network")
            }
        },
        _ => Err("no-keys"),
    };
    Ok(examined.conclude(list.as_ref().map_err(|code| *code)))
}

/// The document that was given, or lies where it was said.
fn document(given: &str) -> Result<String, CommandError> {
    let text = if given == "-" {
        let mut text = String::new();
        // One byte more than is allowed, so that the verdict is about its size.
        let most = u64::try_from(DOCUMENT_MAX_BYTES)? + 1;
        std::io::stdin().take(most).read_to_string(&mut text)?;
        text
    } else if Path::new(given).is_file() {
        std::fs::read_to_string(given)?
    } else {
        given.to_owned()
    };
    let text = text.trim();
    // What a QR code holds is the address of a page.
    let token = text.split_once("/verify#").map_or(text, |(_, pass)| pass);
    if token.matches('.').count() == 2 {
        Ok(token.to_owned())
    } else {
        Err(format!("'{given}' is neither a signed document nor a file").into())
    }
}

/// Who the document says that it is from. It is only where to ask for keys: who
/// is believed is what the pinned root says.
fn issuer(token: &str) -> Option<String> {
    let jws = Jws::parse_long(token, &[TYP_CREDENTIAL, TYP_PASS]).ok()?;
    Some(verdict::document(&jws)?.issuer().id.clone())
}

async fn key_set(
    arguments: &Verify,
    issuer: Option<&str>,
    now: Timestamp,
) -> Result<Result<KeySet, Outcome>, CommandError> {
    let pins = Pins {
        roots: &arguments.root,
        seen: 0,
    };
    let token = match (&arguments.jwks, issuer) {
        (Some(given), _) => {
            let text = fetched(given).await?;
            let text = text.trim();
            if text.starts_with('{') {
                return Ok(Ok(trusted(text, issuer.unwrap_or_default(), now)?));
            }
            Ok(text.to_owned())
        }
        (None, Some(issuer)) if !arguments.root.is_empty() => {
            fetched(&format!("{issuer}{}", path::KEY_SET))
                .await
                .map_err(|error| {
                    terminal::complain(&*error);
                    "network"
                })
        }
        _ => Err("no-keys"),
    };
    let token = token.as_deref().map(str::trim).map_err(|code| *code);
    Ok(keys(token, &pins, now))
}

/// The keys of a JWK set, which count for everything because who asks says so.
fn trusted(jwks: &str, issuer: &str, now: Timestamp) -> Result<KeySet, CommandError> {
    let jwks = json::parse(jwks)?;
    let given = jwks.get("keys").and_then(json::Value::as_array);
    let mut keys = Vec::new();
    for jwk in given.ok_or("a JWK set has a member 'keys'")? {
        let key = PublicKey::from_jwk(jwk)?;
        keys.extend([Purpose::Card, Purpose::Status].map(|purpose| KeyEntry {
            key: key.clone(),
            purpose,
            from: now,
            until: now,
            retired: None,
        }));
    }
    Ok(KeySet {
        issuer: issuer.to_owned(),
        // Whoever says so also says that there is no later one.
        version: i64::MAX,
        made: now,
        until: now,
        keys,
    })
}

/// What lies at an address or in a file.
async fn fetched(place: &str) -> Result<String, CommandError> {
    if !place.starts_with("https://") && !place.starts_with("http://") {
        return std::fs::read_to_string(place).map_err(|error| format!("{place}: {error}").into());
    }
    let client = reqwest::Client::builder().timeout(TIMEOUT).build()?;
    let mut answer = client.get(place).send().await?.error_for_status()?;
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > DOCUMENT_MAX_BYTES {
            return Err(format!("{place}: more than {DOCUMENT_MAX_BYTES} bytes").into());
        }
    }
    Ok(String::from_utf8(bytes)?)
}

fn tell(verdict: &Verdict, now: Timestamp) {
    terminal::say(verdict.trust.code());
    for Check {
        kind,
        outcome,
        evidence_of,
    } in &verdict.checks
    {
        let outcome = match outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::Failed(code) => format!("failed: {code}"),
            Outcome::NotChecked(code) => format!("not checked: {code}"),
        };
        let of = evidence_of.map(|of| format!("\t{of}\t{}", age(of, now)));
        let of = of.unwrap_or_default();
        terminal::say(format_args!("{}\t{outcome}{of}", kind.code()));
    }
    let Some(document) = &verdict.document else {
        return;
    };
    terminal::say("");
    terminal::say(format_args!("issuer\t{}", document.issuer().name));
    terminal::say(format_args!("address\t{}", document.issuer().id));
    terminal::say(format_args!("code\t{}", document.code()));
    let (name, facts) = match document {
        Document::Card(card) => (&card.name, card.facts_on(now.date_in_china()).collect()),
        Document::Pass(pass) => (&pass.name, Vec::new()),
    };
    if let Some(number) = document.report() {
        terminal::say(format_args!("report\t{number}"));
    }
    terminal::say(format_args!("name\t{name}"));
    terminal::say(format_args!("issued\t{}", document.issued()));
    terminal::say(format_args!("valid until\t{}", document.valid_until()));
    for fact in facts {
        terminal::say(format_args!(
            "{}\t{}\t{} {}",
            fact.kind.code(),
            fact.value,
            fact.source,
            fact.as_of
        ));
    }
}

/// How far `moment` is from `now`, in the largest unit that is not rough.
fn age(moment: Timestamp, now: Timestamp) -> String {
    let seconds = now.unix().saturating_sub(moment.unix());
    let (count, unit) = match seconds.unsigned_abs() {
        seconds @ 0..120 => (seconds, "s"),
        seconds @ 120..7_200 => (seconds / 60, "min"),
        seconds @ 7_200..172_800 => (seconds / 3_600, "h"),
        seconds => (seconds / 86_400, "days"),
    };
    if seconds < 0 {
        format!("in {count} {unit}")
    } else {
        format!("{count} {unit} ago")
    }
}

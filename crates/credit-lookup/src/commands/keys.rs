//! `keys`: the root, signing keys, their succession and their end.

use std::fs;
use std::path::{Path, PathBuf};

use credit_core::date::Timestamp;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::{KeyEntry, KeySet};

use super::CommandError;
use crate::cli::{KeyPlace, KeysCommand};
use crate::keys::{Change, KeyFolder, Keys, Passphrase, Proposal};
use crate::numbers::Numbers;
use crate::{clock, terminal};

pub(super) fn run(command: &KeysCommand) -> Result<(), CommandError> {
    match command {
        KeysCommand::Root { place } => root(place),
        KeysCommand::New {
            purpose,
            algorithm,
            issuer,
            place,
        } => {
            let issuer = issuer.as_ref().map(|issuer| issuer.as_str());
            change(Change::New(*purpose, *algorithm), issuer, place)
        }
        KeysCommand::Rotate {
            purpose,
            algorithm,
            place,
        } => change(Change::Rotate(*purpose, *algorithm), None, place),
        KeysCommand::Retire { key, place } => change(Change::Retire(*key), None, place),
        KeysCommand::List { keys } => list(&KeyFolder::new(keys)),
        KeysCommand::Sign {
            request,
            out,
            place,
        } => sign(request, out, place),
        KeysCommand::Import { file, root, keys } => import(file, *root, &KeyFolder::new(keys)),
    }
}

fn open(place: &KeyPlace) -> Result<(KeyFolder, Passphrase), CommandError> {
    let passphrase = Passphrase::find(place.key_passphrase_file.as_deref())?;
    Ok((KeyFolder::new(&place.keys), passphrase))
}

fn root(place: &KeyPlace) -> Result<(), CommandError> {
    let (folder, passphrase) = open(place)?;
    let thumbprint = Keys::create_root(&folder, &passphrase)?;
    terminal::say(thumbprint);
    terminal::remark(format_args!(
        "made a root in {folder}: pages that pin it trust whoever has it"
    ));
    Ok(())
}

fn change(change: Change, issuer: Option<&str>, place: &KeyPlace) -> Result<(), CommandError> {
    let (folder, passphrase) = open(place)?;
    let now = clock::now();
    let mut proposal = Proposal::next(&folder, issuer, now)?;
    proposal.change(change, &folder, &passphrase, now)?;
    if matches!(change, Change::New(..)) {
        // A folder that is prepared by hand is one for `require-keys`, where the
        // server makes nothing that is missing.
        Numbers::open(&folder, &passphrase, true)?;
    }
    let version = proposal.key_set().version;
    match proposal.settle(&folder, &passphrase, now)? {
        None => {
            terminal::remark(format_args!(
                "version {version} of the key set counts; servers take it over within seconds"
            ));
            list(&folder)
        }
        Some(request) => {
            let request = request.display();
            terminal::say(&request);
            terminal::remark(format_args!(
                "version {version} waits for the root. On its machine: `keys sign request.json --out keyset.jwt`; \
                 then here: `keys import keyset.jwt`"
            ));
            Ok(())
        }
    }
}

fn list(folder: &KeyFolder) -> Result<(), CommandError> {
    let now = clock::now();
    let set = folder.current(now)?;
    table(
        &set,
        now,
        |entry| {
            if folder.holds(entry) { "here" } else { "-" }
        },
    );
    terminal::remark(format_args!(
        "version {} for {}, good until {}",
        set.version, set.issuer, set.until
    ));
    if folder.request().is_file() {
        terminal::remark(format_args!(
            "{} waits for the root",
            folder.request().display()
        ));
    }
    Ok(())
}

fn table(set: &KeySet, now: Timestamp, holds: impl Fn(&KeyEntry) -> &'static str) {
    terminal::say("key\tsigns\talgorithm\tfrom\tuntil\tstate\tprivate half");
    for entry in &set.keys {
        terminal::say(format_args!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            entry.key.thumbprint(),
            entry.purpose.code(),
            entry.key.algorithm(),
            entry.from,
            entry.until,
            state(set, entry, now),
            holds(entry),
        ));
    }
}

/// What a key does at `now`, in a word.
fn state(set: &KeySet, entry: &KeyEntry, now: Timestamp) -> String {
    let is_same_kind = |other: &&KeyEntry| {
        other.purpose == entry.purpose && other.key.algorithm() == entry.key.algorithm()
    };
    let later = set
        .keys
        .iter()
        .filter(is_same_kind)
        .any(|other| other.from > entry.from && other.from <= now && other.retired.is_none());
    match entry.retired {
        Some(since) => format!("retired {since}"),
        None if entry.until < now => "over".to_owned(),
        None if entry.from > now => "next".to_owned(),
        // Still good for what it signed.
        None if later => "followed".to_owned(),
        None => "signs".to_owned(),
    }
}

fn sign(request: &Path, out: &PathBuf, place: &KeyPlace) -> Result<(), CommandError> {
    let (root, passphrase) = open(place)?;
    let now = clock::now();
    let proposal = Proposal::read(request)?;
    table(proposal.key_set(), now, |_| "-");
    terminal::remark(format_args!(
        "signed as version {} for {}",
        proposal.key_set().version,
        proposal.key_set().issuer
    ));
    let token = proposal.sign_offline(&root, &passphrase, now)?;
    fs::write(out, token).map_err(|error| format!("{}: {error}", out.display()))?;
    terminal::remark(format_args!("{} is public", out.display()));
    Ok(())
}

fn import(file: &Path, root: Option<Thumbprint>, folder: &KeyFolder) -> Result<(), CommandError> {
    let token = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    folder.take_in(token.trim(), root, clock::now())?;
    list(folder)
}

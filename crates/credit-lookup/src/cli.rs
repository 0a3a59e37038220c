//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use credit_core::date::Date;
use credit_core::identifier::Kind;

use crate::feed::Dataset;
use crate::store::DatabaseUrl;

/// Lookup server for public credit information.
#[derive(Debug, Parser)]
#[command(name = "credit-lookup", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// Reads the words after the program's name.
    ///
    /// # Errors
    /// What clap says of them.
    pub fn from_words(words: &[&str]) -> Result<Self, clap::Error> {
        Self::try_parse_from(std::iter::once("credit-lookup").chain(words.iter().copied()))
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer HTTP requests.
    Serve(Serve),
    /// Take feeds in.
    Import(Import),
    /// Check identifiers, one a line.
    Check(Check),
    /// Make synthetic feeds.
    DemoData(DemoData),
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the records are: sqlite:PATH.
    #[arg(long, value_name = "URL")]
    pub db: DatabaseUrl,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    /// Address that visitors see, signed into every card; default http://LISTEN.
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Name of the issuing office.
    #[arg(long, value_name = "NAME", default_value = "信用信息服务")]
    pub issuer_name: String,
    /// Folder of the signing keys; default beside the database.
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// Never make keys; also asks for --public-url.
    #[arg(long, requires = "public_url")]
    pub require_keys: bool,
    /// File with the passphrase of the keys (else `CREDIT_KEY_PASSPHRASE`, else a prompt).
    #[arg(long, value_name = "FILE")]
    pub key_passphrase_file: Option<PathBuf>,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// CSV files, UTF-8 with or without BOM.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What is in them: registry.
    #[arg(long)]
    pub dataset: Dataset,
    /// Where the records go: sqlite:PATH.
    #[arg(long, value_name = "URL")]
    pub db: DatabaseUrl,
    /// Source of rows that do not name one; default the file's name.
    #[arg(long, value_name = "UNIT")]
    pub source: Option<String>,
    /// Day that rows without a date of their own speak of; default the file's date.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Where rejected rows go; default FILE.rejects.csv.
    #[arg(long, value_name = "PATH")]
    pub rejects: Option<PathBuf>,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// What the lines should be: uscc, org, regno, id, permit, fpr, passport,
    /// travel-permit, mobile, division, docno, pledge, gtin, organic. Of
    /// several the first that fits best counts.
    #[arg(
        long,
        value_name = "KIND",
        value_delimiter = ',',
        default_value = "uscc"
    )]
    pub kind: Vec<Kind>,
    /// How the answers are written.
    #[arg(long, value_enum, default_value_t = CheckFormat::Tsv)]
    pub format: CheckFormat,
    /// The file, or - for standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
}

/// How `check` writes its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// The line, a tab, and ok, warn:CODES or error:CODE, codes separated by
    /// commas; with several kinds another tab and the kind.
    Tsv,
    /// An object a line, with everything that can be said of it.
    Jsonl,
}

/// `demo-data`
#[derive(Debug, Args)]
pub struct DemoData {
    /// How many subjects.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub entities: u32,
    /// The same seed makes the same files.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder for the files.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

/// `https://host[:port]`, without path: cards and key sets name the issuer by it.
fn public_url(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let trimmed = text.trim_end_matches('/');
    match host.map(|host| host.trim_end_matches('/')) {
        Some(host)
            if !host.is_empty()
                && host.bytes().all(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
                }) =>
        {
            Ok(trimmed.to_owned())
        }
        _ => Err(format!(
            "'{text}' is not of the form https://host or http://host:port"
        )),
    }
}

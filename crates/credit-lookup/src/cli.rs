//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use credit_core::date::Date;
use credit_core::identifier::Kind;

use crate::feed::FeedKind;
use crate::http::{RateError, RateLimit};
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
    /// Make the name index anew.
    Reindex(Reindex),
    /// Write all records into one SQLite file.
    Backup(Backup),
    /// Read a backup into an empty database of either kind.
    Restore(Restore),
    /// Delete a source's or a holder's records for good.
    Purge(PurgeArguments),
    /// Delete the records whose time of keeping is over.
    Retention(Retention),
    /// Make synthetic feeds.
    DemoData(DemoData),
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the records are: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// Folder of the name index; default beside an SQLite file, else here.
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
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
    /// Address for metrics and health, for the office only.
    #[arg(long, value_name = "ADDR", env = "CREDIT_DESK_LISTEN")]
    pub desk_listen: Option<SocketAddr>,
    /// How often one client may ask: off, N/s or N/min, and :BURST behind it.
    #[arg(
        long,
        value_name = "RATE",
        env = "CREDIT_RATE_LIMIT",
        default_value = "200/s:2000"
    )]
    pub rate_limit: RateSetting,
    /// Proxies of ours in front: the client is the N-th from the right of X-Forwarded-For.
    #[arg(
        long,
        value_name = "N",
        env = "CREDIT_TRUSTED_HOPS",
        default_value_t = 0
    )]
    pub trusted_hops: usize,
    /// Connections at the same time.
    #[arg(long, value_name = "N", env = "CREDIT_MAX_CONNECTIONS", default_value_t = 8192,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,
}

/// `off`, or a rate.
#[derive(Clone, Copy, Debug)]
pub struct RateSetting(pub Option<RateLimit>);

impl std::str::FromStr for RateSetting {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        Ok(Self(match text {
            "off" => None,
            rate => Some(rate.parse()?),
        }))
    }
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// CSV (UTF-8, GBK, UTF-16) or XLSX files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What is in them: registry, licences, penalties, lists, judgments,
    /// commitments, fulfilments, grades, honours, areas, members, traces,
    /// benefits, agencies, inspections, objections, repairs.
    #[arg(long)]
    pub dataset: FeedKind,
    /// Where the records go: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// Folder of the name index; default beside an SQLite file, else here.
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Source of rows that do not name one; default the file's name.
    #[arg(long, value_name = "UNIT")]
    pub source: Option<String>,
    /// Day that rows without a date of their own speak of; default the file's date.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// What happens to rows that the file does not have.
    #[arg(long, value_enum, default_value_t = Mode::Delta)]
    pub mode: Mode,
    /// Let a snapshot end more than a tenth of its source's rows.
    #[arg(long)]
    pub force: bool,
    /// Where rejected rows go; default FILE.rejects.csv.
    #[arg(long, value_name = "PATH")]
    pub rejects: Option<PathBuf>,
    /// Folder of the key of persons; default beside an SQLite file.
    #[arg(long, value_name = "DIR")]
    pub keys: Option<PathBuf>,
    /// File with the passphrase of that key (else `CREDIT_KEY_PASSPHRASE`, else a prompt).
    #[arg(long, value_name = "FILE")]
    pub key_passphrase_file: Option<PathBuf>,
}

/// What an import does with rows that the file does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Nothing: the file tells what is new.
    Delta,
    /// They end: the file is all that --source has.
    Snapshot,
}

/// `reindex`
#[derive(Debug, Args)]
pub struct Reindex {
    /// Where the records are.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// Folder of the name index; default beside an SQLite file, else here.
    #[arg(long, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// `backup`
#[derive(Debug, Args)]
pub struct Backup {
    /// Where the records are.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// `restore`
#[derive(Debug, Args)]
pub struct Restore {
    /// A backup.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// An empty database.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// Only say what would be done.
    #[arg(long)]
    pub dry_run: bool,
}

/// `purge`
#[derive(Debug, Args)]
pub struct PurgeArguments {
    /// Where the records are.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// Everything that this source brought.
    #[arg(long, value_name = "UNIT", conflicts_with = "code")]
    pub source: Option<String>,
    /// Everything about the subject with this code.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Only say what would be deleted.
    #[arg(long)]
    pub dry_run: bool,
}

/// `retention`
#[derive(Debug, Args)]
pub struct Retention {
    /// Where the records are.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
    /// The day that counts as today; default today in China.
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
    /// Only say what would be deleted.
    #[arg(long)]
    pub dry_run: bool,
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
    /// Which feeds; default all of them.
    #[arg(long, value_name = "DATASET", value_delimiter = ',')]
    pub dataset: Vec<FeedKind>,
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

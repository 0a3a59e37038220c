//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use credit_core::date::Date;
use credit_core::identifier::Kind;
use credit_feed::FeedKind;
use credit_sign::algorithm::Algorithm;
use credit_sign::key::Thumbprint;
use credit_sign::keyset::Purpose;

use crate::settings::Words;
use crate::store::{DatabaseUrl, Origin};

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
    /// Check a signed card or pass.
    Verify(Verify),
    /// The keys that cards are signed with.
    #[command(subcommand)]
    Keys(KeysCommand),
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
    /// Register who embeds our elements, and see how often they are used.
    #[command(subcommand)]
    Site(SiteCommand),
    /// Revoke what was signed of a subject until now: cards, passes, reports.
    Revoke(Revoke),
    /// Read the audit log, or check that nobody changed it.
    Audit(Audit),
    /// Make synthetic feeds.
    DemoData(DemoData),
}

/// `serve`. Every setting can also stand in the environment, --issuer-name as
/// `CREDIT_ISSUER_NAME`, or in a TOML file, as `issuer-name = "…"`.
#[derive(Debug, Args)]
pub struct Serve {
    /// TOML file with settings; flags and the environment count before it.
    #[arg(long, value_name = "FILE", env = "CREDIT_CONFIG")]
    pub config: Option<PathBuf>,
    /// The settings.
    #[command(flatten)]
    pub settings: Words,
}

/// `import`
#[derive(Debug, Args)]
pub struct Import {
    /// CSV (UTF-8, GBK, UTF-16) or XLSX files.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What is in them: registry, licences, penalties, lists, judgments,
    /// commitments, fulfilments, grades, honours, areas, members, traces,
    /// benefits, measures, agencies, inspections, objections, repairs.
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

/// Where the records are.
#[derive(Debug, Args)]
pub struct Database {
    /// Where the records are: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long, value_name = "URL", env = "CREDIT_DB", hide_env_values = true)]
    pub db: DatabaseUrl,
}

/// `site`
#[derive(Debug, Subcommand)]
pub enum SiteCommand {
    /// Register a site, or give one other origins.
    Add {
        /// Its name.
        #[arg(value_name = "NAME")]
        name: String,
        /// Where its pages are: `https://www.example.cn`.
        #[arg(required = true, value_name = "ORIGIN")]
        origins: Vec<String>,
        /// The database.
        #[command(flatten)]
        database: Database,
    },
    /// Show the sites and how often they were used.
    List {
        /// First day whose uses count; default 30 days ago.
        #[arg(long, value_name = "DATE")]
        since: Option<Date>,
        /// The database.
        #[command(flatten)]
        database: Database,
    },
    /// Take a site out; what was counted stays.
    Remove {
        /// Its name.
        #[arg(value_name = "NAME")]
        name: String,
        /// The database.
        #[command(flatten)]
        database: Database,
    },
}

/// `revoke`
#[derive(Debug, Args)]
pub struct Revoke {
    /// The subject.
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Why; it stands in the audit log and nowhere else.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// The database.
    #[command(flatten)]
    pub database: Database,
}

/// `audit`
#[derive(Debug, Args)]
pub struct Audit {
    /// The database.
    #[command(flatten)]
    pub database: Database,
    /// Only entries after this number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub after: u64,
    /// How many entries at most.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub limit: usize,
    /// Check that each entry fits the one before; exit 1 if not.
    #[arg(long, conflicts_with_all = ["after", "limit"])]
    pub verify: bool,
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

/// `verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// The document: itself, a file, the address of a verify page with it, or -
    /// for standard input.
    #[arg(value_name = "TOKEN|FILE")]
    pub document: String,
    /// Thumbprint of a root that you trust; the key set comes from the issuer.
    #[arg(long, value_name = "THUMBPRINT", allow_hyphen_values = true)]
    pub root: Vec<Thumbprint>,
    /// The key set, when it should not come from the issuer; or a JWK set, whose
    /// keys are trusted because you say so.
    #[arg(long, value_name = "FILE|URL")]
    pub jwks: Option<String>,
    /// The status list, when it should not come from the issuer; none checks no
    /// revocation.
    #[arg(long, value_name = "FILE|URL|none")]
    pub status: Option<String>,
    /// The day to check for, at noon in China; default now.
    #[arg(long, value_name = "DATE")]
    pub at: Option<Date>,
    /// Whom it should be about.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
}

/// Where keys are, and what opens them.
#[derive(Debug, Args)]
pub struct KeyPlace {
    /// Folder of the keys.
    #[arg(long, value_name = "DIR", env = "CREDIT_KEYS", default_value = "keys")]
    pub keys: PathBuf,
    /// File with their passphrase (else `CREDIT_KEY_PASSPHRASE`, else a prompt).
    #[arg(long, value_name = "FILE")]
    pub key_passphrase_file: Option<PathBuf>,
}

/// `keys`
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a root, on a machine that is not the server's.
    Root {
        /// The folder.
        #[command(flatten)]
        place: KeyPlace,
    },
    /// Make the first key of its kind.
    New {
        /// What it signs: card or status.
        purpose: Purpose,
        /// EdDSA or SM2-SM3.
        #[arg(long, value_name = "ALG", default_value = "EdDSA")]
        algorithm: Algorithm,
        /// Public address of the server; needed for the first key of a folder.
        #[arg(long, value_name = "URL")]
        issuer: Option<Origin>,
        /// The folder.
        #[command(flatten)]
        place: KeyPlace,
    },
    /// Show the keys.
    List {
        /// The folder.
        #[arg(long, value_name = "DIR", env = "CREDIT_KEYS", default_value = "keys")]
        keys: PathBuf,
    },
    /// Make the successor of a key; both are good until the old one ends.
    Rotate {
        /// What it signs: card or status.
        purpose: Purpose,
        /// EdDSA or SM2-SM3.
        #[arg(long, value_name = "ALG", default_value = "EdDSA")]
        algorithm: Algorithm,
        /// The folder.
        #[command(flatten)]
        place: KeyPlace,
    },
    /// End all trust in a key, and in everything that it signed.
    Retire {
        /// Its thumbprint, as list shows it.
        #[arg(value_name = "KEY", allow_hyphen_values = true)]
        key: Thumbprint,
        /// The folder.
        #[command(flatten)]
        place: KeyPlace,
    },
    /// Sign a request with the root, on the root's machine.
    Sign {
        /// The request, as the server's machine wrote it.
        #[arg(value_name = "REQUEST")]
        request: PathBuf,
        /// Where the signed key set goes.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// The folder of the root.
        #[command(flatten)]
        place: KeyPlace,
    },
    /// Take in a key set that the root signed.
    Import {
        /// The key set.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Thumbprint of the root; needed for the first key set of a folder.
        #[arg(long, value_name = "THUMBPRINT", allow_hyphen_values = true)]
        root: Option<Thumbprint>,
        /// The folder.
        #[arg(long, value_name = "DIR", env = "CREDIT_KEYS", default_value = "keys")]
        keys: PathBuf,
    },
}

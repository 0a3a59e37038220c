//! `credit-lookup serve`

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use credit_api::path;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use zeroize::Zeroizing;

use super::{CommandError, catch_up};
use crate::cli::Serve;
use crate::dummies::Dummies;
use crate::http::{self, App, Connections, OwnParts, Parts};
use crate::identity::consent::consent;
use crate::identity::{Identity, Provider, ProviderSettings, Seal, TrustedHeader};
use crate::issuer::IssuingOffice;
use crate::keys::{KeyFolder, Keys, KeysError, Passphrase, PersonDigest};
use crate::names::NameIndex;
use crate::numbers::Numbers;
use crate::settings::{IdentityMethod, IdentitySettings, Settings};
use crate::store::{DatabaseUrl, Origin};
use crate::{clock, terminal};

/// Connections of the desk address: a few people and a collector of metrics.
const DESK_CONNECTIONS: Connections = Connections { most: 256 };

pub(super) fn run(arguments: &Serve) -> Result<(), CommandError> {
    let environment = |name: &str| std::env::var_os(name);
    let settings = Settings::read(
        &arguments.settings,
        environment,
        arguments.config.as_deref(),
    )?;
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .init();
    tokio::runtime::Runtime::new()?.block_on(serve(settings))
}

async fn serve(settings: Settings) -> Result<(), CommandError> {
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    let desk = match settings.desk_listen {
        Some(desk) => Some(TcpListener::bind(desk).await?),
        None => None,
    };
    let origin = match &settings.public_url {
        Some(origin) => origin.clone(),
        None => format!("http://{address}").parse()?,
    };
    let store = settings.db.open().await?;
    let folder = settings.index.clone();
    let folder = folder.unwrap_or_else(|| settings.db.index_folder());
    let index = Arc::new(NameIndex::open(&folder)?);
    let secrets = Arc::new(Secrets::find(&settings)?);
    let seen = secrets.folder.changed();
    let keys = secrets.keys(&origin)?;
    let own = match &settings.identity {
        None => None,
        Some(identity) => Some(secrets.own(identity, &settings.issuer_name, &origin)?),
    };
    catch_up(&index, &*store, false).await?;
    let numbers = Numbers::open(&secrets.folder, &secrets.passphrase, secrets.may_create)?;
    let office = IssuingOffice::new(
        (keys, numbers),
        origin.to_string(),
        settings.issuer_name,
        settings.card_algorithm,
    );
    let office = Arc::new(office);
    if let Some(desk) = &desk {
        terminal::say(format_args!("desk on http://{}", desk.local_addr()?));
    }
    let dummies = match settings.demo_codes {
        true => Some(Dummies::new(office.issuer().clone())?),
        false => None,
    };
    let kept = http::keep_releases(&settings.db.releases_folder(), office.root());
    // Without it everything works but pages of before an upgrade.
    let kept = kept.unwrap_or_else(|error| {
        tracing::warn!(%error, "the widgets of this release are not kept for pages of after the next");
        None
    });
    let [end, desk_end] = [shutdown(), shutdown()];
    announce(&office, address);
    let keys = tokio::spawn(follow_keys(secrets, origin, Arc::clone(&office), seen));
    let app = App::new(Parts {
        store,
        index,
        office,
        rate_limit: settings.rate_limit,
        trusted_hops: settings.trusted_hops,
        card_cache: http::CARD_CACHE_BYTES,
        own,
        dummies,
        kept,
    });
    let housekeeping = tokio::spawn(Arc::clone(&app).housekeeping());
    let connections = Connections {
        most: settings.max_connections,
    };
    let public = http::serve(listener, http::public(Arc::clone(&app)), connections, end);
    match desk {
        None => public.await,
        Some(listener) => {
            let desk = http::desk(Arc::clone(&app));
            let desk = http::serve(listener, desk, DESK_CONNECTIONS, desk_end);
            tokio::join!(public, desk);
        }
    }
    housekeeping.abort();
    keys.abort();
    app.keep_counts().await;
    Ok(())
}

/// How often is looked whether the keys changed.
const KEYS_LOOK: Duration = Duration::from_secs(1);

/// The folder of keys, and what opens it.
struct Secrets {
    folder: KeyFolder,
    passphrase: Passphrase,
    may_create: bool,
}

impl Secrets {
    fn find(settings: &Settings) -> Result<Self, CommandError> {
        let path = settings.keys.clone();
        let path = path.unwrap_or_else(|| settings.db.beside().join("keys"));
        let folder = KeyFolder::new(&path);
        // Servers that share a database share their keys too: nobody makes new ones.
        let is_alone = matches!(settings.db, DatabaseUrl::Sqlite(_));
        let may_create = is_alone && !settings.require_keys;
        if !folder.is_complete() && !may_create {
            return Err(KeysError::Missing { path }.into());
        }
        let passphrase = Passphrase::find(settings.key_passphrase_file.as_deref())
            .map_err(KeysError::Passphrase)?;
        Ok(Self {
            folder,
            passphrase,
            may_create,
        })
    }

    fn keys(&self, origin: &Origin) -> Result<Keys, CommandError> {
        let (issuer, now) = (origin.as_str(), clock::now());
        if !self.folder.is_complete() {
            Keys::create(&self.folder, &self.passphrase, issuer, now)?;
            terminal::remark(format_args!(
                "made a root, two card keys (EdDSA, SM2-SM3) and a status key in {}: keep root.pem safe, whoever has it can sign in your name",
                self.folder
            ));
        }
        Ok(Keys::open(&self.folder, &self.passphrase, issuer, now)?)
    }

    fn own(
        &self,
        settings: &IdentitySettings,
        issuer_name: &str,
        origin: &Origin,
    ) -> Result<OwnParts, CommandError> {
        let (passphrase, may_create) = (&self.passphrase, self.may_create);
        let identity = match &settings.method {
            IdentityMethod::Header { name, proxies } => Identity::Header(TrustedHeader {
                name: name.clone(),
                proxies: proxies.clone(),
            }),
            IdentityMethod::Provider {
                issuer,
                client,
                secret_file,
                claim,
            } => {
                let secret = secret_file.as_deref().map(secret).transpose()?;
                Identity::Oidc(Box::new(Provider::new(ProviderSettings {
                    issuer: issuer.clone(),
                    client: client.clone(),
                    secret,
                    claim: claim.clone(),
                    redirect: format!("{origin}{}", path::SELF_CALLBACK),
                })?))
            }
        };
        Ok(OwnParts {
            identity,
            seal: Seal::open(&self.folder, passphrase, may_create, origin.as_str())?,
            digest: PersonDigest::open(&self.folder, passphrase, may_create)?,
            consent: consent()?,
            handler: format!("{issuer_name}（{}）", settings.contact),
            origin: origin.clone(),
        })
    }
}

/// Takes over the keys of a key set that was changed while the server runs, for
/// as long as it does.
async fn follow_keys(
    secrets: Arc<Secrets>,
    origin: Origin,
    office: Arc<IssuingOffice>,
    mut seen: Option<SystemTime>,
) {
    let mut looks = tokio::time::interval(KEYS_LOOK);
    loop {
        looks.tick().await;
        let changed = secrets.folder.changed();
        if changed == seen {
            continue;
        }
        seen = changed;
        let (secrets, origin) = (Arc::clone(&secrets), origin.clone());
        // To decrypt a key takes long, on purpose.
        let opened = tokio::task::spawn_blocking(move || secrets.keys(&origin).map_err(Failed::of));
        match opened.await {
            Ok(Ok(keys)) => {
                tracing::info!(version = keys.key_set.version, "keys changed");
                office.take_keys(keys);
            }
            Ok(Err(Failed(error))) => {
                tracing::error!(error, "changed keys could not be read; the old ones go on");
            }
            Err(_) => return,
        }
    }
}

/// Why keys could not be read, in a line.
struct Failed(String);

impl Failed {
    #[allow(clippy::needless_pass_by_value, reason = "it is what map_err hands on")]
    fn of(error: CommandError) -> Self {
        Self(terminal::chain(&*error))
    }
}

/// What stands in a file that holds a secret, without the line's end.
fn secret(path: &Path) -> Result<Zeroizing<String>, CommandError> {
    let text = std::fs::read_to_string(path).map(Zeroizing::new);
    let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Zeroizing::new(text.trim().to_owned()))
}

fn announce(office: &IssuingOffice, address: SocketAddr) {
    if !http::has_widgets() {
        terminal::remark("this program carries no widgets: run `cargo xtask build` first");
    }
    terminal::say(format_args!("root {}", office.root()));
    terminal::say(format_args!(
        "listening on http://{address} as {}",
        office.issuer().id
    ));
}

/// Ends with the first Ctrl-C or SIGTERM from this call on; requests under way are
/// finished. Not `async`: a future listens when it is first looked at, and a server
/// that has just said that it listens would be killed in the middle of a request.
#[cfg(unix)]
fn shutdown() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};

    // Without a handler the process ends at once, which is all we could do.
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        let [interrupt, terminate] = signals.map(|signal| async {
            match signal {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        });
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

/// Ends with the first Ctrl-C; requests under way are finished.
#[cfg(not(unix))]
async fn shutdown() {
    let _ = tokio::signal::ctrl_c().await;
}

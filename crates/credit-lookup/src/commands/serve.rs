//! `credit-lookup serve`

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{CommandError, catch_up};
use crate::cli::Serve;
use crate::http::{self, App, Connections, Parts};
use crate::issuer::IssuingOffice;
use crate::keys::{KeyFolder, Keys, KeysError, Passphrase};
use crate::names::NameIndex;
use crate::store::DatabaseUrl;
use crate::{clock, terminal};

/// Connections of the desk address: a few people and a collector of metrics.
const DESK_CONNECTIONS: Connections = Connections { most: 256 };

pub(super) fn run(arguments: Serve) -> Result<(), CommandError> {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .init();
    tokio::runtime::Runtime::new()?.block_on(serve(arguments))
}

async fn serve(arguments: Serve) -> Result<(), CommandError> {
    let listener = TcpListener::bind(arguments.listen).await?;
    let address = listener.local_addr()?;
    let desk = match arguments.desk_listen {
        Some(desk) => Some(TcpListener::bind(desk).await?),
        None => None,
    };
    let public_url = arguments
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let store = arguments.db.open().await?;
    let folder = arguments.index.clone();
    let folder = folder.unwrap_or_else(|| arguments.db.index_folder());
    let index = Arc::new(NameIndex::open(&folder)?);
    let keys = keys(&arguments, &public_url)?;
    catch_up(&index, &*store, false).await?;
    let office = Arc::new(IssuingOffice::new(keys, public_url, arguments.issuer_name));
    if let Some(desk) = &desk {
        terminal::say(format_args!("desk on http://{}", desk.local_addr()?));
    }
    announce(&office, address);
    let app = App::new(Parts {
        store,
        index,
        office,
        rate_limit: arguments.rate_limit.0,
        trusted_hops: arguments.trusted_hops,
        card_cache: http::CARD_CACHE_BYTES,
    });
    let housekeeping = tokio::spawn(Arc::clone(&app).housekeeping());
    let most = usize::try_from(arguments.max_connections).unwrap_or(usize::MAX);
    let connections = Connections { most };
    let public = http::serve(
        listener,
        http::public(Arc::clone(&app)),
        connections,
        shutdown(),
    );
    match desk {
        None => public.await,
        Some(listener) => {
            let desk = http::desk(Arc::clone(&app));
            let desk = http::serve(listener, desk, DESK_CONNECTIONS, shutdown());
            tokio::join!(public, desk);
        }
    }
    housekeeping.abort();
    app.keep_counts().await;
    Ok(())
}

fn keys(arguments: &Serve, public_url: &str) -> Result<Keys, CommandError> {
    let path = arguments
        .keys
        .clone()
        .unwrap_or_else(|| arguments.db.beside().join("keys"));
    let folder = KeyFolder::new(&path);
    // Servers that share a database share their keys too: nobody makes new ones.
    let may_create = matches!(arguments.db, DatabaseUrl::Sqlite(_)) && !arguments.require_keys;
    if !folder.is_complete() && !may_create {
        return Err(KeysError::Missing { path }.into());
    }
    let passphrase = Passphrase::find(arguments.key_passphrase_file.as_deref())
        .map_err(KeysError::Passphrase)?;
    if !folder.is_complete() {
        Keys::create(&folder, &passphrase, public_url, clock::now())?;
        terminal::remark(format_args!(
            "made a root, a card key and a status key in {}: keep root.pem safe, whoever has it can sign in your name",
            path.display()
        ));
    }
    Ok(Keys::open(&folder, &passphrase, public_url, clock::now())?)
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

/// Ends with the first Ctrl-C or SIGTERM; requests under way are finished.
async fn shutdown() {
    let interrupt = async {
        // Without a handler the process ends at once, which is all we could do.
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

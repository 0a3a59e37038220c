//! HTTP: one file a resource. Reads stand in `read`, apart from everything
//! that changes records; pages for people in `pages`.

mod answer;
mod desk;
mod edition;
mod embed;
mod extract;
mod guard;
mod kept;
mod metrics;
mod open;
mod openapi;
mod own;
mod pages;
mod problem;
mod read;
mod sites;

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::limits::BODY_MAX_BYTES;
use tower::ServiceBuilder;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::dummies::Dummies;
use crate::issuer::IssuingOffice;
use crate::names::NameIndex;
use crate::store::Store;
use crate::terminal;
use edition::Edition;
use metrics::Metrics;
use own::Own;
use read::cards::CardCache;
use read::catalogue::CatalogueCounts;
use read::latest::Latest;
use read::lists::ListCounts;
use read::members::MembersCache;
use sites::SiteCounts;

pub use desk::desk;
pub use embed::{has_widgets, keep_releases};
pub use extract::IdentifierPath;
use guard::{Client, Limiter};
pub use guard::{Connections, RateError, RateLimit, serve};
pub use kept::KeptReleases;
pub use openapi::document as openapi;
pub use own::OwnParts;
pub use problem::Refusal;

/// How often what is counted is written down.
const KEEP: Duration = Duration::from_secs(60);

/// How often buckets and samples are tidied.
const TIDY: Duration = Duration::from_secs(1);

/// Memory for signed cards where the setting does not say, in bytes.
pub const CARD_CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// What a server answers with, and how.
pub struct Parts {
    /// The records.
    pub store: Arc<dyn Store>,
    /// Search by name.
    pub index: Arc<NameIndex>,
    /// What is signed.
    pub office: Arc<IssuingOffice>,
    /// How often one client may ask; none is without limit.
    pub rate_limit: Option<RateLimit>,
    /// Proxies of ours in front of us.
    pub trusted_hops: usize,
    /// Most memory for signed cards, in bytes.
    pub card_cache: u64,
    /// How people prove who they are, to see what is recorded about them.
    pub own: Option<OwnParts>,
    /// What dummy codes show, where they are answered.
    pub dummies: Option<Dummies>,
    /// Widgets of releases before, where there is a folder for them.
    pub kept: Option<KeptReleases>,
}

/// What the handlers share.
pub struct App {
    store: Arc<dyn Store>,
    index: Arc<NameIndex>,
    office: Arc<IssuingOffice>,
    limiter: Option<Limiter<Client>>,
    trusted_hops: usize,
    cards: CardCache,
    members: MembersCache,
    catalogue: CatalogueCounts,
    list_counts: ListCounts,
    edition: Edition,
    /// Held by who reads what is revoked.
    revoking: tokio::sync::Mutex<()>,
    /// Edition that the name index is known to have followed.
    followed: AtomicU64,
    /// When it last began to follow many changes.
    following: Mutex<Option<Instant>>,
    own_files: OnceLock<Option<embed::Own>>,
    metrics: Metrics,
    sites: SiteCounts,
    own: Option<Own>,
    dummies: Option<Dummies>,
    kept: Option<KeptReleases>,
}

/// What the handlers share, as they get it.
type AppState = Arc<App>;

impl App {
    /// A server of `parts`.
    #[must_use]
    pub fn new(parts: Parts) -> Arc<Self> {
        Arc::new(Self {
            store: parts.store,
            index: parts.index,
            office: parts.office,
            limiter: parts.rate_limit.map(Limiter::new),
            trusted_hops: parts.trusted_hops,
            cards: CardCache::new(parts.card_cache),
            members: MembersCache::new(),
            catalogue: Latest::new(),
            list_counts: Latest::new(),
            edition: Edition::new(),
            revoking: tokio::sync::Mutex::default(),
            followed: AtomicU64::new(u64::MAX),
            following: Mutex::default(),
            own_files: OnceLock::new(),
            metrics: Metrics::new(),
            sites: SiteCounts::default(),
            own: parts.own.map(Own::new),
            dummies: parts.dummies,
            kept: parts.kept,
        })
    }

    /// The edition of the records of now; what is revoked is known up to it.
    async fn edition_now(&self) -> Result<u64, Refusal> {
        let edition = self.edition.latest(&*self.store).await?;
        if self.office.revoked_edition() == Some(edition) {
            return Ok(edition);
        }
        // One reads, so that none takes back what a later one has taken.
        let _one = self.revoking.lock().await;
        let edition = self.edition.latest(&*self.store).await?;
        if self.office.revoked_edition() != Some(edition) {
            let revocations = self.store.revocations().await?;
            self.office.take_revocations(edition, &revocations);
        }
        Ok(edition)
    }

    /// Whether the index may begin to follow many changes: not if it did within
    /// `again`.
    fn may_follow(&self, again: Duration) -> bool {
        let mut last = self
            .following
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let may = last.is_none_or(|last| last.elapsed() >= again);
        if may {
            *last = Some(Instant::now());
        }
        may
    }

    /// Tidies up and writes counts down, for as long as the server runs.
    pub async fn housekeeping(self: Arc<Self>) {
        let (mut tidy, mut keep) = (tokio::time::interval(TIDY), tokio::time::interval(KEEP));
        loop {
            tokio::select! {
                _ = tidy.tick() => {
                    self.metrics.tidy();
                    if let Some(limiter) = &self.limiter {
                        limiter.tidy();
                    }
                    if let Some(own) = &self.own {
                        own.tidy();
                    }
                }
                _ = keep.tick() => self.keep_counts().await,
            }
        }
    }

    /// Writes down how often sites used us.
    pub async fn keep_counts(&self) {
        if let Err(error) = self.sites.keep(&*self.store).await {
            let error = terminal::chain(&error);
            tracing::error!(error, "counts of sites could not be written down");
        }
    }
}

/// The public server as a function from request to response.
pub fn public(app: Arc<App>) -> Router {
    let worth_it = DefaultPredicate::new().and(
        |status: StatusCode, _: Version, _: &HeaderMap, _: &Extensions| {
            status != StatusCode::NOT_MODIFIED
        },
    );
    let open = openapi::routes()
        .route(path::EMBED_RELEASE, get(embed::file))
        .layer(open::Open);
    let own = Router::new()
        .route("/", get(read::pages::front_page))
        .route(path::PAGE, get(read::pages::subject_page))
        .route(path::PRINT_PAGE, get(read::pages::print_page))
        .route(path::REPORT_PAGE, get(read::pages::report_page))
        .route(path::SHARE_PAGE, get(read::pages::share_page))
        .route(path::AREA_PAGE, get(read::pages::area_page))
        .route(path::DOCS, get(read::pages::docs))
        .route(path::VERIFY, get(read::pages::verify_page))
        .route("/assets/{file}", get(read::pages::asset))
        .merge(own::routes())
        .merge(openapi::own_routes())
        .layer(set("cross-origin-opener-policy", "same-origin"));
    let pages = own
        .route(path::FRAME, get(read::pages::frame_page))
        .layer(set("referrer-policy", "no-referrer"));
    let compressed = open
        .merge(pages)
        .layer(CompressionLayer::new().compress_when(worth_it));
    openapi::signed_routes()
        .layer(open::Open)
        .merge(compressed)
        .fallback(async || Refusal::from(ProblemKind::NoSuchPath))
        .method_not_allowed_fallback(async || Refusal::from(ProblemKind::Method))
        .with_state(Arc::clone(&app))
        // As one: each layer of its own is boxed and copied for every request.
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(guard::Door::Public(app), guard::edge))
                .layer(DefaultBodyLimit::max(BODY_MAX_BYTES)),
        )
}

fn set(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(
        HeaderName::from_static(name),
        HeaderValue::from_static(value),
    )
}

//! 嵌入站点: how often the registered embedders use us. Only their own name is
//! counted, nothing of their visitors.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use axum::http::{HeaderMap, HeaderValue, header};

use crate::clock;
use crate::store::{Ledger, Site, StoreError, Uses};

/// Counts of the sites that there are.
#[derive(Default)]
pub(super) struct SiteCounts {
    known: RwLock<Known>,
}

#[derive(Default)]
struct Known {
    /// Site by origin.
    places: HashMap<String, usize>,
    /// Name and requests since the last time they were written down.
    sites: Vec<(String, AtomicU64)>,
}

impl SiteCounts {
    /// Counts a request by the page that sent it, if it is one of a site.
    pub(super) fn note(&self, headers: &HeaderMap) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if known.places.is_empty() {
            return;
        }
        let page = headers.get(header::ORIGIN).or(headers.get(header::REFERER));
        let place = page
            .and_then(origin)
            .and_then(|origin| known.places.get(origin));
        if let Some((_, count)) = place.and_then(|place| known.sites.get(*place)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Writes down what was counted, and learns which sites there are.
    pub(super) async fn keep(&self, ledger: &dyn Ledger) -> Result<(), StoreError> {
        let day = clock::now().date_in_china();
        let counted = |known: &Known| {
            let uses = known.sites.iter().map(|(site, count)| Uses {
                site: site.clone(),
                day,
                count: count.load(Ordering::Relaxed),
            });
            uses.filter(|uses| uses.count > 0).collect::<Vec<_>>()
        };
        let uses = counted(&self.known.read().unwrap_or_else(PoisonError::into_inner));
        if !uses.is_empty() {
            ledger.add_uses(uses.clone()).await?;
        }
        let sites = ledger.sites().await?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        // What came while it was written down stays counted.
        let rest = |name: &str| {
            let of = |(site, count): &(String, AtomicU64)| {
                (site == name).then(|| count.load(Ordering::Relaxed))
            };
            let written = uses.iter().find(|uses| uses.site == name);
            let now = known.sites.iter().find_map(of).unwrap_or_default();
            now.saturating_sub(written.map_or(0, |uses| uses.count))
        };
        let next = Known {
            places: places(&sites),
            sites: sites
                .iter()
                .map(|site| (site.name.clone(), AtomicU64::new(rest(&site.name))))
                .collect(),
        };
        *known = next;
        Ok(())
    }
}

fn places(sites: &[Site]) -> HashMap<String, usize> {
    let each = sites.iter().enumerate();
    each.flat_map(|(place, site)| {
        let origins = site.origins.iter();
        origins.map(move |origin| (origin.to_string(), place))
    })
    .collect()
}

/// The origin of a page's address.
fn origin(value: &HeaderValue) -> Option<&str> {
    let text = value.to_str().ok()?;
    let host = text.find("://")? + 3;
    let end = text[host..].find('/').map_or(text.len(), |end| host + end);
    Some(&text[..end])
}

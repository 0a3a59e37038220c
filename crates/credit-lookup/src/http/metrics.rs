//! 运行指标, as Prometheus reads them. Labels are routes and codes, never what
//! somebody asked.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use axum::extract::MatchedPath;
use axum::http::{Method, StatusCode};
use metrics::{Counter, Histogram, counter, gauge, histogram, with_local_recorder};
use metrics_exporter_prometheus::{
    Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

/// Limits of the latency histogram's buckets, in seconds: from a cached card to
/// the time limit.
const BUCKETS: [f64; 14] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0,
];

const REQUESTS: &str = "credit_http_requests_total";
const SECONDS: &str = "credit_http_request_duration_seconds";

/// The metrics of one server.
pub(super) struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    routes: RwLock<HashMap<String, Route>>,
}

/// What is counted of a route. Kept, because looking a metric up by its labels
/// takes longer than a card.
struct Route {
    seconds: Histogram,
    requests: HashMap<(&'static str, StatusCode), Counter>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let seconds = Matcher::Full(SECONDS.to_owned());
        let builder = PrometheusBuilder::new();
        // It fails for no buckets at all, and then there are summaries.
        let builder = builder
            .set_buckets_for_metric(seconds, &BUCKETS)
            .unwrap_or_default();
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        with_local_recorder(&recorder, || {
            metrics::describe_counter!(REQUESTS, "Requests by route, method and status.");
            metrics::describe_histogram!(
                SECONDS,
                metrics::Unit::Seconds,
                "Time from the head of a request to the head of its answer."
            );
        });
        Self {
            recorder,
            handle,
            routes: RwLock::default(),
        }
    }

    /// Counts a request.
    pub(super) fn request(
        &self,
        method: &Method,
        route: Option<&MatchedPath>,
        status: StatusCode,
        took: Duration,
    ) {
        // A method that nobody knows is not a label that anybody may choose.
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            Method::POST => "POST",
            Method::OPTIONS => "OPTIONS",
            _ => "other",
        };
        let route = route.map_or("none", MatchedPath::as_str);
        let known = self.routes.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(route)
            && let Some(requests) = known.requests.get(&(method, status))
        {
            requests.increment(1);
            known.seconds.record(took.as_secs_f64());
            return;
        }
        drop(known);
        let mut routes = self.routes.write().unwrap_or_else(PoisonError::into_inner);
        with_local_recorder(&self.recorder, || {
            let known = routes.entry(route.to_owned()).or_insert_with(|| Route {
                seconds: histogram!(SECONDS, "route" => route.to_owned()),
                requests: HashMap::new(),
            });
            let requests = known.requests.entry((method, status)).or_insert_with(|| {
                let status = status.as_str().to_owned();
                counter!(REQUESTS, "route" => route.to_owned(), "method" => method, "status" => status)
            });
            requests.increment(1);
            known.seconds.record(took.as_secs_f64());
        });
    }

    /// Sets a value that is looked at when the metrics are read.
    pub(super) fn set(&self, name: &'static str, value: f64) {
        with_local_recorder(&self.recorder, || gauge!(name).set(value));
    }

    /// All of them as text. Samples since the last time are sorted into their
    /// buckets here, so it has to be called now and then.
    pub(super) fn text(&self) -> String {
        self.handle.render()
    }

    /// Keeps samples from piling up when nobody reads the metrics.
    pub(super) fn tidy(&self) {
        self.handle.run_upkeep();
    }
}

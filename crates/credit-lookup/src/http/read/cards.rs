//! `GET /v1/cards/{code}`, `GET /v1/cards?codes=`, `POST /v1/cards/batch`

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::BatchRequest;
use credit_api::cards::CardBatch;
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::date::Timestamp;
use credit_core::dummy::Dummy;
use credit_core::identifier::SubjectCode;
use credit_core::limits::{CARDS_GET_MAX, CARDS_POST_MAX};
use credit_core::record::{Holder, Record};
use credit_sign::algorithm::Algorithm;
use moka::sync::Cache;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::answer::{Keep, Tagged, answer, tagged};
use super::super::extract::{Asked, BodyOf, IdentifierPath, QueryOf, parsed_option};
use super::super::openapi::{CodePath, Refused};
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::words_schema;
use super::{dummy, find};
use crate::clock;
use crate::issuer::NoKey;
use crate::store::StoredSubject;

const CONTENT_TYPE: &str = "application/vc+jwt";

/// What a kept card takes beside its bytes: key, tag, places in the cache.
const ENTRY_BYTES: usize = 320;

/// Signed cards of the edition of now.
pub(crate) struct CardCache(Cache<(SubjectCode, Algorithm), Kept>);

/// What cards are made of: records, and keys by the version of their set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Edition {
    records: u64,
    keys: i64,
}

impl Edition {
    /// The edition of now. It comes first: what is read after it is at least as
    /// new.
    async fn of(app: &App) -> Result<Self, Refusal> {
        let keys = app.office.keys().key_set.version;
        let records = app.edition_now().await?;
        Ok(Self { records, keys })
    }
}

/// A card with what makes it stale.
#[derive(Clone)]
struct Kept {
    edition: Edition,
    /// Until when it is what would be signed.
    until: Timestamp,
    content: Tagged,
}

impl CardCache {
    /// A cache of at most `bytes`.
    pub(crate) fn new(bytes: u64) -> Self {
        let weigh = |_: &(SubjectCode, Algorithm), kept: &Kept| {
            u32::try_from(kept.content.body.len() + ENTRY_BYTES).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes).weigher(weigh).build())
    }

    /// How many cards are kept.
    pub(crate) fn len(&self) -> u64 {
        // Counted late, to be fast.
        self.0.run_pending_tasks();
        self.0.entry_count()
    }

    fn get(
        &self,
        code: SubjectCode,
        algorithm: Algorithm,
        edition: Edition,
        now: Timestamp,
    ) -> Option<Tagged> {
        let kept = self.0.get(&(code, algorithm))?;
        (kept.edition == edition && now < kept.until).then_some(kept.content)
    }

    /// Signs the card of a subject as it was read in `edition`.
    fn sign(
        &self,
        app: &App,
        stored: &StoredSubject,
        records: &[Record],
        (algorithm, edition): (Algorithm, Edition),
        now: Timestamp,
    ) -> Result<Tagged, NoKey> {
        let (token, until) = app.office.card(stored, records, algorithm, now)?;
        let content = Tagged::new(token);
        let kept = Kept {
            edition,
            until,
            content: content.clone(),
        };
        self.0.insert((stored.subject.code, algorithm), kept);
        Ok(content)
    }
}

/// Cards by code
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "it describes what CardBatch writes")]
struct CardsSchema {
    /// Token of each code asked for; `null` for one that is bad or unknown.
    cards: HashMap<String, Option<String>>,
}

/// Parameters of a card.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CardParameters {
    /// `EdDSA` or `SM2-SM3`; else what the server is set to.
    #[serde(default, deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = algorithm_schema)]
    alg: Option<Algorithm>,
}

fn algorithm_schema() -> utoipa::openapi::Schema {
    words_schema(Algorithm::ALL.map(Algorithm::code))
}

/// Parameters of a cacheable batch.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SomeParameters {
    /// Up to 250 unified social credit codes, sorted, separated by commas.
    #[param(format = "usccs", example = "91120102MATEXT01X4,92120102MATEXT01X1")]
    codes: String,
}

/// Signed card of a subject
///
/// 企业信用名片: a W3C verifiable credential as compact JWS (`vc+jwt`).
#[utoipa::path(
    get, path = path::CARD, tag = "cards", operation_id = "card", params(CodePath, CardParameters),
    responses(
        (status = 200, description = "The card", body = String, content_type = "application/vc+jwt"),
        Refused
    )
)]
pub(crate) async fn one(
    State(app): State<AppState>,
    IdentifierPath(code): IdentifierPath<SubjectCode>,
    QueryOf(CardParameters { alg }): QueryOf<CardParameters>,
    Asked(asked): Asked,
) -> Result<Response, Refusal> {
    let now = clock::now();
    if let Some((dummies, dummy)) = dummy(&app, &code).await? {
        let token = dummies.card(dummy, code, now);
        let content = Tagged::new(token.ok_or(ProblemKind::NotFound)?);
        return Ok(tagged(&asked, CONTENT_TYPE, Keep::Minute, &content));
    }
    let edition = Edition::of(&app).await?;
    let algorithm = alg.unwrap_or(app.office.algorithm());
    let content = match app.cards.get(code, algorithm, edition, now) {
        Some(content) => content,
        None => {
            let stored = find(&app, &code).await?;
            let records = of_codes(&app, &[code]).await?;
            let records = records.get(&code).map_or(&[][..], Vec::as_slice);
            let signed = app
                .cards
                .sign(&app, &stored, records, (algorithm, edition), now);
            signed.map_err(|error| match alg {
                None => Refusal::from(error),
                // Asked for what this server does not do.
                Some(algorithm) => Refusal::because(
                    ProblemKind::BadRequest,
                    format!("本服务没有 {algorithm} 密钥"),
                    error.to_string(),
                ),
            })?
        }
    };
    Ok(tagged(&asked, CONTENT_TYPE, Keep::Minute, &content))
}

/// Signed cards of the codes in the query
///
/// Sorted by the client, so that caches see one address for the same cards. A
/// code that is bad or unknown has no card; it never fails the others.
#[utoipa::path(
    get, path = path::CARDS, tag = "cards", operation_id = "cards", params(SomeParameters),
    responses((status = 200, description = "Cards by code", body = CardsSchema), Refused)
)]
pub(crate) async fn some(
    State(app): State<AppState>,
    QueryOf(SomeParameters { codes }): QueryOf<SomeParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let codes: Vec<String> = codes.split(',').map(str::to_owned).collect();
    let body = many(&app, codes, CARDS_GET_MAX).await?;
    Ok(answer(&asked, "application/json", Keep::Minute, body))
}

/// Signed cards of the codes in the body
#[utoipa::path(
    post, path = path::CARDS_BATCH, tag = "cards", operation_id = "cardsBatch", request_body = BatchRequest,
    responses(
        (status = 200, description = "Cards by code", body = CardsSchema),
        (status = 415, description = "The body is not JSON", body = credit_api::problem::Problem,
            content_type = "application/problem+json"),
        Refused
    )
)]
pub(crate) async fn batch(
    State(app): State<AppState>,
    asked: HeaderMap,
    BodyOf(request): BodyOf<BatchRequest>,
) -> Result<Response, Refusal> {
    let body = many(&app, request.codes, CARDS_POST_MAX).await?;
    Ok(answer(&asked, "application/json", Keep::Minute, body))
}

async fn many(app: &Arc<App>, asked: Vec<String>, most: usize) -> Result<String, Refusal> {
    if asked.len() > most {
        let found = asked.len();
        return Err(Refusal::because(
            ProblemKind::TooMuch,
            format!("共有{found}个代码，最多{most}个"),
            format!("{found} codes, at most {most} are allowed here"),
        ));
    }
    let edition = Edition::of(app).await?;
    let algorithm = app.office.algorithm();
    let now = clock::now();
    let parsed: Vec<Option<SubjectCode>> = asked
        .iter()
        .map(|text| SubjectCode::as_published(text).ok())
        .collect();
    let mut contents: HashMap<SubjectCode, Tagged> = HashMap::with_capacity(asked.len());
    let mut missing = Vec::new();
    for code in parsed.iter().flatten() {
        if let Some((dummies, dummy)) = app.dummies.as_ref().zip(Dummy::of(code)) {
            let token = dummies.card(dummy, *code, now);
            contents.extend(token.map(|token| (*code, Tagged::new(token))));
            continue;
        }
        match app.cards.get(*code, algorithm, edition, now) {
            Some(content) => {
                contents.insert(*code, content);
            }
            None => missing.push(*code),
        }
    }
    if !missing.is_empty() {
        let found = app.store.subjects(&missing).await?;
        let records = of_codes(app, &missing).await?;
        let app = Arc::clone(app);
        let sign = move || -> Result<Vec<(SubjectCode, Tagged)>, NoKey> {
            let sign = |stored: &StoredSubject| {
                let records = records.get(&stored.subject.code);
                let records = records.map_or(&[][..], Vec::as_slice);
                let content = app
                    .cards
                    .sign(&app, stored, records, (algorithm, edition), now)?;
                Ok((stored.subject.code, content))
            };
            found.iter().map(sign).collect()
        };
        // A thousand signatures take 30 ms, for which nobody else should wait.
        let signed = tokio::task::spawn_blocking(sign).await;
        contents.extend(signed.map_err(|_| ProblemKind::Internal)??);
    }
    let token = |code: SubjectCode| {
        let content = contents.get(&code)?;
        String::from_utf8(content.body.to_vec()).ok()
    };
    let cards = asked.into_iter().zip(parsed);
    let cards = cards.map(|(text, code)| (text, code.and_then(token)));
    Ok(CardBatch(cards.collect()).to_json().to_string())
}

/// The records of each of `codes` that has any.
async fn of_codes(
    app: &App,
    codes: &[SubjectCode],
) -> Result<HashMap<SubjectCode, Vec<Record>>, Refusal> {
    let mut records: HashMap<SubjectCode, Vec<Record>> = HashMap::new();
    for stored in app.store.records_of(codes).await? {
        if let Holder::Subject(code) = stored.record.holder {
            records.entry(code).or_default().push(stored.record);
        }
    }
    Ok(records)
}

//! `GET /v1/areas`, `GET /v1/areas/{id}`

use std::collections::HashSet;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit_api::body::{Page, RecordItem, SourceBody};
use credit_api::district::{AreaBody, AreaSummary, CountItem, GradeItem, MemberItem, SchemeItem};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_core::lang::Lang;
use credit_core::record::{CodeSet, Dataset, Word};
use credit_core::subject::SubjectKind;
use serde::Deserialize;
use utoipa::IntoParams;

use super::super::answer::json;
use super::super::extract::{LangParameter, Limit, QueryOf, TextPath, parsed_option};
use super::super::openapi::Refused;
use super::super::problem::Refusal;
use super::super::{App, AppState};
use super::listing::{ListParameters, item, lang_schema, list, words_schema};
use super::members::{AreaMembers, Grade, Levels, Member, Tally, members};
use crate::clock;
use crate::search::{Query, QueryError};

/// Which members of an area, which part of them, and in which language.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct AreaParameters {
    /// Any part of a name, its pinyin or initials, or a code or its beginning.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, max_length = 200, format = "query")]
    pub(crate) q: Option<String>,
    /// Only this industry, as `summary.industries` names it.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = industry_schema)]
    pub(crate) industry: Option<Industry>,
    /// Only members with a grade of this scheme, as `summary.schemes` names it.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, example = "tax")]
    pub(crate) scheme: Option<String>,
    /// Only members whose grade of `scheme` is this one, as published. A level is one of
    /// its scheme only: without `scheme` nobody has it.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, example = "A")]
    pub(crate) level: Option<String>,
    /// Only members that have made a public commitment (`yes`), or have not (`no`).
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, inline, schema_with = pledged_schema)]
    pub(crate) pledged: Option<Pledged>,
    /// Items of a page, 1 to 50; 10 where it is absent.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 50)]
    pub(crate) limit: Limit,
    /// `next` of the page before. A page goes on behind the last member of the one
    /// before, also when others have moved in or out; when that one has left, at its
    /// position, so that one member may be seen twice or be left out. `24-0` is the
    /// page that begins with the 25th member, as it is now.
    #[serde(deserialize_with = "parsed_option")]
    #[param(value_type = Option<String>, pattern = "^([0-9]{1,9}-[0-9]{1,18})?$")]
    pub(crate) cursor: Option<MemberCursor>,
    /// Language of labels: `zh-CN` or `en`.
    #[param(value_type = Option<String>, inline, schema_with = lang_schema)]
    pub(crate) lang: LangParameter,
}

/// 行业门类 by its word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Industry(&'static str);

/// Whether a member has made a public commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pledged(bool);

/// Where a page begins: behind the member with this number, which was at this position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MemberCursor {
    position: usize,
    number: u64,
}

fn industries() -> impl Iterator<Item = &'static str> {
    let set = CodeSet::named("industry").into_iter();
    set.flat_map(|set| &set.codes).map(|code| code.code)
}

fn industry_schema() -> utoipa::openapi::Schema {
    words_schema(industries())
}

fn pledged_schema() -> utoipa::openapi::Schema {
    words_schema(["yes", "no"])
}

impl FromStr for Industry {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = industries().find(|code| *code == text);
        found.map(Self).ok_or_else(|| {
            let words: Vec<&str> = industries().collect();
            format!("industry is none of {}", words.join(", "))
        })
    }
}

impl FromStr for Pledged {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "yes" => Ok(Self(true)),
            "no" => Ok(Self(false)),
            _ => Err("pledged is neither yes nor no"),
        }
    }
}

impl FromStr for MemberCursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        let is_written = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let parts = text.split_once('-');
        let parts = parts.filter(|(position, number)| {
            // As the pattern of the parameter has it.
            is_written(position, 9) && is_written(number, 18)
        });
        let read = |(position, number): (&str, &str)| {
            let (position, number) = (position.parse().ok()?, number.parse().ok()?);
            Some(Self { position, number })
        };
        parts
            .and_then(read)
            .ok_or("cursor is not one of this server")
    }
}

/// Areas
///
/// 信用区域: parks, business districts, buildings, streets, scenic areas.
#[utoipa::path(
    get, path = path::AREAS, tag = "lists", operation_id = "areas", params(ListParameters),
    responses((status = 200, description = "Areas", body = Page<RecordItem>), Refused)
)]
pub(crate) async fn all(
    State(app): State<AppState>,
    QueryOf(parameters): QueryOf<ListParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let page = list(&app, dataset("areas")?, None, &parameters).await?;
    json(&asked, &page)
}

/// An area with its members
///
/// What is published of the area; its members of today counted by industry and by grade,
/// each scheme by itself; and a page of those that were asked for, by their place in the
/// area and then by name.
#[utoipa::path(
    get, path = path::AREA, tag = "lists", operation_id = "area",
    params(("id" = String, Path, description = "Name of the area in its feed", format = "area"), AreaParameters),
    responses((status = 200, description = "The area, and a page of its members", body = AreaBody), Refused)
)]
pub(crate) async fn one(
    State(app): State<AppState>,
    TextPath(id): TextPath,
    QueryOf(parameters): QueryOf<AreaParameters>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    json(&asked, &find(&app, &id, parameters).await?)
}

/// The area `id` and a page of its members.
pub(crate) async fn find(
    app: &Arc<App>,
    id: &str,
    parameters: AreaParameters,
) -> Result<AreaBody, Refusal> {
    let lang = parameters.lang.0;
    let query = parameters.q.as_deref().map(str::parse).transpose();
    let query: Option<Query> = query.map_err(|error: QueryError| {
        let (zh, en) = (error.in_lang(Lang::ZhCn), error.in_lang(Lang::En));
        Refusal::because(ProblemKind::BadRequest, zh, en)
    })?;
    let kept = members(app, id).await?;
    let named = match query {
        None => None,
        Some(query) => Some(named(&kept, query).await?),
    };
    let today = clock::now().date_in_china();
    let area = item(&kept.area, &[], today, lang).ok_or(ProblemKind::NoSuchItem)?;
    let fits = |member: &&Member| {
        let is_named = named
            .as_ref()
            .is_none_or(|named| named.contains(&member.number));
        is_named && parameters.fits(member)
    };
    let found: Vec<&Member> = kept.members.iter().filter(fits).collect();
    let begin = parameters.cursor.map_or(0, |cursor| cursor.place(&found));
    let end = found.len().min(begin + parameters.limit.0);
    let page = &found[begin..end];
    let next = page.last().filter(|_| end < found.len());
    Ok(AreaBody {
        area,
        summary: summary(&kept.tally, kept.members.len(), found.len(), lang),
        members: Page {
            items: page.iter().map(|member| written(member, lang)).collect(),
            next: next.map(|last| format!("{end}-{}", last.number)),
        },
    })
}

/// The numbers of those whose names or codes answer `query`.
async fn named(kept: &AreaMembers, query: Query) -> Result<HashSet<u64>, Refusal> {
    let names = Arc::clone(&kept.names);
    // Thousands of names may take longer than other requests should wait.
    let task = tokio::task::spawn_blocking(move || names.hits(&query));
    task.await.map_err(|_| ProblemKind::Internal.into())
}

impl AreaParameters {
    fn fits(&self, member: &Member) -> bool {
        let has_grade = |grade: &Grade| {
            let is_of = |scheme: &String| grade.scheme.to_stored() == *scheme;
            self.scheme.as_ref().is_some_and(is_of)
                && self
                    .level
                    .as_ref()
                    .is_none_or(|level| **level == *grade.level)
        };
        let industry = member.industry.map(|industry| industry.code);
        self.industry
            .is_none_or(|Industry(code)| industry == Some(code))
            && self
                .pledged
                .is_none_or(|Pledged(yes)| yes == (member.pledges > 0))
            && ((self.scheme.is_none() && self.level.is_none())
                || member.grades.iter().any(has_grade))
    }
}

impl MemberCursor {
    /// Where in `found` it is.
    fn place(self, found: &[&Member]) -> usize {
        let last = found.iter().position(|member| member.number == self.number);
        let place = last.map_or(self.position, |last| last + 1);
        place.min(found.len())
    }
}

fn summary(tally: &Tally, members: usize, found: usize, lang: Lang) -> AreaSummary {
    let industries = tally.industries.iter().map(|(code, count)| CountItem {
        code: code.code.to_owned(),
        label: Word::Known(code).label(lang),
        count: *count,
    });
    let schemes = tally
        .schemes
        .iter()
        .map(|Levels { scheme, counts }| SchemeItem {
            code: scheme.to_stored(),
            label: scheme.label(lang),
            levels: counts
                .iter()
                .map(|(level, count)| CountItem {
                    code: level.to_string(),
                    label: level.to_string(),
                    count: *count,
                })
                .collect(),
        });
    AreaSummary {
        members: members as u64,
        found: found as u64,
        pledged: tally.pledged,
        industries: industries.collect(),
        schemes: schemes.collect(),
    }
}

fn written(member: &Member, lang: Lang) -> MemberItem {
    let grades = member.grades.iter().map(|grade| GradeItem {
        scheme: grade.scheme.to_stored(),
        label: grade.scheme.label(lang),
        level: grade.level.to_string(),
        unit: grade.unit.to_string(),
        decided: grade.decided,
        is_contested: grade.is_contested,
    });
    MemberItem {
        code: member.code,
        name: member.name.clone(),
        kind: SubjectKind::of(&member.code),
        status: member.status,
        place: member.place.as_deref().map(str::to_owned),
        industry: member.industry.map(|code| Word::Known(code).label(lang)),
        grades: grades.collect(),
        pledges: member.pledges.into(),
        honours: member.honours.into(),
        source: SourceBody {
            unit: member.unit.to_string(),
            as_of: member.as_of,
        },
    }
}

/// A dataset that the tables have; a table without it is a mistake of ours.
pub(crate) fn dataset(name: &str) -> Result<&'static Dataset, Refusal> {
    Dataset::named(name).map_err(|_| {
        tracing::error!(name, "the tables have no such dataset");
        ProblemKind::Internal.into()
    })
}

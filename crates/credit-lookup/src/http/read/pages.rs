//! Pages for people: the front page and `/s/{code}`. They work without script;
//! where there is script, the card in them is the same element that everybody
//! embeds, so it is checked here too.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use credit_api::path;
use credit_api::problem::ProblemKind;
use credit_badge::labels;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use credit_core::subject::{Subject, SubjectKind};
use maud::{DOCTYPE, Markup, html};

use super::super::AppState;
use super::super::answer::{Keep, answer};
use super::super::problem::Refusal;
use super::find;

/// Our own pages run our own files and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'; img-src 'self'; style-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

const ICON: &str = include_str!("../../../../../www/icon.svg");

const STYLE: &str = include_str!("../../../../../www/site.css");

/// `GET /`
pub(crate) async fn front(State(state): State<AppState>, asked: HeaderMap) -> Response {
    let issuer = &state.office.issuer().name;
    let body = html! {
        h1 { "信用查询" }
        p { "输入企业名称的任意部分、拼音、首字母，或者统一社会信用代码。" }
        credit-query {
            noscript { p { "本页的查询需要脚本。也可以直接打开 /s/加上统一社会信用代码。" } }
        }
    };
    page(&asked, StatusCode::OK, issuer, "信用查询", &body)
}

/// `GET /s/{code}`
pub(crate) async fn subject(
    State(state): State<AppState>,
    Path(text): Path<String>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let issuer = &state.office.issuer().name;
    let code = match SubjectCode::as_published(&text) {
        Ok(code) => code,
        Err(error) => {
            let body = html! { h1 { "统一社会信用代码有误" } p { (error.zh()) } };
            return Ok(page(
                &asked,
                StatusCode::BAD_REQUEST,
                issuer,
                "代码有误",
                &body,
            ));
        }
    };
    match find(&state, &code).await {
        Ok(stored) => {
            let subject = &stored.subject;
            Ok(page(
                &asked,
                StatusCode::OK,
                issuer,
                subject.name.as_str(),
                &record(subject),
            ))
        }
        Err(refusal) if refusal.is_internal() => Err(refusal),
        Err(refusal) => {
            let response = refusal.into_response();
            let body = html! {
                h1 { "没有查到这个主体" }
                p { "代码 " code { (code) } " 在本站没有记录。" }
                @if let Some(problem) = code.problem() { p { (problem.zh()) "。" } }
                p { a href="/" { "返回查询" } }
            };
            Ok(page(&asked, response.status(), issuer, "没有查到", &body))
        }
    }
}

fn record(subject: &Subject) -> Markup {
    let zh = Lang::ZhCn;
    let capital = subject
        .capital
        .as_ref()
        .map(|capital| capital.text().to_owned());
    let rows = [
        (
            labels::KIND,
            Some(
                labels::kind(SubjectKind::of(&subject.code))
                    .in_lang(zh)
                    .to_owned(),
            ),
        ),
        (
            labels::STATUS,
            Some(labels::status(subject.status).in_lang(zh).to_owned()),
        ),
        (
            labels::ESTABLISHED,
            subject.established.map(|date| date.to_string()),
        ),
        (labels::ENTITY_TYPE, subject.entity_type.clone()),
        (labels::CAPITAL, capital),
        (labels::REGION, subject.region.clone()),
        (labels::ADDRESS, subject.address.clone()),
        (labels::SCOPE, subject.scope.clone()),
    ];
    html! {
        h1 { (subject.name) }
        p.code {
            (labels::CODE.in_lang(zh)) " " code { (subject.code) }
            @if subject.code.problem().is_some() {
                " " strong.flag { (labels::CODE_FLAG.in_lang(zh)) }
            }
        }
        section aria-label="信用名片" {
            credit-card code=(subject.code) {
                p.note { "以下为登记信息。启用脚本后，这里会显示经过核验的信用名片。" }
            }
        }
        section {
            h2 { "登记信息" }
            dl {
                @for (label, value) in rows {
                    @if let Some(value) = value {
                        dt { (label.in_lang(zh)) }
                        dd { (value) }
                    }
                }
            }
            p.note {
                (labels::SOURCE.in_lang(zh)) "：" (subject.source.unit) " · "
                (labels::AS_OF.in_lang(zh)) " " (subject.source.as_of)
            }
        }
        p { a href="/" { "返回查询" } }
    }
}

fn page(
    asked: &HeaderMap,
    status: StatusCode,
    issuer: &str,
    title: &str,
    body: &Markup,
) -> Response {
    let document = html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · " (issuer) }
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/site.css";
                script type="module" src=(path::EMBED.replace("{file}", "credit.js")) {}
            }
            body {
                header { a href="/" { (issuer) } }
                main { (body) }
                footer { "本站仅公示依法可以公开的信用信息，不作评价或评分。" }
            }
        }
    };
    let mut response = answer(
        asked,
        "text/html; charset=utf-8",
        Keep::Minute,
        document.into_string(),
    );
    if status != StatusCode::OK {
        *response.status_mut() = status;
        response.headers_mut().remove(header::ETAG);
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}

/// `GET /assets/{file}`
pub(crate) async fn asset(Path(file): Path<String>, asked: HeaderMap) -> Result<Response, Refusal> {
    match file.as_str() {
        "site.css" => Ok(answer(
            &asked,
            "text/css; charset=utf-8",
            Keep::Minute,
            STYLE,
        )),
        "icon.svg" => Ok(answer(&asked, "image/svg+xml", Keep::Minute, ICON)),
        _ => Err(Refusal::from(ProblemKind::NoSuchPath)),
    }
}

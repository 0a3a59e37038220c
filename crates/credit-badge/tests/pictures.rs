//! What is drawn and said, compared with pictures that somebody has looked at.
#![cfg(feature = "qr")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says with a panic that it failed"
)]

use std::fs;
use std::path::Path;

use credit_badge::print::{Sheet, sheet};
use credit_badge::qr::Qr;
use credit_badge::svg::{Looks, Size, Style, Theme, badge, no_record};
use credit_badge::view::View;
use credit_core::card::{Card, Fact, FactKind, Issuer, StatusEntry};
use credit_core::date::Timestamp;
use credit_core::document::Document;
use credit_core::identifier::SubjectCode;
use credit_core::lang::Lang;
use credit_core::pass::Pass;
use credit_core::subject::{Source, Subject, SubjectStatus};
use credit_core::trust::{Check, CheckKind, Outcome, Trust};

/// Names of 14 characters, of far more, and of letters.
const NAMES: [(&str, &str); 3] = [
    ("usual", "示例市海河津味食品有限公司"),
    (
        "long",
        "示例市海河津味食品（集团）股份有限公司示例高新技术产业开发区第一分公司示例路门市部",
    ),
    (
        "latin",
        "Tianjin Example Import & Export Trading Co., Ltd. <Branch>",
    ),
];

fn subject(name: &str) -> Subject {
    Subject {
        code: SubjectCode::as_published("91120102MATEXT01X4").unwrap(),
        name: name.parse().unwrap(),
        former_names: Vec::new(),
        status: SubjectStatus::Active,
        established: "2008-05-12".parse().ok(),
        entity_type: Some("有限责任公司".to_owned()),
        capital: None,
        scope: None,
        region: Some("示例市 示例区".to_owned()),
        address: None,
        source: Source {
            unit: "示例市场监督管理局".to_owned(),
            as_of: "2026-11-01".parse().unwrap(),
        },
    }
}

fn now() -> Timestamp {
    "2026-11-24T09:05:00+08:00".parse().unwrap()
}

fn issuer() -> Issuer {
    Issuer {
        id: "https://credit.example.cn".to_owned(),
        name: "示例区信用信息中心".to_owned(),
    }
}

fn entry() -> StatusEntry {
    StatusEntry {
        list: "https://credit.example.cn/v1/status/1".to_owned(),
        index: 7,
    }
}

/// Compares with what is kept, or leaves what was found beside the target folder.
fn compare(found: Vec<(String, String)>) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let mut other = Vec::new();
    for (name, picture) in found {
        if fs::read_to_string(kept.join(&name)).ok().as_deref() != Some(&picture) {
            fs::create_dir_all(&target).unwrap();
            fs::write(target.join(&name), picture).unwrap();
            other.push(name);
        }
    }
    assert!(
        other.is_empty(),
        "look at {} in {}, and copy them to {} if they are meant",
        other.join(", "),
        target.display(),
        kept.display()
    );
}

#[test]
fn badges_are_as_they_were_looked_at() {
    let mut found = Vec::new();
    for (style, style_word) in Style::ALL {
        for (theme, theme_word) in Theme::ALL {
            for lang in [Lang::ZhCn, Lang::En] {
                let looks = Looks {
                    style: *style,
                    size: Size::Normal,
                    theme: *theme,
                };
                let svg = badge(&subject(NAMES[0].1), &issuer().name, lang, looks);
                found.push((format!("{style_word}-{theme_word}-{}.svg", lang.tag()), svg));
            }
        }
        let looks = Looks {
            style: *style,
            size: Size::Large,
            theme: Theme::Light,
        };
        for (word, name) in NAMES {
            let svg = badge(&subject(name), &issuer().name, Lang::ZhCn, looks);
            found.push((format!("{style_word}-large-{word}.svg"), svg));
        }
        found.push((
            format!("{style_word}-nothing.svg"),
            no_record(Lang::ZhCn, looks),
        ));
    }
    for (_, svg) in &found {
        assert!(!svg.contains(" id="), "two on a page must not share an id");
    }
    compare(found);
}

#[test]
fn sheets_are_as_they_were_looked_at() {
    let qr = Qr::of("https://credit.example.cn/verify#a.b.c").unwrap();
    let mut found = Vec::new();
    for (which, word) in Sheet::ALL {
        for (name_word, name) in NAMES {
            for lang in [Lang::ZhCn, Lang::En] {
                let pass = Pass {
                    issuer: issuer(),
                    code: SubjectCode::as_published("91120102MATEXT01X4").unwrap(),
                    name: name.parse().unwrap(),
                    report: None,
                    issued: now(),
                    valid_until: now().plus(400 * 86_400),
                    status_entry: entry(),
                };
                let svg = sheet(which, &pass, &qr, lang);
                found.push((format!("{word}-{name_word}-{}.svg", lang.tag()), svg));
            }
        }
    }
    compare(found);
}

#[test]
fn cards_say_what_they_said() {
    let fact = |kind, value: &str| Fact {
        kind,
        value: value.to_owned(),
        source: "示例机关".to_owned(),
        as_of: "2026-11-01".parse().unwrap(),
        until: None,
    };
    let facts = vec![
        fact(FactKind::List, "经营异常名录"),
        fact(FactKind::Grade, "纳税缴费信用 A 2025"),
        fact(FactKind::Licences, "4"),
    ];
    let window = (now().plus(-3_600), now().plus(86_400));
    let card = Card::of(&subject(NAMES[0].1), facts, issuer(), window, entry());
    let mut found = String::new();
    for trust in Trust::ALL {
        for lang in [Lang::ZhCn, Lang::En] {
            let outcome = match trust {
                Trust::Verified => Outcome::Passed,
                Trust::Unverified => Outcome::NotChecked("network"),
                Trust::Expired => Outcome::Failed("expired"),
                Trust::Revoked => Outcome::Failed("revoked"),
                Trust::Invalid => Outcome::Failed("signature"),
            };
            let checks = [CheckKind::Signature, CheckKind::Revocation].map(|kind| Check {
                kind,
                outcome: outcome.clone(),
                evidence_of: Some(now()),
            });
            let document = Document::Card(card.clone());
            let view = View::new(trust, Some(&document), &checks, now(), lang);
            found.push_str(&format!("{} {}\n{view:#?}\n", trust.code(), lang.tag()));
        }
    }
    compare(vec![("views.txt".to_owned(), found)]);
}

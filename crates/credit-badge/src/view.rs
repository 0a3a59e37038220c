//! What is to be read on a badge or card, before anybody paints it.

use credit_core::card::Card;
use credit_core::date::Timestamp;
use credit_core::lang::{Lang, text};
use credit_core::subject::SubjectStatus;
use credit_core::trust::{Check, CheckKind, Outcome, Trust};

use crate::{labels, mark};

/// A badge or card in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The verdict.
    pub trust: Trust,
    /// Word of the verdict.
    pub word: &'static str,
    /// Sentence of the verdict.
    pub sentence: &'static str,
    /// What may be claimed; nothing when the verdict is `invalid`.
    pub claim: Option<Claim>,
    /// The check log.
    pub log: Vec<LogLine>,
    /// What a screen reader says for all of it.
    pub accessible_name: String,
}

/// The claims of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// 主体名称
    pub name: String,
    /// The code, and a remark when its check character is wrong.
    pub code: String,
    /// See [`labels::CODE_FLAG`].
    pub code_flag: Option<&'static str>,
    /// Kind and, where the source says it, status.
    pub summary: String,
    /// The facts.
    pub rows: Vec<Row>,
    /// Issuer, date of issue, end of validity: pieces that each stay on a line.
    pub issued: [String; 3],
    /// Issuer's page of the subject, once it is proved that the issuer is the
    /// issuer: an unproved document must not say where to ask.
    pub page: Option<String>,
}

/// A fact in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub label: &'static str,
    /// Its value.
    pub value: String,
    /// Source and date: pieces that each stay on a line.
    pub source: [String; 2],
}

/// A check in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// What was checked.
    pub label: &'static str,
    /// How it ended.
    pub outcome: String,
    /// Date of the evidence.
    pub evidence_of: Option<String>,
}

impl View {
    /// The view of a verdict at `now`.
    #[must_use]
    pub fn new(
        trust: Trust,
        card: Option<&Card>,
        checks: &[Check],
        now: Timestamp,
        lang: Lang,
    ) -> Self {
        // Belt and braces: the verdict already drops the card.
        let claim = card
            .filter(|_| trust != Trust::Invalid)
            .map(|card| Claim::new(card, checks, now, lang));
        let word = mark::word(trust, lang);
        let accessible_name = match &claim {
            Some(claim) => match lang {
                Lang::ZhCn => format!("{}，信用名片，{word}", claim.name),
                Lang::En => format!("{}, credit card, {word}", claim.name),
            },
            None => text("信用名片", "Credit card").in_lang(lang).to_owned() + " · " + word,
        };
        Self {
            trust,
            word,
            sentence: mark::sentence(trust, lang),
            claim,
            log: checks
                .iter()
                .map(|check| LogLine::new(check, lang))
                .collect(),
            accessible_name,
        }
    }
}

impl Claim {
    fn new(card: &Card, checks: &[Check], now: Timestamp, lang: Lang) -> Self {
        let proved = checks
            .iter()
            .any(|check| check.kind == CheckKind::Signature && check.outcome == Outcome::Passed);
        let rows = card.facts_on(now.date_in_china()).map(|fact| Row {
            label: labels::fact(fact.kind).in_lang(lang),
            value: fact.value.clone(),
            source: [
                fact.source.clone(),
                format!("{} {}", labels::AS_OF.in_lang(lang), fact.as_of),
            ],
        });
        let mut summary = labels::kind(card.kind).in_lang(lang).to_owned();
        if card.status != SubjectStatus::NotStated {
            summary = format!("{summary} · {}", labels::status(card.status).in_lang(lang));
        }
        Self {
            name: card.name.to_string(),
            code: card.code.to_string(),
            code_flag: card.code.problem().map(|_| labels::CODE_FLAG.in_lang(lang)),
            summary,
            rows: rows.collect(),
            issued: match lang {
                Lang::ZhCn => [
                    format!("{} 签发", card.issuer.name),
                    minute(card.valid_from),
                    format!("有效至 {}", minute(card.valid_until)),
                ],
                Lang::En => [
                    format!("Issued by {}", card.issuer.name),
                    minute(card.valid_from),
                    format!("valid until {}", minute(card.valid_until)),
                ],
            },
            page: proved.then(|| format!("{}/s/{}", card.issuer.id, card.code)),
        }
    }
}

impl LogLine {
    fn new(check: &Check, lang: Lang) -> Self {
        Self {
            label: labels::check(check.kind).in_lang(lang),
            outcome: labels::outcome(&check.outcome, lang),
            evidence_of: check.evidence_of.map(minute),
        }
    }
}

/// Date and minute in China, as people read them.
#[must_use]
pub fn minute(moment: Timestamp) -> String {
    let (hour, minute, _) = moment.time_in_china();
    format!("{} {hour:02}:{minute:02}", moment.date_in_china())
}

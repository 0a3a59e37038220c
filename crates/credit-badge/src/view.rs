//! What is to be read on a badge or card, before anybody paints it.

use credit_core::card::{Card, FactKind};
use credit_core::date::Timestamp;
use credit_core::document::Document;
use credit_core::dummy::Dummy;
use credit_core::lang::{Lang, Text, text};
use credit_core::subject::SubjectStatus;
use credit_core::trust::{Check, CheckKind, Outcome, Trust};

use crate::{labels, mark};

/// What a pass says instead of facts.
const PASS_SUMMARY: Text = text(
    "信用码只证明由谁签发给谁，最新信用信息请到签发机构网站查询。",
    "A pass says who issued it to whom; for the current record ask the issuer's site.",
);

/// 报告编号
pub const REPORT_NUMBER: Text = text("报告编号", "Report no.");

/// Everything is good but for the one thing that needs the network of today.
const NO_LIST: Text = text(
    "签名有效，未核对是否撤销。联网后可再次核验。",
    "The signature is good; whether it was revoked is not checked. Check again with a network.",
);

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
    /// What to say of a card that the device remembers, because the server is
    /// out of reach.
    pub stale: Option<String>,
    /// 测试: what a dummy code shows proves nothing of anybody.
    pub is_test: bool,
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
    /// What stands beside the summary where there is no room for facts: lists
    /// first, because leaving them out would be flattery, then a grade.
    pub key_facts: Vec<String>,
    /// The facts.
    pub rows: Vec<Row>,
    /// Whether it is a document that could have facts: a pass has none that age.
    pub has_facts: bool,
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
        document: Option<&Document>,
        checks: &[Check],
        now: Timestamp,
        lang: Lang,
    ) -> Self {
        // Belt and braces: the verdict already drops the document.
        let claim = document
            .filter(|_| trust != Trust::Invalid)
            .map(|document| Claim::new(document, checks, now, lang));
        let kind = match document {
            Some(document) if document.report().is_some() => text("信用报告", "credit report"),
            Some(Document::Pass(_)) => text("信用码", "credit pass"),
            _ => text("信用名片", "credit card"),
        }
        .in_lang(lang);
        let is_test = document.is_some_and(|document| Dummy::of(document.code()).is_some());
        let word = mark::word(trust, lang);
        let comma = text("，", ", ").in_lang(lang);
        let test = match is_test {
            true => text("测试，", "test, ").in_lang(lang),
            false => "",
        };
        let accessible_name = match &claim {
            Some(claim) => [test, &claim.name, comma, kind, comma, word].concat(),
            None => [test, kind, " · ", word].concat(),
        };
        Self {
            trust,
            word,
            sentence: sentence(trust, checks, lang),
            claim,
            stale: None,
            is_test,
            log: checks
                .iter()
                .map(|check| LogLine::new(check, lang))
                .collect(),
            accessible_name,
        }
    }
}

fn sentence(trust: Trust, checks: &[Check], lang: Lang) -> &'static str {
    let only_revocation_is_open = checks
        .iter()
        .all(|check| check.outcome == Outcome::Passed || check.kind == CheckKind::Revocation);
    if trust == Trust::Unverified && only_revocation_is_open {
        NO_LIST.in_lang(lang)
    } else {
        mark::sentence(trust, lang)
    }
}

impl Claim {
    fn new(document: &Document, checks: &[Check], now: Timestamp, lang: Lang) -> Self {
        let proved = checks
            .iter()
            .any(|check| check.kind == CheckKind::Signature && check.outcome == Outcome::Passed);
        let code = document.code();
        let issuer = document.issuer();
        let (from, until) = (document.issued().minute(), document.valid_until().minute());
        let (summary, rows) = match document {
            Document::Card(card) => facts(card, now, lang),
            _ => match document.report() {
                Some(number) => {
                    let label = REPORT_NUMBER.in_lang(lang);
                    ([label, " ", number].concat(), Vec::new())
                }
                None => (PASS_SUMMARY.in_lang(lang).to_owned(), Vec::new()),
            },
        };
        let mut key_facts = Vec::new();
        if let Document::Card(card) = document {
            for kind in [FactKind::List, FactKind::Grade] {
                let mut facts = card.facts_on(now.date_in_china());
                let first = facts.find(|fact| fact.kind == kind);
                key_facts.extend(first.map(|fact| fact.value.clone()));
            }
        }
        Self {
            name: document.name().as_str().to_owned(),
            code: code.as_str().to_owned(),
            code_flag: code.problem().map(|_| labels::CODE_FLAG.in_lang(lang)),
            summary,
            key_facts,
            rows,
            has_facts: matches!(document, Document::Card(_)),
            issued: match lang {
                Lang::ZhCn => [
                    [&issuer.name, " 签发"].concat(),
                    from,
                    ["有效至 ", &until].concat(),
                ],
                Lang::En => [
                    ["Issued by ", &issuer.name].concat(),
                    from,
                    ["valid until ", &until].concat(),
                ],
            },
            page: proved.then(|| [&issuer.id, "/s/", code.as_str()].concat()),
        }
    }
}

/// Kind and status in a line, and the facts that may be shown today.
fn facts(card: &Card, now: Timestamp, lang: Lang) -> (String, Vec<Row>) {
    let rows = card.facts_on(now.date_in_china()).map(|fact| Row {
        label: labels::fact(fact.kind).in_lang(lang),
        value: fact.value.clone(),
        source: [
            fact.source.clone(),
            [labels::AS_OF.in_lang(lang), " ", &fact.as_of.text()].concat(),
        ],
    });
    let kind = labels::kind(card.kind).in_lang(lang);
    let summary = if card.status == SubjectStatus::NotStated {
        kind.to_owned()
    } else {
        [kind, " · ", labels::status(card.status).in_lang(lang)].concat()
    };
    (summary, rows.collect())
}

impl LogLine {
    fn new(check: &Check, lang: Lang) -> Self {
        Self {
            label: labels::check(check.kind).in_lang(lang),
            outcome: labels::outcome(&check.outcome, lang),
            evidence_of: check.evidence_of.map(Timestamp::minute),
        }
    }
}

/// What is said of a card that was verified here at `verified` and is all there
/// is today.
#[must_use]
pub fn stale(verified: Timestamp, lang: Lang) -> String {
    let verified = verified.minute();
    match lang {
        Lang::ZhCn => [
            "暂时无法连接服务器，以下是本机 ",
            &verified,
            " 核验过的内容",
        ]
        .concat(),
        Lang::En => [
            "The server is out of reach. This was verified on this device on ",
            &verified,
        ]
        .concat(),
    }
}

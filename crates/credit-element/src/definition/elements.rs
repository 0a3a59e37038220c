//! The elements.

use credit_core::lang::text;

use super::{Attribute, Definition, Event, Value};

mod check;

pub use check::{CHECK, DATASETS};

const CODE: Attribute = Attribute {
    name: "code",
    about: text(
        "统一社会信用代码，18 位",
        "unified social credit code, 18 characters",
    ),
    value: Value::Form,
};

const ISSUER: Attribute = Attribute {
    name: "issuer",
    about: text(
        "受信任的签发机构根密钥指纹，多个以空格分隔；缺省时采用组件脚本内置的指纹",
        "thumbprints of the issuer roots that it trusts, with spaces between; where it is missing, those that the script brings",
    ),
    value: Value::Form,
};

/// What a card is made of.
const CARD_PARTS: &[&str] = &[
    "banner",
    "card",
    "check",
    "checks",
    "code",
    "code-link",
    "error",
    "evidence",
    "fact",
    "facts",
    "flag",
    "head",
    "issued",
    "label",
    "log",
    "log-title",
    "mark",
    "name",
    "none",
    "note",
    "outline",
    "page",
    "pass",
    "piece",
    "qr",
    "sentence",
    "shape",
    "sign",
    "source",
    "stale",
    "summary",
    "test",
    "value",
    "word",
];

/// `<credit-badge>`
pub const BADGE: Definition = Definition {
    tag: "credit-badge",
    about: text(
        "信用标牌：在行内显示主体名称、要点、核验结论和日期",
        "credit badge: name, key facts, verdict and date in a line of text",
    ),
    bundle: "badge",
    domain: "badge",
    style: None,
    attributes: &[CODE, ISSUER],
    events: &[],
    is_signed: true,
    is_framed: true,
    parts: &[
        "badge", "error", "issued", "lines", "mark", "name", "outline", "piece", "shape", "sign",
        "stale", "summary", "test", "word",
    ],
};

/// `<credit-card>`
pub const CARD: Definition = Definition {
    tag: "credit-card",
    about: text(
        "企业信用名片：逐项列出信用信息及其来源、日期，并附核验记录",
        "enterprise credit card: facts with source and date, and what was checked",
    ),
    bundle: "badge",
    domain: "badge",
    style: Some("card.css"),
    attributes: &[CODE, ISSUER],
    events: &[],
    is_signed: true,
    is_framed: true,
    parts: CARD_PARTS,
};

/// `<credit-verify>`
pub const VERIFY: Definition = Definition {
    tag: "credit-verify",
    about: text(
        "信用码核验：扫码、粘贴或打开文件，当场核验",
        "checks a credit pass or card that a visitor scans, pastes or opens from a file",
    ),
    bundle: "badge",
    domain: "verify",
    style: Some("card.css"),
    attributes: &[
        Attribute {
            name: "token",
            about: text("要核验的信用码或名片", "the pass or card to check"),
            value: Value::Form,
        },
        ISSUER,
    ],
    events: &[],
    is_signed: true,
    is_framed: true,
    parts: &[
        "banner",
        "camera",
        "camera-on",
        "card",
        "check",
        "check-now",
        "checks",
        "code",
        "desk",
        "error",
        "evidence",
        "fact",
        "facts",
        "field",
        "file",
        "flag",
        "head",
        "issued",
        "label",
        "log",
        "log-title",
        "mark",
        "name",
        "none",
        "note",
        "outline",
        "page",
        "pass",
        "piece",
        "result",
        "sentence",
        "shape",
        "sign",
        "source",
        "stale",
        "summary",
        "test",
        "text",
        "value",
        "ways",
        "word",
    ],
};

/// `<credit-report>`
pub const REPORT: Definition = Definition {
    tag: "credit-report",
    about: text(
        "公共信用信息报告：分章列出依法可以公开的记录，可打印、可分享、可核验",
        "public credit report: chapters of what may be published, to print, share and check",
    ),
    bundle: "report",
    domain: "report",
    style: None,
    attributes: &[
        CODE,
        Attribute {
            name: "share",
            about: text(
                "分享编号，可代替 code",
                "number of a share, in place of the code",
            ),
            value: Value::Form,
        },
        ISSUER,
    ],
    events: &[],
    is_signed: true,
    is_framed: true,
    parts: &[
        "banner",
        "card",
        "chapter",
        "check",
        "checks",
        "code",
        "code-link",
        "count",
        "counts",
        "cover",
        "entry",
        "error",
        "evidence",
        "fact",
        "facts",
        "flag",
        "heading",
        "issued",
        "label",
        "log",
        "log-title",
        "mark",
        "name",
        "none",
        "note",
        "number",
        "outline",
        "page",
        "pass",
        "print",
        "qr",
        "sentence",
        "shape",
        "share",
        "shared",
        "sign",
        "source",
        "stale",
        "summary",
        "test",
        "texts",
        "title",
        "total",
        "url",
        "value",
        "ways",
        "word",
    ],
};

/// `<credit-query>`
pub const QUERY: Definition = Definition {
    tag: "credit-query",
    about: text(
        "信用查询窗口：按名称任意部分、拼音或代码查询，打开主体的名片和登记信息",
        "query window: any part of a name, pinyin or a code, then the subject with its card",
    ),
    bundle: "panels",
    domain: "query",
    style: None,
    attributes: &[
        Attribute {
            name: "q",
            about: text("初始查询内容", "what is searched for at the beginning"),
            value: Value::Form,
        },
        CODE,
        ISSUER,
    ],
    events: &[Event {
        name: "credit-select",
        about: text("已打开某一主体", "a subject was opened"),
        detail: &["code"],
    }],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button", "error", "facts", "form", "input", "label", "notice", "page", "progress",
        "query", "record", "result", "results", "status", "title",
    ],
};

/// `<credit-self>`
pub const SELF: Definition = Definition {
    tag: "credit-self",
    about: text(
        "本人信用信息查询，仅限在服务器自有页面上使用",
        "a natural person's own record, on the server's own pages",
    ),
    bundle: "panels",
    domain: "self",
    style: None,
    attributes: &[],
    events: &[],
    is_signed: false,
    is_framed: false,
    parts: &[
        "button", "consent", "entry", "error", "facts", "label", "record", "self", "status",
        "title",
    ],
};

/// All of them.
pub const ELEMENTS: [Definition; 7] = [BADGE, CARD, VERIFY, REPORT, QUERY, CHECK, SELF];

//! Elements of the panels: what a portal looks up.

use credit_core::lang::text;

use super::super::{Attribute, Definition, Event, Value};
use super::{CODE, ISSUER};

/// Modes of `<credit-wall>`.
pub const WALL_MODES: [&str; 2] = ["browse", "screen"];

/// Where `<credit-query>` says what it shows.
pub const QUERY_LINKS: [&str; 2] = ["none", "hash"];

const SELECT: Event = Event {
    name: "credit-select",
    about: text("已打开某一主体", "a subject was opened"),
    detail: &["code"],
};

/// `<credit-query>`
pub const QUERY: Definition = Definition {
    tag: "credit-query",
    about: text(
        "信用查询窗口：按名称任意部分、拼音或代码查询，打开主体的名片、登记信息和各类公示记录，可对比两个主体",
        "query window: any part of a name, pinyin or a code, then the subject with its card, what is registered and all that is public of it; two subjects can be compared",
    ),
    bundle: "subject",
    domain: "query",
    style: None,
    attributes: &[
        Attribute {
            name: "q",
            about: text("初始查询内容", "what is searched for at the beginning"),
            value: Value::Form,
        },
        CODE,
        Attribute {
            name: "link",
            about: text(
                "hash 表示在页面地址的 # 之后记录查询内容和打开的主体（credit-q、credit），可收藏、可后退；每个页面只用于一个元素",
                "hash: what is searched for and which subject is open stand behind the # of the page's address (credit-q, credit), for bookmarks and the back button; for one element of a page",
            ),
            value: Value::Words(&QUERY_LINKS),
        },
        ISSUER,
    ],
    events: &[SELECT],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button", "entry", "error", "facts", "field", "filters", "form", "hint", "history",
        "input", "label", "link", "notice", "page", "problem", "progress", "query", "record",
        "result", "results", "status", "tab", "table", "tabs", "title",
    ],
};

/// `<credit-wall>`
pub const WALL: Definition = Definition {
    tag: "credit-wall",
    about: text(
        "信用墙：园区、商圈、楼宇、街道或景区的成员，可筛选，附分布图，也可在门厅屏幕上轮播",
        "the members of a park, business district, building, street or scenic area, with filters and a chart, also for a screen at the door",
    ),
    bundle: "district",
    domain: "wall",
    style: None,
    attributes: &[
        Attribute {
            name: "area",
            about: text("区域编号，必填", "id of the area; needed"),
            value: Value::Form,
        },
        Attribute {
            name: "mode",
            about: text(
                "浏览，或无人值守的屏幕轮播",
                "to browse, or a screen that nobody attends",
            ),
            value: Value::Words(&WALL_MODES),
        },
        ISSUER,
    ],
    events: &[SELECT],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button",
        "chart",
        "dialog",
        "error",
        "facts",
        "field",
        "hint",
        "input",
        "label",
        "notice",
        "page-number",
        "pager",
        "problem",
        "progress",
        "status",
        "table",
        "tile",
        "title",
        "wall",
    ],
};

/// `<credit-list>`
pub const LIST: Definition = Definition {
    tag: "credit-list",
    about: text(
        "名单与目录：守信激励、严重失信、失信被执行人、信用服务机构、奖惩措施、信息目录，附依据和进出条件",
        "lists of honour and of serious dishonesty, judgment defaulters, agencies, measures and the catalogue, with basis and terms of entry and exit",
    ),
    bundle: "district",
    domain: "list",
    style: None,
    attributes: &[Attribute {
        name: "list",
        about: text(
            "名单编号，如 honours、a-taxpayer；缺省时由访问者选择",
            "id of the list, such as a-taxpayer; where it is missing, visitors choose",
        ),
        value: Value::Form,
    }],
    events: &[SELECT],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button", "chart", "entry", "error", "facts", "field", "hint", "input", "label", "list",
        "notice", "problem", "progress", "status", "table", "tile", "title",
    ],
};

/// `<credit-perks>`
pub const PERKS: Definition = Definition {
    tag: "credit-perks",
    about: text(
        "信易+：主体现在可以享受的激励、依据的规则，以及其余激励还缺什么",
        "benefits that a subject can use now, the rule that says so, and what is missing for the others",
    ),
    bundle: "subject",
    domain: "perks",
    style: None,
    attributes: &[CODE],
    events: &[SELECT],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button", "error", "facts", "field", "form", "hint", "input", "label", "notice", "perks",
        "problem", "progress", "result", "results", "tile", "title",
    ],
};

/// `<credit-inspect>`
pub const INSPECT: Definition = Definition {
    tag: "credit-inspect",
    about: text(
        "分级分类监管：各部门按信用等级确定的抽查比例、频次及依据",
        "graded supervision: which ratio and frequency of inspections goes with which grade at which department, and on what basis",
    ),
    bundle: "district",
    domain: "inspect",
    style: None,
    attributes: &[
        CODE,
        Attribute {
            name: "unit",
            about: text("只显示这个部门", "only this department"),
            value: Value::Form,
        },
        Attribute {
            name: "scheme",
            about: text("只显示这个评价方案", "only this scheme of grades"),
            value: Value::Form,
        },
    ],
    events: &[SELECT],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button", "chart", "error", "facts", "field", "hint", "input", "inspect", "label",
        "notice", "problem", "progress", "table", "title",
    ],
};

/// `<credit-trace>`
pub const TRACE: Definition = Definition {
    tag: "credit-trace",
    about: text(
        "产品追溯查询：识别商品条码、GS1 链接、有机码、药品追溯码等，显示生产单位和流通环节",
        "product tracing: recognises GTIN, GS1 Digital Link, organic, drug and other codes, shows producer and chain",
    ),
    bundle: "district",
    domain: "trace",
    style: None,
    attributes: &[
        Attribute {
            name: "trace",
            about: text("要查询的追溯码", "the code to look up"),
            value: Value::Form,
        },
        ISSUER,
    ],
    events: &[SELECT],
    is_signed: false,
    is_framed: true,
    parts: &[
        "button", "error", "facts", "form", "hint", "input", "label", "notice", "progress", "tile",
        "title", "trace",
    ],
};

/// `<credit-self>`
pub const SELF: Definition = Definition {
    tag: "credit-self",
    about: text(
        "本人信用信息查询，仅限在服务器自有页面上使用",
        "a natural person's own record, on the server's own pages",
    ),
    bundle: "subject",
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

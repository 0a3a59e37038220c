//! `<credit-check>`

use credit_core::lang::text;

use crate::definition::{Attribute, Definition, Value};

/// 数据集: what can be checked, as the importer calls it; `auto` where columns tell.
pub const DATASETS: [&str; 19] = [
    "auto",
    "registry",
    "licences",
    "penalties",
    "lists",
    "judgments",
    "commitments",
    "fulfilments",
    "grades",
    "honours",
    "areas",
    "members",
    "traces",
    "benefits",
    "measures",
    "agencies",
    "inspections",
    "objections",
    "repairs",
];

/// `<credit-check>`
pub const CHECK: Definition = Definition {
    tag: "credit-check",
    about: text(
        "数据质量检查：在浏览器内按入库规则逐行检查 CSV、XLSX 数据文件，文件不离开本机",
        "checks a CSV or XLSX row by row as the importer does, in the browser; the file never leaves the device",
    ),
    bundle: "check",
    domain: "check",
    style: None,
    attributes: &[Attribute {
        name: "dataset",
        about: text(
            "数据集；auto 为按列名识别",
            "the dataset of a file; auto where its columns tell",
        ),
        value: Value::Words(&DATASETS),
    }],
    events: &[],
    is_signed: false,
    is_framed: true,
    parts: &[
        "actions",
        "bad",
        "bar-line",
        "button",
        "count",
        "counts",
        "data",
        "doubt",
        "drop",
        "error",
        "facts",
        "field",
        "filters",
        "going",
        "good",
        "heading",
        "hint",
        "input",
        "label",
        "line",
        "none",
        "notice",
        "outcome",
        "pager",
        "place",
        "progress",
        "rows",
        "said",
        "second",
        "sign",
        "sort",
        "sortable",
        "table-frame",
        "texts",
        "unseen",
        "verdict",
    ],
};

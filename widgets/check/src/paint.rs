//! The frame: where a file is chosen, and the parts that the shim paints.

use credit_core::lang::{Lang, Text, text};
use credit_element::attributes::{Common, PLAIN_LOOKS};
use credit_element::paint::Picture;

const TITLE: Text = text("数据质量检查", "Data quality check");
const LABEL: Text = text(
    "选择数据文件，或把文件拖到这里",
    "Choose a file, or drop one here",
);
const HINT: Text = text(
    "CSV（UTF-8、GBK、UTF-16）最大 1 GB，500 万行；XLSX 最大 128 MB。文件只在本机检查，不会上传。",
    "CSV (UTF-8, GBK, UTF-16) up to 1 GB and 5 million rows, XLSX up to 128 MB. The file is checked on this device and never sent.",
);

/// A sentence in place of it.
pub(crate) fn note(message: &str) -> Picture {
    let mut picture = Picture::new();
    picture.open("div");
    picture.set("class", &["check ", PLAIN_LOOKS].concat());
    picture.open("p error");
    picture.set("role", "status");
    picture.text(message);
    picture
}

/// The frame, without a file.
pub(crate) fn frame(common: &Common) -> Picture {
    let lang: Lang = common.lang;
    let mut picture = Picture::new();
    picture.open("section");
    picture.set("class", &["check ", &common.looks()].concat());
    picture.set("lang", lang.tag());
    picture.set("aria-label", TITLE.in_lang(lang));
    picture.open("div drop field");
    picture.open("label label");
    picture.set("for", "feed");
    picture.text(LABEL.in_lang(lang));
    picture.close();
    picture.open("p hint");
    picture.set("id", "feed-hint");
    picture.text(HINT.in_lang(lang));
    picture.close();
    picture.open("input input");
    picture.set("id", "feed");
    picture.set("type", "file");
    picture.set("accept", ".csv,.txt,.tsv,.xlsx");
    picture.set("aria-describedby", "feed-hint");
    picture.close();
    picture.close();
    picture.leaf("div going", "");
    // It is there before it says something, so that screen readers notice.
    picture.open("div verdict");
    picture.set("aria-live", "polite");
    picture.close();
    picture.leaf("div outcome", "");
    picture.leaf("div rows", "");
    picture
}

/// A check that goes on, of so many bytes.
pub(crate) fn going(all: u64, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    let said = text("正在检查…", "Checking…").in_lang(lang);
    picture.open("div progress");
    picture.open("p bar-line");
    picture.open("span");
    picture.set("role", "status");
    picture.text(said);
    picture.close();
    picture.open("span count");
    picture.text(&read(0, all, lang));
    picture.close();
    picture.close();
    picture.open("progress");
    picture.set("value", "0");
    picture.set("max", &all.max(1).to_string());
    picture.set("aria-label", said);
    picture.close();
    picture.open("button button second");
    picture.set("type", "button");
    picture.tells("cancel");
    picture.text(text("取消", "Cancel").in_lang(lang));
    picture.close();
    picture
}

/// How far it is.
pub(crate) fn count(done: u64, all: u64, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    picture.text(&read(done, all, lang));
    picture
}

/// So many bytes of so many.
fn read(done: u64, all: u64, lang: Lang) -> String {
    let all = all.max(1);
    let done = done.min(all);
    let percent = (u128::from(done) * 100 / u128::from(all)).to_string();
    let [read, whole] = [done, all].map(kilobytes);
    match lang {
        Lang::ZhCn => [&read, "／", &whole, "（", &percent, "%）"].concat(),
        Lang::En => [&read, " of ", &whole, " (", &percent, " %)"].concat(),
    }
}

fn kilobytes(bytes: u64) -> String {
    [&(bytes.div_ceil(1 << 10)).to_string(), " KB"].concat()
}

/// A sentence of the shim's: a check that was cancelled, or could not go on.
pub(crate) fn said(code: &str, lang: Lang) -> Picture {
    let mut picture = Picture::new();
    picture.leaf("p hint", sentence(code, lang));
    picture
}

/// What is said for a code of the shim's.
pub(crate) fn sentence(code: &str, lang: Lang) -> &'static str {
    let said = match code {
        "cancelled" => text("检查已取消。", "The check was cancelled."),
        "unreadable" => text(
            "文件无法读取，可能已被移动或修改，请重新选择。",
            "The file cannot be read. It may have been moved or changed, please choose it again.",
        ),
        _ => text(
            "检查没有完成，可能是内存不足，请拆分文件后再试。",
            "The check did not come to its end, perhaps for lack of memory. Please split the file.",
        ),
    };
    said.in_lang(lang)
}

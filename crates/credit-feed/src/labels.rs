//! 错误代码的说明: a sentence for every code that a row, or a cell of it, can have.

use credit_core::feed::MendKind;
use credit_core::lang::{Text, text};

/// Codes with their sentences.
const SENTENCES: &[(&str, Text)] = &[
    // Of a row.
    (
        "columns",
        text(
            "单元格数与表头列数不一致",
            "The row has more or fewer cells than the first line",
        ),
    ),
    (
        "encoding",
        text(
            "含有与文件编码不符的字符",
            "There are characters of another encoding than the file's",
        ),
    ),
    (
        "quote",
        text(
            "引号没有配对，本行无法分列",
            "A quote is not closed, so that the line cannot be told apart into cells",
        ),
    ),
    ("missing", text("必填项为空", "A needed cell is empty")),
    (
        "holder",
        text("无法确定信息主体", "Nobody can tell whom the row is about"),
    ),
    // Of names and texts.
    ("name-empty", text("名称为空", "The name is empty")),
    ("name-length", text("名称过长", "The name is too long")),
    (
        "name-invisible",
        text("名称含有不可见字符", "The name has an invisible character"),
    ),
    (
        "text-length",
        text("文字超过字数上限", "The text is longer than allowed"),
    ),
    (
        "text-invisible",
        text("含有不可见字符", "There is an invisible character"),
    ),
    (
        "former-names",
        text(
            "曾用名过多，超出部分不采用",
            "There are too many former names; the rest is left out",
        ),
    ),
    (
        "unit-name",
        text("单位名称无效", "This is no name of a unit"),
    ),
    (
        "unit-polluted",
        text(
            "单位名称前后混入了数字或日期，已按去除后的名称读取",
            "Digits or a date stand around the unit's name; it was read without them",
        ),
    ),
    (
        "status-unknown",
        text(
            "登记状态不在字典中，不采用",
            "The status is not known; left out",
        ),
    ),
    (
        "word",
        text("取值不在代码集内", "The value is none of the allowed ones"),
    ),
    (
        "url",
        text(
            "网址应以 https:// 或 http:// 开头",
            "An address begins with https:// or http://",
        ),
    ),
    (
        "id",
        text(
            "编号含有不允许的字符或过长",
            "The id has characters that are not allowed, or is too long",
        ),
    ),
    // Of dates, numbers and amounts.
    (
        "date-form",
        text("日期格式无法识别", "The date is in no known form"),
    ),
    ("no-such-day", text("日期不存在", "There is no such day")),
    (
        "date-range",
        text("日期超出可用范围", "The date is out of range"),
    ),
    (
        "date",
        text(
            "号码中的日期不存在",
            "The date in the number does not exist",
        ),
    ),
    (
        "date-ahead",
        text("日期晚于数据日期", "The date is after that of the file"),
    ),
    (
        "dates-order",
        text("截止日期早于起始日期", "The end is before the beginning"),
    ),
    (
        "number",
        text("不是有效的数字", "This is no number that is allowed"),
    ),
    (
        "amount",
        text("金额格式无法识别", "The amount is in no known form"),
    ),
    (
        "capital-unread",
        text(
            "注册资金无法换算，按原文保留",
            "The capital cannot be read; kept as text",
        ),
    ),
    (
        "capital-length",
        text(
            "注册资金文字过长，不采用",
            "The text of the capital is too long; left out",
        ),
    ),
    (
        "capital-invisible",
        text(
            "注册资金含有不可见字符，不采用",
            "The capital has an invisible character; left out",
        ),
    ),
    // Of codes and numbers.
    (
        "length",
        text(
            "代码位数不正确",
            "The code has a wrong number of characters",
        ),
    ),
    (
        "alphabet",
        text(
            "代码含有不允许的字符",
            "The code has a character that is not allowed",
        ),
    ),
    (
        "division",
        text(
            "代码中的行政区划部分不是数字",
            "The division in the code is not made of digits",
        ),
    ),
    (
        "prefix",
        text("号码开头不正确", "The number begins wrongly"),
    ),
    (
        "checksum",
        text("校验码不正确", "The check character is not right"),
    ),
    (
        "org-checksum",
        text(
            "所含组织机构代码的校验码不正确",
            "The check character of the organisation code in it is not right",
        ),
    ),
    (
        "unknown-pair",
        text(
            "登记管理部门与机构类别代码的组合未知",
            "Registrar and category do not go together",
        ),
    ),
    (
        "unknown-division",
        text("行政区划代码未知", "The division is not known"),
    ),
    (
        "unknown-country",
        text("国家或地区代码未知", "The country is not known"),
    ),
    (
        "no-check-digit",
        text("号码没有校验码，无法核对", "The number has no check digit"),
    ),
    (
        "no-digit",
        text("文书号中没有数字", "The document number has no digit"),
    ),
    (
        "placeholder",
        text(
            "文书号像是占位内容",
            "The document number looks like a placeholder",
        ),
    ),
    (
        "no-year",
        text("文书号中没有年份", "The document number has no year"),
    ),
    (
        "no-number",
        text(
            "文书号中没有序号",
            "The document number has no serial number",
        ),
    ),
    (
        "person-number",
        text(
            "涉及自然人证件号码",
            "A natural person's number stands here",
        ),
    ),
    (
        "person-number-length",
        text(
            "自然人证件号码长度不正确",
            "A natural person's number has a wrong length",
        ),
    ),
];

/// The sentence for a code.
#[must_use]
pub fn sentence(code: &str) -> Text {
    let known = SENTENCES.iter().find(|(known, _)| *known == code);
    known.map_or(text("内容有误", "Something is wrong"), |(_, text)| {
        *text
    })
}

/// What a cell is mended for.
#[must_use]
pub fn mend_text(kind: MendKind) -> Text {
    match kind {
        MendKind::Code => text(
            "统一社会信用代码的全半角、大小写或分隔符",
            "width, case or separators of a code",
        ),
        MendKind::Date => text("日期写法", "notation of a date"),
        MendKind::Unit => text("单位名称前后混入的数字", "digits around the name of a unit"),
        MendKind::LookAlike => text(
            "疑似把字母当作数字（如 O 与 0），改后校验码正确",
            "letters that look like digits (O for 0), with which the check character would be right",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::identifier::{ErrorCode, WarningCode};
    use std::fs;
    use std::path::Path;

    /// Words in the core's feeds that are no codes: names of fields, words of code
    /// sets, units.
    const OTHER_WORDS: [&str; 33] = [
        "row",
        "column",
        "code",
        "message",
        "decided",
        "from",
        "until",
        "source-date",
        "source-unit",
        "holder-code",
        "holder-kind",
        "holder-name",
        "person",
        "person-kind",
        "sole-trader",
        "state",
        "scope",
        "publication",
        "passport",
        "travel-permit-hk",
        "travel-permit-tw",
        "fpr",
        "permit-hk-mo",
        "permit-tw",
        "other",
        " ",
        "and",
        "or",
        "date",
        "unit",
        "look-alike",
        "id",
        "person-number",
    ];

    fn is_word(text: &str) -> bool {
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        text.split('-').all(is_part)
    }

    /// The words in quotes in a source, tests left out.
    fn words(source: &str) -> Vec<String> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let pieces = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
        pieces
            .filter(|piece| is_word(piece))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn every_code_of_the_core_has_a_sentence() {
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../credit-core/src");
        let mut codes: Vec<String> = Vec::new();
        for entry in fs::read_dir(core.join("feed")).unwrap() {
            codes.extend(words(&fs::read_to_string(entry.unwrap().path()).unwrap()));
        }
        assert!(codes.len() > 30, "{codes:?}");
        codes.retain(|word| !OTHER_WORDS.contains(&word.as_str()));
        for file in ["date.rs", "name.rs", "money.rs"] {
            let source = fs::read_to_string(core.join(file)).unwrap();
            for body in source.split("fn code(&self)").skip(1) {
                codes.extend(words(body.split("\n    }\n").next().unwrap_or_default()));
            }
        }
        codes.extend(ErrorCode::ALL.map(|code| code.word().to_owned()));
        codes.extend(WarningCode::ALL.map(|code| code.word().to_owned()));
        codes.extend(["encoding", "quote"].map(str::to_owned));
        for code in codes {
            let known = SENTENCES.iter().any(|(known, _)| *known == code);
            assert!(known, "no sentence for '{code}'");
        }
    }

    #[test]
    fn no_code_stands_twice() {
        for (place, (code, _)) in SENTENCES.iter().enumerate() {
            assert!(
                SENTENCES[..place].iter().all(|(other, _)| other != code),
                "{code}"
            );
        }
    }
}

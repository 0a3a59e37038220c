use crate::work::{begin, close, finish, push, take, told, turn, view};

const HEADER: &str = "企业名称,统一社会信用代码";

/// Checks a file as the shim does; what is known then, by its parts.
fn checked(text: &str, wanted: &str, lang: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let length = bytes.len() as f64;
    let form = begin("check", "a.csv".into(), length, 1.8e9, wanted, bytes);
    if !form.is_empty() {
        assert_eq!(form, "utf-8");
        assert_eq!(push(bytes), 1);
        assert_eq!(close(), 1);
        while turn() == 1 {}
        assert!(finish().is_empty());
    }
    view(lang).split('\0').map(str::to_owned).collect()
}

/// Whatever is opened is closed, and nothing else.
#[track_caller]
fn is_whole(picture: &str) {
    let count = |kind| {
        picture
            .lines()
            .filter(|line| line.starts_with(kind))
            .count()
    };
    assert_eq!(count('<'), count('>'), "{picture}");
}

#[test]
fn an_outcome_is_painted_in_both_languages() {
    let text = format!("{HEADER}\n甲,9112\n,91120102MATEXT01X4\n乙,91120102-MATEXT01X4\n");
    for (lang, said, row) in [
        ("zh-CN", "有 2 行不能入库", "代码位数不正确"),
        (
            "en",
            "2 rows would be rejected",
            "wrong number of characters",
        ),
    ] {
        let known = checked(&text, "", lang);
        assert_eq!(known.len(), 5);
        known[..3].iter().for_each(|picture| is_whole(picture));
        assert!(known[0].contains(said), "{}", known[0]);
        assert!(known[2].contains(row), "{}", known[2]);
        assert_eq!(known[3], "");
    }
}

#[test]
fn a_cell_with_a_nul_stays_in_its_part() {
    let many = "甲,91120102MATEXT01X4\n".repeat(300);
    let known = checked(&format!("{HEADER}\n{many}乙,91\0<b\n"), "", "zh-CN");
    assert_eq!((known.len(), known[3].as_str()), (5, ""));
    assert!(known[2].contains("91 <b"), "{}", known[2]);
}

#[test]
fn pages_orders_and_filters_are_kept_within_what_there_is() {
    let mut text = HEADER.to_owned();
    (0..120).for_each(|row| text += if row % 2 == 0 { "\n,9" } else { "\n甲,9112" });
    let rows = |picture: &str| picture.matches("<tr\n").count() - 1;
    let known = checked(&text, "registry", "zh-CN");
    assert_eq!(rows(&known[2]), 50);
    assert!(known[2].contains("第 1 页，共 4 页"));
    let last = told("page-last", "", "zh-CN");
    assert!(last.contains("第 4 页") && rows(&last) == 30, "{last}");
    assert_eq!(told("page-after", "", "zh-CN"), last);
    let turned = told("by-row", "", "zh-CN");
    assert!(turned.contains("descending") && turned.contains("第 1 页"));
    let filtered = told("code", "name-empty", "zh-CN");
    assert!(filtered.contains("共 2 页"), "{filtered}");
    let none = told("tone", "warning", "zh-CN");
    assert!(none.contains("暂无记录"));
    is_whole(&none);
    assert_eq!(
        told("code", "<script>", "zh-CN"),
        told("nothing", "", "zh-CN")
    );
}

#[test]
fn why_a_file_cannot_be_checked_is_painted_with_its_code() {
    let known = checked("行政相对人名称,处罚依据\n1,2\n", "", "zh-CN");
    assert_eq!(known[3], "dataset-unknown");
    assert!(known[1].contains("行政处罚") && known[1].contains("缺少"));
    is_whole(&known[1]);
    let known = checked("\u{89}PNG\0", "", "en");
    assert_eq!(known[3], "no-table");
    // A second pass leaves what is known.
    let text = format!("{HEADER}\n甲,9112\n");
    let before = checked(&text, "", "zh-CN");
    let form = begin(
        "rejects",
        "a.csv".into(),
        9.0,
        0.0,
        "registry",
        text.as_bytes(),
    );
    assert_eq!(form, "utf-8");
    push(text.as_bytes());
    close();
    while turn() == 1 {}
    assert!(String::from_utf8(take()).is_ok_and(|text| text.starts_with("row,column")));
    finish();
    assert_eq!(view("zh-CN").split('\0').next(), Some(before[0].as_str()));
}

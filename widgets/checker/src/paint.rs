//! Parts that look like those of `widgets/parts`.

use credit_core::lang::{Lang, Text, text};
use credit_element::paint::Picture;

/// How something is meant: `Tone` in `widgets/parts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    Doubt,
    Bad,
}

/// A sentence with a sign.
pub(crate) fn notice(picture: &mut Picture, mood: Mood, said: &str, lang: Lang) {
    let (class, word, path) = match mood {
        Mood::Good => ("notice good", text("成功", "Done"), "M4 13l5 5L20 6"),
        Mood::Doubt => (
            "notice doubt",
            text("注意", "Attention"),
            "M12 3L2 20.5h20zM12 10v5M12 17.5v.5",
        ),
        Mood::Bad => ("notice bad", text("错误", "Error"), "M5 5l14 14M19 5L5 19"),
    };
    picture.open(&["div ", class].concat());
    picture.drawing("sign", &[("line", path)]);
    picture.open("div said");
    picture.open("p");
    picture.leaf("strong", word.in_lang(lang));
    picture.text(COLON.in_lang(lang));
    picture.text(said);
    picture.close();
    picture.close();
    picture.close();
}

pub(crate) const COLON: Text = text("：", ": ");

/// A heading, wherever the page's outline stands.
pub(crate) fn heading(picture: &mut Picture, said: &str) {
    picture.open("p heading");
    picture.set("role", "heading");
    picture.set("aria-level", "3");
    picture.text(said);
    picture.close();
}

pub(crate) fn button(picture: &mut Picture, class: &str, tells: &str, said: &str) {
    picture.open(&["button ", class].concat());
    picture.set("type", "button");
    picture.tells(tells);
    picture.text(said);
    picture.close();
}

/// A menu; the last of an option says whether it is chosen.
pub(crate) fn menu(
    picture: &mut Picture,
    tells: &str,
    label: &str,
    options: &[(&str, String, bool)],
) {
    picture.open("div field");
    picture.open("label label");
    picture.set("for", tells);
    picture.text(label);
    picture.close();
    picture.open("select input");
    picture.set("id", tells);
    picture.tells(tells);
    for (value, words, is_chosen) in options {
        picture.open("option");
        picture.set("value", value);
        if *is_chosen {
            picture.set("selected", "");
        }
        picture.text(words);
        picture.close();
    }
    picture.close();
    picture.close();
}

/// A column of a table.
pub(crate) struct Column<'a> {
    label: &'a str,
    /// What a button there tells, where it sorts.
    tells: Option<&'a str>,
    /// Whether rows are in its order, and the last first.
    order: Option<bool>,
}

impl<'a> Column<'a> {
    pub(crate) fn plain(label: &'a str) -> Self {
        Self {
            label,
            tells: None,
            order: None,
        }
    }

    pub(crate) fn sorted(label: &'a str, tells: &'a str, order: Option<bool>) -> Self {
        Self {
            label,
            tells: Some(tells),
            order,
        }
    }
}

/// A table; each cell of a row stands under the label of its place.
pub(crate) struct Table<'a> {
    pub(crate) caption: &'a str,
    pub(crate) columns: &'a [Column<'a>],
    pub(crate) rows: &'a [Vec<String>],
}

const SORT: Text = text("，按此列排序", ", sort by this column");
const EMPTY: Text = text("暂无记录", "No records");

pub(crate) fn table(picture: &mut Picture, table: &Table<'_>, lang: Lang) {
    picture.open("div table-frame");
    picture.set("role", "region");
    picture.set("aria-label", table.caption);
    // The keyboard scrolls what is too wide.
    picture.set("tabindex", "0");
    let is_sortable = table.columns.iter().any(|column| column.tells.is_some());
    picture.open(if is_sortable {
        "table sortable"
    } else {
        "table"
    });
    picture.set("role", "table");
    picture.leaf("caption", table.caption);
    picture.open("thead");
    picture.set("role", "rowgroup");
    picture.open("tr");
    picture.set("role", "row");
    for Column {
        label,
        tells,
        order,
    } in table.columns
    {
        picture.open("th");
        picture.set("role", "columnheader");
        picture.set("scope", "col");
        match tells {
            None => picture.text(label),
            Some(tells) => {
                let (order, arrow) = match order {
                    None => (None, "↕"),
                    Some(false) => (Some("ascending"), "↑"),
                    Some(true) => (Some("descending"), "↓"),
                };
                if let Some(order) = order {
                    picture.set("aria-sort", order);
                }
                picture.open("button sort");
                picture.set("type", "button");
                picture.tells(tells);
                picture.text(label);
                picture.open("span");
                picture.set("aria-hidden", "true");
                picture.text(arrow);
                picture.close();
                picture.leaf("span unseen", SORT.in_lang(lang));
                picture.close();
            }
        }
        picture.close();
    }
    picture.close();
    picture.close();
    picture.open("tbody");
    picture.set("role", "rowgroup");
    for row in table.rows {
        picture.open("tr");
        picture.set("role", "row");
        for (place, (cell, column)) in row.iter().zip(table.columns).enumerate() {
            if place == 0 {
                picture.open("th");
                picture.set("role", "rowheader");
                picture.set("scope", "row");
            } else {
                picture.open("td");
                picture.set("role", "cell");
                picture.set("data-label", column.label);
            }
            picture.text(cell);
            picture.close();
        }
        picture.close();
    }
    picture.close();
    picture.close();
    if table.rows.is_empty() {
        picture.leaf("p none", EMPTY.in_lang(lang));
    }
    picture.close();
}

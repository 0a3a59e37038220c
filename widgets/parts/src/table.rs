//! 表格: rows that become cards where the window is narrow.

use credit_core::lang::{Lang, Text, text};
use yew::prelude::*;

use crate::html;

const EMPTY: Text = text("暂无记录", "No records");
const SORT: Text = text("按此列排序", "sort by this column");

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Its heading.
    pub label: &'a str,
    /// Whether it holds numbers, which stand to the end.
    pub is_number: bool,
}

/// In which order the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// By which column.
    pub column: usize,
    /// Whether the largest is first.
    pub is_descending: bool,
}

/// A table. The rows come as they are to be shown: who has them sorts and cuts them.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// What it is a table of.
    pub caption: &'a str,
    /// Its columns; the first names the row.
    pub columns: &'a [Column<'a>],
    /// A key and cells of each row.
    pub rows: &'a [(String, Vec<Html>)],
    /// The order, and who is told that another is wanted; `None` where rows cannot
    /// be sorted.
    pub sorting: Option<(Sorting, Callback<Sorting>)>,
    /// Language of what is added.
    pub lang: Lang,
}

/// Shows it.
pub fn table(table: &Table<'_>) -> Html {
    let is_empty = table.rows.is_empty();
    html! {
        // The keyboard scrolls what is too wide. Roles are said because `display`
        // takes them from a table.
        <div class="table-frame" part="table" role="region" aria-label={table.caption.to_owned()} tabindex="0">
            <table role="table" class={table.sorting.is_some().then_some("sortable")}>
                <caption>{ table.caption }</caption>
                <thead role="rowgroup">
                    <tr role="row">{ for table.columns.iter().enumerate().map(|(index, column)| heading(table, index, column)) }</tr>
                </thead>
                <tbody role="rowgroup">
                    { for table.rows.iter().map(|(key, cells)| row(table, key, cells)) }
                </tbody>
            </table>
            <p class="none" hidden={!is_empty}>{ EMPTY.in_lang(table.lang) }</p>
        </div>
    }
}

fn heading(table: &Table<'_>, index: usize, column: &Column<'_>) -> Html {
    let class = column.is_number.then_some("number");
    let Some((now, wanted)) = &table.sorting else {
        return html! { <th key={index} role="columnheader" scope="col" {class}>{ column.label }</th> };
    };
    let by_this = (now.column == index).then_some(now.is_descending);
    let (order, arrow) = match by_this {
        None => (None, "↕"),
        Some(false) => (Some("ascending"), "↑"),
        Some(true) => (Some("descending"), "↓"),
    };
    let next = Sorting {
        column: index,
        is_descending: by_this == Some(false),
    };
    let wanted = wanted.clone();
    let onclick = Callback::from(move |_: MouseEvent| wanted.emit(next));
    html! {
        <th key={index} role="columnheader" scope="col" {class} aria-sort={order}>
            <button type="button" class="sort" {onclick}>
                { column.label }<span aria-hidden="true">{ arrow }</span>
                <span class="unseen">{ text("，", ", ").in_lang(table.lang) }{ SORT.in_lang(table.lang) }</span>
            </button>
        </th>
    }
}

fn row(table: &Table<'_>, key: &str, cells: &[Html]) -> Html {
    html! {
        <tr key={key.to_owned()} role="row">
            { for cells.iter().zip(table.columns).enumerate().map(|(index, (cell, column))| {
                let class = column.is_number.then_some("number");
                let label = column.label.to_owned();
                match index {
                    0 => html! { <th key={index} role="rowheader" scope="row" {class}>{ cell.clone() }</th> },
                    _ => html! { <td key={index} role="cell" {class} data-label={label}>{ cell.clone() }</td> },
                }
            }) }
        </tr>
    }
}

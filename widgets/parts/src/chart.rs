//! 图表: bars, each with its name and number, and the same as a table.

use credit_core::lang::{Lang, Text, text};
use yew::prelude::*;

use crate::html;

use crate::notice::colon;
use crate::table::{Column, Table, table};

const AS_TABLE: Text = text("查看数据表", "See the table");
const NONE: Text = text("暂无数据", "No data");

/// Most bars that are drawn; the table has all of them.
const BARS_MAX: usize = 12;

/// Characters of a label beside its number in a narrow window.
const LABEL_CHARS: usize = 14;

/// Height of a bar with its label, and of the bar itself, in hundredths of an em:
/// what writes fractions would be three kilobytes of every bundle with a chart.
const STEP: u64 = 290;
const BAR: u64 = 90;

/// A bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What is counted.
    pub label: String,
    /// How many.
    pub value: u64,
}

/// A chart.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    /// What it shows.
    pub title: &'a str,
    /// Heading of what is counted.
    pub of: &'a str,
    /// Heading of the numbers, with their unit.
    pub unit: &'a str,
    /// The bars, in the order in which they are drawn.
    pub bars: &'a [Bar],
    /// Language of what is added.
    pub lang: Lang,
}

/// Shows it. Lengths are in per cent of the width and heights in em, so that text
/// is as large as elsewhere, however wide the window.
pub fn chart(chart: &Chart<'_>) -> Html {
    let most = chart
        .bars
        .iter()
        .map(|bar| bar.value)
        .max()
        .unwrap_or_default();
    let drawn = chart.bars.get(..BARS_MAX).unwrap_or(chart.bars);
    let height = hundredths(STEP * drawn.len() as u64, "em");
    let left_out = chart.bars.len() - drawn.len();
    let rows: Vec<(String, Vec<Html>)> = chart
        .bars
        .iter()
        .map(|bar| {
            (
                bar.label.clone(),
                vec![html! { { bar.label.as_str() } }, html! { { bar.value } }],
            )
        })
        .collect();
    let columns = [
        Column {
            label: chart.of,
            is_number: false,
        },
        Column {
            label: chart.unit,
            is_number: true,
        },
    ];
    let more = match chart.lang {
        Lang::ZhCn => format!("图中显示前 {BARS_MAX} 项，其余 {left_out} 项见数据表。"),
        Lang::En => {
            format!("The first {BARS_MAX} are drawn, the table has the other {left_out}, too.")
        }
    };
    html! {
        <figure class="chart" part="chart">
            <figcaption class="chart-title">{ chart.title }</figcaption>
            <p class="none" hidden={!drawn.is_empty()}>{ NONE.in_lang(chart.lang) }</p>
            <svg class="bars" width="100%" {height} role="img" aria-label={spoken(chart, drawn)}>
                { for drawn.iter().enumerate().map(|(index, bar)| one(index, bar, most)) }
            </svg>
            <p class="source" hidden={left_out == 0}>{ more }</p>
            <details class="data">
                <summary>{ AS_TABLE.in_lang(chart.lang) }</summary>
                { table(&Table { caption: chart.title, columns: &columns, rows: &rows, sorting: None, lang: chart.lang }) }
            </details>
        </figure>
    }
}

fn one(index: usize, bar: &Bar, most: u64) -> Html {
    let top = STEP * index as u64;
    // No count comes near the sixteenth power of two that a product has room for.
    let share = bar.value.saturating_mul(10_000).checked_div(most);
    // What is there at all is seen.
    let width = if bar.value == 0 {
        0
    } else {
        share.unwrap_or(0).max(50)
    };
    let em = |length: u64| hundredths(length, "em");
    let label = match bar.label.chars().count() > LABEL_CHARS {
        true => bar
            .label
            .chars()
            .take(LABEL_CHARS - 1)
            .chain(['…'])
            .collect(),
        false => bar.label.clone(),
    };
    html! {
        <g key={index}>
            <text class="bar-label" x="0" y={em(top + 115)}>{ label }</text>
            <text class="bar-value" x="100%" y={em(top + 115)}>{ bar.value }</text>
            <rect class="bar-ground" x="0" y={em(top + 155)} width="100%" height={em(BAR)} />
            <rect class="bar" x="0" y={em(top + 155)} width={hundredths(width, "%")} height={em(BAR)} />
        </g>
    }
}

/// So many hundredths of a unit: `12.05em`.
fn hundredths(length: u64, unit: &str) -> String {
    let (whole, part) = (length / 100, length % 100);
    let zero = if part < 10 { "0" } else { "" };
    format!("{whole}.{zero}{part}{unit}")
}

/// What a screen reader says for the drawing.
fn spoken(chart: &Chart<'_>, drawn: &[Bar]) -> String {
    let bars: Vec<String> = drawn
        .iter()
        .map(|bar| format!("{} {}", bar.label, bar.value))
        .collect();
    let comma = match chart.lang {
        Lang::ZhCn => "，",
        Lang::En => ", ",
    };
    format!("{}{}{}", chart.title, colon(chart.lang), bars.join(comma))
}

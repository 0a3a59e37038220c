//! 信用信息目录: the classes, what there is of each, from whom, and how soon it came.

use credit_api::district::{CatalogueBody, CoverageItem, TimelinessBody};
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_parts::chart::{Bar, Chart, chart};
use credit_parts::html;
use credit_parts::table::{Column, Table, table};
use yew::prelude::*;

const CLASS: Text = text("信息类别", "Class");
const DATASET: Text = text("数据集", "Dataset");
const RECORDS: Text = text("记录数", "Records");
const UNITS: Text = text("归集单位", "From");
const LATEST: Text = text("最近数据", "Latest");
const TIMELY: Text = text("及时率", "In time");
const NONE: Text = text("暂未归集", "nothing yet");
const OPEN: Text = text("（类别名称待核）", " (name to be confirmed)");
const COVERED: Text = text("有数据的类别", "Classes with data");

/// The catalogue.
pub(super) fn view(catalogue: &CatalogueBody, lang: Lang) -> Html {
    let colon = text("：", ": ").in_lang(lang);
    let covered = catalogue
        .items
        .iter()
        .filter(|class| class.datasets.iter().any(|dataset| dataset.records > 0));
    let facts = [
        (text("版本", "Edition"), catalogue.version.clone()),
        (text("依据", "Basis"), catalogue.basis.clone()),
        (
            COVERED,
            [
                covered.count().to_string(),
                " / ".to_owned(),
                catalogue.items.len().to_string(),
            ]
            .concat(),
        ),
        (labels::AS_OF, catalogue.as_of.text()),
    ];
    let datasets = || catalogue.items.iter().flat_map(|class| &class.datasets);
    let bars: Vec<Bar> = datasets()
        .map(|dataset| Bar {
            label: dataset.title.clone(),
            value: dataset.records,
        })
        .collect();
    let columns = [CLASS, DATASET, RECORDS, UNITS, LATEST, TIMELY].map(|label| Column {
        label: label.in_lang(lang),
        is_number: [RECORDS, LATEST, TIMELY].contains(&label),
    });
    let mut rows = Vec::new();
    for class in &catalogue.items {
        let title = match class.is_confirmed {
            true => class.title.clone(),
            false => [class.title.as_str(), OPEN.in_lang(lang)].concat(),
        };
        if class.datasets.is_empty() {
            let none = html! { <span class="hint">{ NONE.in_lang(lang) }</span> };
            let mut cells = vec![html! { { &title } }, none];
            cells.resize(columns.len(), html! { { "—" } });
            rows.push((class.id.clone(), cells));
        }
        for dataset in &class.datasets {
            let key = [class.id.as_str(), "-", &dataset.kind].concat();
            rows.push((key, cells(&title, dataset, lang)));
        }
    }
    html! {
        <>
            <dl key="facts" class="facts" part="facts">
                { for facts.iter().map(|(label, said)| crate::record::row(label.en, label.in_lang(lang), said)) }
            </dl>
            <div key="chart">
                { chart(&Chart { title: RECORDS.in_lang(lang), of: DATASET.in_lang(lang), unit: RECORDS.in_lang(lang), bars: &bars, lang }) }
            </div>
            <div key="table">
                { table(&Table { caption: text("覆盖与及时情况", "Coverage and timeliness").in_lang(lang), columns: &columns, rows: &rows, sorting: None, lang }) }
            </div>
            <p key="term" class="source">{ for datasets().find_map(|dataset| dataset.timeliness.as_ref()).map(|timeliness| html! {
                { [TIMELY.in_lang(lang), colon, &term(timeliness, lang)].concat() }
            }) }</p>
        </>
    }
}

fn cells(class: &str, dataset: &CoverageItem, lang: Lang) -> Vec<Html> {
    // The most of them by name, the others by number.
    let units: Vec<&str> = dataset
        .units
        .iter()
        .take(3)
        .map(|unit| unit.unit.as_str())
        .collect();
    let mut from = units.join(text("、", ", ").in_lang(lang));
    let others = dataset.units.len().saturating_sub(3).to_string();
    if dataset.units.len() > 3 {
        from.push_str(&match lang {
            Lang::ZhCn => ["等，另有 ", &others, " 个单位"].concat(),
            Lang::En => [" and ", &others, " more"].concat(),
        });
    }
    let latest = dataset.latest.map(|day| day.text()).unwrap_or_default();
    let timely = dataset.timeliness.as_ref().map(share).unwrap_or_default();
    let dash = |text: String| {
        if text.is_empty() {
            "—".to_owned()
        } else {
            text
        }
    };
    vec![
        html! { { class } },
        html! { { &dataset.title } },
        html! { { dataset.records } },
        html! { { dash(from) } },
        html! { { dash(latest) } },
        html! { { dash(timely) } },
    ]
}

/// How many of all came within the term, in whole per cent, rounded down: 100 % is
/// all of them.
fn share(timeliness: &TimelinessBody) -> String {
    let all = timeliness.within + timeliness.late;
    match (timeliness.within * 100).checked_div(all) {
        None => String::new(),
        Some(percent) => [&percent.to_string(), "%"].concat(),
    }
}

fn term(timeliness: &TimelinessBody, lang: Lang) -> String {
    let days = timeliness.term.to_string();
    match lang {
        Lang::ZhCn => ["自作出决定之日起", &days, "个工作日内归集的比例"].concat(),
        Lang::En => [
            "the share that came within ",
            &days,
            " working days of the decision",
        ]
        .concat(),
    }
}

//! Every state of every part, with content as it comes from real use: short, long,
//! none, too much.

use credit_core::lang::Text;
use yew::prelude::*;

mod forms;
mod records;
mod talk;

use crate::gallery::Gallery;

pub(crate) type States = Vec<(Text, Html)>;

pub(crate) const LONG: &str =
    "示例市海河津味食品（集团）股份有限公司第二分公司河东区万新村街道直营店";

/// The states of `part`.
pub(crate) fn of(part: &str, gallery: &Gallery, context: &Context<Gallery>) -> States {
    let lang = context.props().lang;
    match part {
        "amount" => forms::amounts(gallery, context, lang),
        "button" => forms::buttons(context, lang),
        "card" => records::cards(context, lang),
        "chart" => records::charts(lang),
        "choice" => forms::choices(gallery, context, lang),
        "date" => forms::dates(gallery, context, lang),
        "dialog" => talk::dialogs(gallery, context, lang),
        "error-summary" => forms::summaries(gallery, context, lang),
        "field" => forms::fields(gallery, context, lang),
        "notice" => talk::notices(context, lang),
        "pager" => records::pagers(gallery, context, lang),
        "progress" => talk::bars(lang),
        "table" => records::tables(gallery, context, lang),
        "tabs" => records::tab_rows(gallery, context, lang),
        _ => Vec::new(),
    }
}

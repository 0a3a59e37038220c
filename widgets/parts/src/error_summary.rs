//! 错误汇总: everything that has to be mended, each with the way to it.

use credit_core::lang::Lang;
use yew::prelude::*;

use crate::html;

use crate::focus;
use crate::notice::colon;

/// Something wrong, and the id of the control where it is mended.
#[derive(Clone, Copy, Debug)]
pub struct Problem<'a> {
    /// Id of the control.
    pub id: &'a str,
    /// What it is called there.
    pub label: &'a str,
    /// What is wrong.
    pub said: &'a str,
}

/// The summary. `at` is where the element puts the focus when it comes: it stands
/// above the fields, and nobody looks up by themselves.
pub fn error_summary(at: &NodeRef, problems: &[Problem<'_>], lang: Lang) -> Html {
    let title = match lang {
        Lang::ZhCn => format!("有 {} 处填写有误，请修改", problems.len()),
        Lang::En if problems.len() == 1 => "There is 1 problem".to_owned(),
        Lang::En => format!("There are {} problems", problems.len()),
    };
    html! {
        <div ref={at.clone()} class="summary" part="summary" role="alert" tabindex="-1" hidden={problems.is_empty()}>
            <p class="summary-title">{ title }</p>
            <ul>{ for problems.iter().map(|one| problem(one, lang)) }</ul>
        </div>
    }
}

fn problem(problem: &Problem<'_>, lang: Lang) -> Html {
    let id = problem.id.to_owned();
    let onclick = Callback::from(move |event: MouseEvent| {
        // The address of the page is not ours to change.
        event.prevent_default();
        if let Some(from) = focus::at(&event) {
            focus::to_id(&from, &id);
        }
    });
    html! {
        <li key={problem.id.to_owned()}>
            <a href={format!("#{}", problem.id)} {onclick}>{ problem.label }{ colon(lang) }{ problem.said }</a>
        </li>
    }
}

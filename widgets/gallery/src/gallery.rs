//! The page: what was done on it, and the states one below the other.

use credit_core::lang::Lang;
use credit_parts::html;
use credit_parts::table::Sorting;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::states;

/// What the page is of, and how it looks.
#[derive(Clone, Debug, PartialEq, Properties)]
pub(crate) struct Properties {
    /// The part.
    pub(crate) part: String,
    /// Its language.
    pub(crate) lang: Lang,
    /// Classes.
    pub(crate) look: String,
}

/// What was done on the page.
pub(crate) struct Gallery {
    /// Texts of fields, by their id.
    pub(crate) texts: Vec<(String, String)>,
    /// What is chosen.
    pub(crate) chosen: Vec<String>,
    /// The page that is turned to.
    pub(crate) page: usize,
    /// The tab that is chosen.
    pub(crate) tab: usize,
    /// The order of rows.
    pub(crate) sorting: Sorting,
    /// Whether the dialog is open.
    pub(crate) is_open: bool,
    /// Whether what comes and goes is there.
    pub(crate) is_more: bool,
    /// Where the error summary is.
    pub(crate) summary: NodeRef,
}

/// What can be done on the page.
pub(crate) enum Message {
    Typed(&'static str, String),
    Chosen(String, bool),
    Turned(usize),
    Tab(usize),
    Sorted(Sorting),
    Open(bool),
    /// What comes and goes does so.
    More,
    /// The form was sent.
    Sent,
}

impl Component for Gallery {
    type Message = Message;
    type Properties = Properties;

    fn create(_: &Context<Self>) -> Self {
        Self {
            texts: Vec::new(),
            chosen: vec!["retail".to_owned()],
            page: 4,
            tab: 0,
            sorting: Sorting {
                column: 2,
                is_descending: true,
            },
            is_open: false,
            is_more: false,
            summary: NodeRef::default(),
        }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Typed(id, text) => {
                self.texts.retain(|(other, _)| other != id);
                self.texts.push((id.to_owned(), text));
            }
            Message::Chosen(value, true) => self.chosen.push(value),
            Message::Chosen(value, false) => self.chosen.retain(|other| *other != value),
            Message::Turned(page) => self.page = page,
            Message::Tab(tab) => self.tab = tab,
            Message::Sorted(sorting) => self.sorting = sorting,
            Message::Open(is_open) => self.is_open = is_open,
            Message::More => self.is_more = !self.is_more,
            Message::Sent => {
                if let Some(summary) = self.summary.cast::<HtmlElement>() {
                    let _ = summary.focus();
                }
            }
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let Properties { part, lang, look } = context.props();
        html! {
            <div class={look.clone()} lang={lang.tag()}>
                { for states::of(part, self, context).into_iter().enumerate().map(|(index, (name, state))| html! {
                    <section key={index} class="state" aria-label={name.in_lang(*lang)}>
                        <p class="state-name">{ name.in_lang(*lang) }</p>
                        <div class="state-shown">{ state }</div>
                    </section>
                }) }
            </div>
        }
    }
}

impl Gallery {
    /// The text of a field: what was typed, or what it has at the beginning.
    pub(crate) fn text(&self, id: &str, begins: &str) -> String {
        let typed = self.texts.iter().find(|(other, _)| other == id);
        typed.map_or_else(|| begins.to_owned(), |(_, text)| text.clone())
    }
}

//! 筛选: by kind of subject and by area.

use credit_api::body::{Page, RecordItem};
use credit_api::path;
use credit_badge::labels;
use credit_client::FetchError;
use credit_core::lang::{Lang, Text, text};
use credit_core::subject::SubjectKind;
use credit_parts::choice::{Item, Kind, choice};
use credit_parts::field::{Field, Need};
use credit_parts::html;
use yew::prelude::*;

use crate::piece::Context;

use super::{Message, Query};
use crate::panel::{Asked, failed, waiting};
use crate::reading::records;
use crate::record::{value, word};

const TITLE: Text = text("筛选", "Filters");
const KIND: Text = text("主体类别", "Kind of subject");
const AREA: Text = text("信用区域", "Area");
const ALL: Text = text("全部", "All");

/// Pages of areas that are read: two hundred parks and streets, more than a
/// district has, and a menu that nobody would read to its end.
const PAGES_MAX: usize = 4;

/// What the results are narrowed down to.
#[derive(Default)]
pub(super) struct Filters {
    /// Only this kind.
    pub kind: Option<SubjectKind>,
    /// Only members of this area; its id.
    area: Option<String>,
    /// The areas that there are, once the filters were opened.
    areas: Option<Asked<()>>,
    found: Vec<(String, String)>,
    pages: usize,
}

/// What happens to them.
pub(crate) enum Step {
    /// They were opened.
    Unfold,
    /// A page of areas is there.
    Areas(Result<Page<RecordItem>, FetchError>),
    /// This kind, or any.
    Kind(Option<SubjectKind>),
    /// This area, or any.
    Area(Option<String>),
    /// Neither.
    Drop,
}

impl Filters {
    /// Whether anything is left out.
    pub(super) fn is_active(&self) -> bool {
        self.kind.is_some() || self.area.is_some()
    }

    /// As the search is asked for it: kind and area.
    pub(super) fn words(&self) -> (&str, &str) {
        (
            self.kind.map_or("", SubjectKind::code),
            self.area.as_deref().unwrap_or_default(),
        )
    }

    /// Takes a step; says whether other results are wanted now.
    pub(super) fn take(&mut self, context: &Context<Query>, step: Step) -> bool {
        match step {
            Step::Unfold => {
                if !matches!(self.areas, Some(Asked::Loading | Asked::There(()))) {
                    self.found.clear();
                    self.pages = 0;
                    self.ask(context, "");
                }
            }
            Step::Areas(Ok(page)) => {
                self.pages += 1;
                let named = |item: &RecordItem| {
                    Some((
                        word(item, "area")?.to_owned(),
                        value(item, "title")?.to_owned(),
                    ))
                };
                self.found.extend(page.items.iter().filter_map(named));
                match page.next.filter(|_| self.pages < PAGES_MAX) {
                    Some(next) => self.ask(context, &next),
                    None => self.areas = Some(Asked::There(())),
                }
            }
            Step::Areas(Err(error)) => self.areas = Some(Asked::Failed(error)),
            Step::Kind(kind) => {
                self.kind = kind;
                return true;
            }
            Step::Area(area) => {
                self.area = area;
                return true;
            }
            Step::Drop => {
                self.kind = None;
                self.area = None;
                return true;
            }
        }
        false
    }

    fn ask(&mut self, context: &Context<Query>, cursor: &str) {
        self.areas = Some(Asked::Loading);
        let path = path::asked(path::AREAS, &[("limit", "50"), ("cursor", cursor)]);
        let told = |page| Message::Filter(Step::Areas(page));
        records(&context.props().url(&path), context.link().callback(told));
    }

    /// 筛选, and what is chosen.
    fn title(&self, lang: Lang) -> String {
        let mut title = TITLE.in_lang(lang).to_owned();
        let kind = self.kind.map(|kind| labels::kind(kind).in_lang(lang));
        let area = self.area.as_ref().map(|area| {
            let known = self.found.iter().find(|(id, _)| id == area);
            known.map_or(area, |(_, title)| title).as_str()
        });
        let mut between = text("：", ": ").in_lang(lang);
        for chosen in [kind, area].into_iter().flatten() {
            title.push_str(between);
            title.push_str(chosen);
            between = " · ";
        }
        title
    }

    /// Shows them; what is not chosen takes one line.
    pub(super) fn view(&self, context: &Context<Query>, lang: Lang) -> Html {
        let link = context.link();
        let unfold = link.callback(|_: Event| Message::Filter(Step::Unfold));
        let kind = |(word, _): (String, bool)| Message::Filter(Step::Kind(word.parse().ok()));
        let area = |(id, _): (String, bool)| {
            Message::Filter(Step::Area(Some(id).filter(|id| !id.is_empty())))
        };
        let kinds = SubjectKind::ALL.iter().map(|kind| Item {
            value: kind.code(),
            label: labels::kind(*kind).in_lang(lang),
            hint: "",
        });
        let areas = self.found.iter().map(|(id, title)| Item {
            value: id,
            label: title,
            hint: "",
        });
        let (chosen_kind, chosen_area) = self.words();
        let trouble = match &self.areas {
            Some(Asked::Loading) => waiting(lang),
            Some(Asked::Failed(error)) => {
                let again = link.callback(|()| Message::Filter(Step::Unfold));
                failed(error, lang, again)
            }
            _ => Html::default(),
        };
        html! {
            <details class="filters" part="filters" ontoggle={unfold}>
                <summary>{ self.title(lang) }</summary>
                <div class="menus">
                    { menu("kind", KIND, kinds, chosen_kind, link.callback(kind), lang) }
                    { menu("area", AREA, areas, chosen_area, link.callback(area), lang) }
                </div>
                <div>{ trouble }</div>
            </details>
        }
    }
}

fn menu<'a>(
    id: &str,
    label: Text,
    items: impl Iterator<Item = Item<'a>>,
    chosen: &str,
    onchosen: Callback<(String, bool)>,
    lang: Lang,
) -> Html {
    let all = Item {
        value: "",
        label: ALL.in_lang(lang),
        hint: "",
    };
    let items: Vec<Item<'_>> = std::iter::once(all).chain(items).collect();
    let field = Field {
        id,
        label: label.in_lang(lang),
        hint: "",
        error: "",
        need: Need::Optional,
        lang,
    };
    choice(&field, Kind::Menu, &items, &[chosen], onchosen)
}

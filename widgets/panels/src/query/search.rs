//! Asking for results, page by page.

use crate::piece::Context;
use credit_api::body::{Page, SearchItem};
use credit_api::path;
use credit_client::FetchError;
use credit_core::limits::QUERY_MAX_CHARS;
use credit_core::text::{is_searchable, truncated};
use credit_element::state::State;

use super::{Focus, Message, Query};
use crate::panel::Asked;
use crate::reading::body;

/// Pages without a result after which a visitor is asked whether to go on: where few
/// are of a kind, the server looks at so many names at a time.
const EMPTY_PAGES_MAX: u32 = 5;

/// What stands below the input.
pub(super) enum Results {
    /// Nothing was asked.
    None,
    /// Asked, first page.
    Loading,
    /// Found, perhaps nothing.
    Found(Found),
    /// Not found out.
    Failed(FetchError),
}

/// What was found so far.
pub(super) struct Found {
    pub items: Vec<SearchItem>,
    pub next: Option<String>,
    pub more: Asked<()>,
}

impl Query {
    pub(super) fn ask(&mut self, context: &Context<Self>) {
        self.drop_questions();
        self.opened = None;
        self.comparison = None;
        if !is_searchable(&self.text) {
            self.results = Results::None;
            context.props().host.set_state(State::Ready);
            return;
        }
        // Results stay while the next ones are on their way: nothing jumps.
        if !matches!(self.results, Results::Found(_)) {
            self.results = Results::Loading;
        }
        context.props().host.set_state(State::Loading);
        self.asking = true;
        self.send(context, "", false);
    }

    /// Asks for the page after the last one.
    pub(super) fn more(&mut self, context: &Context<Self>) {
        if let Results::Found(found) = &mut self.results
            && let Some(next) = found.next.clone()
        {
            found.more = Asked::Loading;
            self.send(context, &next, true);
        }
    }

    fn send(&mut self, context: &Context<Self>, cursor: &str, further: bool) {
        self.round = self.round.wrapping_add(1);
        let round = self.round;
        let (kind, area) = self.filters.words();
        let path = path::asked(
            path::SEARCH,
            &[
                ("q", truncated(&self.text, QUERY_MAX_CHARS)),
                ("kind", kind),
                ("area", area),
                ("cursor", cursor),
            ],
        );
        let link = context.link().clone();
        context.props().ask(&path, move |answer| {
            link.send_message(Message::Answered(round, further, body(answer)));
        });
    }

    pub(super) fn answered(
        &mut self,
        context: &Context<Self>,
        further: bool,
        answer: Result<Page<SearchItem>, FetchError>,
    ) {
        self.asking = false;
        let mut is_empty = false;
        match (answer, &mut self.results) {
            (Ok(page), Results::Found(found)) if further => {
                is_empty = page.items.is_empty();
                let is_over = is_empty && page.next.is_none();
                if self.pressed && !is_empty {
                    self.focus = Some(Focus::Result(found.items.len()));
                    self.pressed = false;
                } else if self.pressed && is_over {
                    // What was pressed is gone.
                    self.focus = Some(Focus::Input);
                }
                found.items.extend(page.items);
                found.next = page.next;
                found.more = Asked::There(());
            }
            (Err(error), Results::Found(found)) if further => found.more = Asked::Failed(error),
            (Ok(page), results) => {
                is_empty = page.items.is_empty();
                *results = Results::Found(Found {
                    items: page.items,
                    next: page.next,
                    more: Asked::There(()),
                });
                context.props().ready();
            }
            (Err(error), results) => {
                context.props().fail(&error);
                *results = Results::Failed(error);
            }
        }
        // A page without any is no answer while there is another.
        if is_empty && self.empty_pages < EMPTY_PAGES_MAX {
            self.empty_pages += 1;
            self.more(context);
        }
    }
}

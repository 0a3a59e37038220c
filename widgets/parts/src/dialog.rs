//! 对话框: something that has to be answered first.

use credit_core::lang::{Lang, Text, text};
use gloo_events::EventListener;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

use crate::html;

const CLOSE: Text = text("关闭", "Close");

/// What it is and who hears that it was closed.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Properties {
    /// Whether it is open. The element decides, also after `onclose`.
    pub is_open: bool,
    /// Its id, of which there is one in a shadow root.
    pub id: AttrValue,
    /// What it is about.
    pub title: AttrValue,
    /// What stands in it.
    pub children: Children,
    /// What can be answered.
    pub actions: Html,
    /// It wants to be closed: by its button or Escape.
    pub onclose: Callback<()>,
    /// Language of what is added.
    pub lang: Lang,
}

/// A dialog. The browser keeps the keyboard in it, makes the rest of the page
/// inert and gives the focus back to what opened it.
#[derive(Debug)]
pub struct Dialog {
    dialog: NodeRef,
    /// Yew has no event for it.
    cancelled: Option<EventListener>,
}

impl Component for Dialog {
    type Message = ();
    type Properties = Properties;

    fn create(_: &Context<Self>) -> Self {
        Self {
            dialog: NodeRef::default(),
            cancelled: None,
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let properties = context.props();
        let onclose = properties.onclose.clone();
        let close = Callback::from(move |_: MouseEvent| onclose.emit(()));
        html! {
            <dialog ref={self.dialog.clone()} class="dialog" part="dialog" aria-labelledby={format!("{}-title", properties.id)}>
                <p key="title" class="dialog-title" id={format!("{}-title", properties.id)}>{ properties.title.clone() }</p>
                <div key="content" class="dialog-content">{ properties.children.clone() }</div>
                <div key="actions" class="actions">
                    { properties.actions.clone() }
                    <button key="close" type="button" class="button second" part="button" onclick={close}>
                        { CLOSE.in_lang(properties.lang) }
                    </button>
                </div>
            </dialog>
        }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        let Some(dialog) = self.dialog.cast::<HtmlDialogElement>() else {
            return;
        };
        let onclose = context.props().onclose.clone();
        self.cancelled = Some(EventListener::new_with_options(
            &dialog,
            "cancel",
            gloo_events::EventListenerOptions::enable_prevent_default(),
            move |event| {
                event.prevent_default();
                onclose.emit(());
            },
        ));
        match (context.props().is_open, dialog.open()) {
            // It throws where it is not in a document.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    }
}

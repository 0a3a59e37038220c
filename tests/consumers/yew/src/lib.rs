//! A stranger's page that is a Yew app itself. It counts what its own elements hear,
//! so that a test sees when it takes an event of ours for one of its own.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

/// Shows the page in `root`.
#[wasm_bindgen]
pub fn run(root: Element) {
    yew::Renderer::<Page>::with_root(root).render();
}

struct Page {
    heard: [u32; 6],
    text: String,
    is_other: bool,
    is_gone: bool,
}

enum Message {
    Heard(usize),
    Typed(String),
    Other,
    Gone,
}

impl Component for Page {
    type Message = Message;
    type Properties = ();

    fn create(_: &Context<Self>) -> Self {
        Self {
            heard: [0; 6],
            text: String::new(),
            is_other: false,
            is_gone: false,
        }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Heard(place) => self.heard[place] += 1,
            Message::Typed(text) => self.text = text,
            Message::Other => self.is_other = !self.is_other,
            Message::Gone => self.is_gone = !self.is_gone,
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let link = context.link();
        let code = if self.is_other {
            "93120102MATEXT01XX"
        } else {
            "91120102MATEXT01X4"
        };
        let typed = link.batch_callback(|event: InputEvent| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            Some(Message::Typed(input.value()))
        });
        // Many listeners, so that many numbers are taken.
        let buttons = (0..5).map(|place| {
            let onclick = link.callback(move |_: MouseEvent| Message::Heard(place));
            html! { <button key={place} class="own" {onclick}>{ format!("{place}: {}", self.heard[place]) }</button> }
        });
        let keys = link.callback(|_: KeyboardEvent| Message::Heard(5));
        html! {
            <>
                <h1 key="title">{ "Yew" }</h1>
                <div key="buttons">{ for buttons }</div>
                <div key="input"><input id="own" oninput={typed} onkeydown={keys} /><output id="typed">{ &self.text }</output>
                    <output id="keys">{ self.heard[5] }</output></div>
                <button key="other" id="other" onclick={link.callback(|_: MouseEvent| Message::Other)}>{ "另一家" }</button>
                <button key="gone" id="gone" onclick={link.callback(|_: MouseEvent| Message::Gone)}>{ "来去" }</button>
                <div key="ours">
                    if !self.is_gone {
                        <div>
                            <credit-badge code={code}></credit-badge>
                            <credit-query q="津味"></credit-query>
                        </div>
                    }
                </div>
            </>
        }
    }
}

//! What an element is called, takes, says and lets pages style: the facts that the
//! shim's table, the frame, `custom-elements.json`, the types for TypeScript, the
//! data for editors, the reference and the contract suite are made from or compared
//! with.

use credit_core::lang::{Text, text};

mod elements;

pub use elements::{
    BADGE, CARD, CHECK, DATASETS, ELEMENTS, INSPECT, LIST, PERKS, QUERY, QUERY_LINKS, REPORT, SELF,
    TRACE, VERIFY, WALL, WALL_MODES,
};

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// Its name.
    pub tag: &'static str,
    /// What it is called in a sentence, and what it is for.
    pub about: Text,
    /// The bundle that it lives in.
    pub bundle: &'static str,
    /// What it shares an instance of the bundle with, and so fails together with.
    pub domain: &'static str,
    /// A style sheet that it needs beside those of the bundle.
    pub style: Option<&'static str>,
    /// Its own attributes, beside [`COMMON_ATTRIBUTES`].
    pub attributes: &'static [Attribute],
    /// Events that it sends, beside [`COMMON_EVENTS`].
    pub events: &'static [Event],
    /// Whether it reflects `trust`.
    pub is_signed: bool,
    /// Whether it may stand in a frame on a page of others.
    pub is_framed: bool,
    /// What pages can style with `::part(…)`.
    pub parts: &'static [&'static str],
}

/// An attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: Text,
    /// What it may hold.
    pub value: Value,
}

/// What an attribute may hold.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// One of these words; the first where it is missing.
    Words(&'static [&'static str]),
    /// A text of a form that `about` describes.
    Form,
}

/// An event. All bubble, and leave the shadow roots that they come from.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Its name.
    pub name: &'static str,
    /// When it is sent.
    pub about: Text,
    /// Names of the texts in `detail`.
    pub detail: &'static [&'static str],
}

/// A CSS custom property that pages may set.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// What it colours or shapes.
    pub about: Text,
}

/// 界面语言
pub const LANGS: [&str; 2] = ["zh-CN", "en"];
/// 配色
pub const THEMES: [&str; 4] = ["auto", "light", "dark", "contrast"];
/// 字号
pub const SIZES: [&str; 2] = ["normal", "large"];
/// Modes of the shadow root.
pub const SHADOWS: [&str; 2] = ["open", "closed"];

/// Attributes of every element.
pub const COMMON_ATTRIBUTES: [Attribute; 5] = [
    Attribute {
        name: "api",
        about: text(
            "服务器地址；缺省时为组件脚本所在的服务器",
            "base address of the server; where it is missing, the one that the script came from",
        ),
        value: Value::Form,
    },
    Attribute {
        name: "lang",
        about: text("界面语言", "language of what is shown"),
        value: Value::Words(&LANGS),
    },
    Attribute {
        name: "theme",
        about: text(
            "配色：跟随系统、浅色、深色、高对比度",
            "colours: as the device is set, light, dark, high contrast",
        ),
        value: Value::Words(&THEMES),
    },
    Attribute {
        name: "size",
        about: text(
            "字号：标准，或适老化大字（18 像素以上）",
            "size of text: normal, or large (18 pixels and more)",
        ),
        value: Value::Words(&SIZES),
    },
    Attribute {
        name: "shadow",
        about: text(
            "是否允许页面脚本访问 Shadow DOM；仅在元素加入页面时读取一次",
            "whether scripts of the page can look into the shadow root; read once, when the element comes to the page",
        ),
        value: Value::Words(&SHADOWS),
    },
];

/// Values of the attribute `state`, which every element reflects.
pub const STATES: [&str; 5] = ["loading", "ready", "stale", "error", "blocked"];

/// Events of every element.
pub const COMMON_EVENTS: [Event; 2] = [
    Event {
        name: "credit-ready",
        about: text("内容加载完成并已显示", "it shows what it is for"),
        detail: &[],
    },
    Event {
        name: "credit-error",
        about: text(
            "无法显示：code 为固定的错误代码，message 为可直接展示的提示语",
            "it cannot: a stable code, and a sentence for people",
        ),
        detail: &["code", "message"],
    },
];

/// What pages may set. Under `theme="contrast"` they have no effect.
pub const PROPERTIES: [Property; 7] = [
    Property {
        name: "--credit-ink",
        about: text("文字颜色", "colour of text"),
    },
    Property {
        name: "--credit-quiet",
        about: text("次要文字颜色", "colour of less important text"),
    },
    Property {
        name: "--credit-paper",
        about: text("背景颜色", "colour of the ground"),
    },
    Property {
        name: "--credit-line",
        about: text("边框颜色", "colour of borders"),
    },
    Property {
        name: "--credit-accent",
        about: text("链接和按钮颜色", "colour of links and buttons"),
    },
    Property {
        name: "--credit-on-accent",
        about: text("按钮上的文字颜色", "colour of text on buttons"),
    },
    Property {
        name: "--credit-font",
        about: text("字体", "font family"),
    },
];

impl Definition {
    /// All attributes: its own first.
    pub fn all_attributes(&self) -> impl Iterator<Item = &'static Attribute> {
        self.attributes.iter().chain(&COMMON_ATTRIBUTES)
    }

    /// All events: its own last.
    pub fn all_events(&self) -> impl Iterator<Item = &'static Event> {
        COMMON_EVENTS.iter().chain(self.events)
    }
}

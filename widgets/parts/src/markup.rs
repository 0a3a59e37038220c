//! What `html!` of `credit-markup` becomes: a text of steps, and what goes in.

use std::mem::ManuallyDrop;
use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{Key, Listener, VList, VNode, VTag, VText};

/// What goes into markup, in the order in which it is written.
#[derive(Debug)]
pub enum Argument {
    /// Nothing.
    Nothing,
    /// A text.
    Text(AttrValue),
    /// Nodes.
    Nodes(Vec<Html>),
    /// Where a node is found later.
    Reference(NodeRef),
    /// Who hears of an event.
    Listener(Rc<dyn Listener>),
}

/// An argument as `html!` hands it over. [`fill`] takes all of them out, so that what
/// would drop them need not stand at every call.
pub type Slot = ManuallyDrop<Argument>;

/// What can stand in braces behind the name of an attribute.
pub trait Said {
    /// As it is set; nothing where it is not.
    fn said(self) -> Argument;
}

/// What can stand in braces among nodes.
pub trait Shown {
    /// The nodes.
    fn shown(self) -> Argument;
}

/// The value of an attribute.
pub fn value(said: impl Said) -> Slot {
    ManuallyDrop::new(said.said())
}

/// By what a node is known among its siblings.
pub fn key(said: impl Said) -> Slot {
    ManuallyDrop::new(said.said())
}

/// Nodes in a node.
pub fn child(shown: impl Shown) -> Slot {
    ManuallyDrop::new(shown.shown())
}

/// Nodes of a sequence.
pub fn each<I: IntoIterator<Item = Html>>(nodes: I) -> Slot {
    ManuallyDrop::new(Argument::Nodes(nodes.into_iter().collect()))
}

/// Where a node is found later.
pub fn found(reference: NodeRef) -> Slot {
    ManuallyDrop::new(Argument::Reference(reference))
}

/// Who hears of an event.
pub fn heard(listener: Option<Rc<dyn Listener>>) -> Slot {
    ManuallyDrop::new(listener.map_or(Argument::Nothing, Argument::Listener))
}

#[inline(never)]
fn text(text: &str) -> Argument {
    Argument::Text(Rc::<str>::from(text).into())
}

impl Said for &str {
    #[inline(never)]
    fn said(self) -> Argument {
        text(self)
    }
}

impl Said for &String {
    #[inline(never)]
    fn said(self) -> Argument {
        text(self)
    }
}

impl Said for String {
    #[inline(never)]
    fn said(self) -> Argument {
        text(&self)
    }
}

impl Said for AttrValue {
    #[inline(never)]
    fn said(self) -> Argument {
        Argument::Text(self)
    }
}

impl Said for usize {
    #[inline(never)]
    fn said(self) -> Argument {
        text(&self.to_string())
    }
}

impl Said for u32 {
    #[inline(never)]
    fn said(self) -> Argument {
        text(&self.to_string())
    }
}

impl Said for bool {
    /// An attribute that is there or not.
    #[inline(never)]
    fn said(self) -> Argument {
        if self {
            Argument::Text(AttrValue::Static(""))
        } else {
            Argument::Nothing
        }
    }
}

impl<T: Said> Said for Option<T> {
    fn said(self) -> Argument {
        self.map_or(Argument::Nothing, Said::said)
    }
}

impl Shown for Html {
    #[inline(never)]
    fn shown(self) -> Argument {
        Argument::Nodes(vec![self])
    }
}

impl Shown for Vec<Html> {
    #[inline(never)]
    fn shown(self) -> Argument {
        Argument::Nodes(self)
    }
}

impl Shown for Children {
    #[inline(never)]
    fn shown(self) -> Argument {
        Argument::Nodes(self.into_iter().collect())
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(self) -> Argument {
        match self {
            Some(shown) => shown.shown(),
            // Its place stays, so that its siblings keep theirs.
            None => Argument::Nodes(vec![Html::default()]),
        }
    }
}

macro_rules! texts {
    ($($type:ty),*) => {
        $(impl Shown for $type {
            #[inline(never)]
            fn shown(self) -> Argument {
                text(&self.to_string())
            }
        })*
    };
}

texts!(i32, u32, usize, u64);

impl Shown for &str {
    #[inline(never)]
    fn shown(self) -> Argument {
        text(self)
    }
}

impl Shown for &String {
    #[inline(never)]
    fn shown(self) -> Argument {
        text(self)
    }
}

impl Shown for String {
    #[inline(never)]
    fn shown(self) -> Argument {
        text(&self)
    }
}

impl Shown for AttrValue {
    #[inline(never)]
    fn shown(self) -> Argument {
        Argument::Text(self)
    }
}

/// Builds what `steps` say, one a line: `<` begins an element and `>` ends it, `=` is
/// an attribute with its value, `k` a key; of the others each takes the next of the
/// arguments: `@` an attribute, `~` a property, `*` a key, `&` a reference, `!` a listener, `$` nodes.
#[inline(never)]
pub fn fill(steps: &'static str, arguments: &mut [Slot]) -> Html {
    let mut open: Vec<VTag> = Vec::new();
    let mut nodes: Vec<Html> = Vec::new();
    let mut arguments = arguments
        .iter_mut()
        .map(|argument| std::mem::replace(&mut **argument, Argument::Nothing));
    for step in steps.lines() {
        let (sign, said) = step.split_at_checked(1).unwrap_or_default();
        let argument = match sign {
            "@" | "~" | "*" | "&" | "!" | "$" => arguments.next().unwrap_or(Argument::Nothing),
            _ => Argument::Nothing,
        };
        match (sign, argument, open.last_mut()) {
            ("<", ..) => open.push(VTag::new(said)),
            (">", ..) => {
                if let Some(done) = open.pop() {
                    put(&mut open, &mut nodes, vec![done.into()]);
                }
            }
            ("$", Argument::Text(text), _) => {
                put(&mut open, &mut nodes, vec![VText::new(text).into()]);
            }
            ("$", Argument::Nodes(children), _) => put(&mut open, &mut nodes, children),
            ("=", _, Some(tag)) => {
                let (name, value) = said.split_once(' ').unwrap_or((said, ""));
                tag.add_attribute(name, value);
            }
            ("@", Argument::Text(value), Some(tag)) => tag.add_attribute(said, value),
            ("~", Argument::Text(value), Some(tag)) => tag.add_property(said, value.as_str()),
            ("k", _, Some(tag)) => tag.key = Some(Key::from(said)),
            ("*", Argument::Text(key), Some(tag)) => tag.key = Some(Key::from(key.as_str())),
            ("&", Argument::Reference(reference), Some(tag)) => tag.node_ref = reference,
            ("!", Argument::Listener(listener), Some(tag)) => {
                tag.add_listener(listener);
            }
            _ => {}
        }
    }
    match nodes.len() {
        1 => nodes.pop().unwrap_or_default(),
        _ => VNode::from(VList::with_children(nodes, None)),
    }
}

/// Puts nodes into the element that is open, or beside those before.
fn put(open: &mut [VTag], nodes: &mut Vec<Html>, children: Vec<Html>) {
    match open.last_mut() {
        Some(tag) => tag.add_children(children),
        None => nodes.extend(children),
    }
}

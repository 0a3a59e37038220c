//! What an element is to a stage. Yew writes out scope, queue and life cycle for each
//! kind of component, two kilobytes of code every time; so there is one kind, and in
//! it the piece that is on.

use std::any::Any;
use std::marker::PhantomData;

use credit_element::attributes::{AttributeError, Attributes};
use yew::html::Scope;
use yew::prelude::{Callback, Html};

use crate::options::Options;
use crate::panel::Panel;
use crate::stage::Boards;

/// A piece, as Yew has components.
pub(crate) trait Piece: Sized + 'static {
    /// What can happen.
    type Message: 'static;
    /// The attributes.
    type Options: Options;

    /// Begins.
    fn create(context: &Context<Self>) -> Self;

    /// The attributes are others now. Whether there is something new to see.
    fn changed(&mut self, context: &Context<Self>, old: &Self::Options) -> bool;

    /// Something has happened. Whether there is something new to see.
    fn update(&mut self, context: &Context<Self>, message: Self::Message) -> bool;

    /// What is seen.
    fn view(&self, context: &Context<Self>) -> Html;

    /// It is seen now.
    fn rendered(&mut self, _: &Context<Self>) {}

    /// It is over.
    fn destroy(&mut self, _: &Context<Self>) {}
}

/// Where a piece is on.
pub(crate) struct Context<P: Piece> {
    panel: Panel<P::Options>,
    link: Link<P>,
}

impl<P: Piece> Context<P> {
    pub(crate) fn props(&self) -> &Panel<P::Options> {
        &self.panel
    }

    pub(crate) fn link(&self) -> &Link<P> {
        &self.link
    }
}

/// A message on its way to the piece of the element with that number. A stage is
/// used again, and what was for the one before is for nobody.
pub(crate) type Letter = (u32, Box<dyn Any>);

/// By which a piece is told what happens.
pub(crate) struct Link<P: Piece> {
    scope: Scope<Boards>,
    number: u32,
    piece: PhantomData<fn(P)>,
}

impl<P: Piece> Clone for Link<P> {
    fn clone(&self) -> Self {
        Self {
            scope: self.scope.clone(),
            number: self.number,
            piece: PhantomData,
        }
    }
}

impl<P: Piece> Link<P> {
    pub(crate) fn send_message(&self, message: P::Message) {
        post(&self.scope, self.number, Box::new(message));
    }

    pub(crate) fn callback<E: 'static>(
        &self,
        message: impl Fn(E) -> P::Message + 'static,
    ) -> Callback<E> {
        let link = self.clone();
        Callback::from(move |event| link.send_message(message(event)))
    }

    pub(crate) fn batch_callback<E: 'static>(
        &self,
        message: impl Fn(E) -> Option<P::Message> + 'static,
    ) -> Callback<E> {
        let link = self.clone();
        Callback::from(move |event| {
            if let Some(message) = message(event) {
                link.send_message(message);
            }
        })
    }
}

#[inline(never)]
fn post(scope: &Scope<Boards>, number: u32, message: Box<dyn Any>) {
    scope.send_message((number, message));
}

/// A piece that is on, whichever it is.
pub(crate) trait Play {
    /// Takes the attributes. Whether there is something new to see.
    fn take(&mut self, attributes: &Attributes) -> Result<bool, AttributeError>;

    /// Something has happened. Whether there is something new to see.
    fn tell(&mut self, message: Box<dyn Any>) -> bool;

    /// What is seen.
    fn view(&self) -> Html;

    /// It is seen now.
    fn rendered(&mut self);
}

struct Held<P: Piece> {
    piece: P,
    context: Context<P>,
}

/// Begins the piece `P`.
pub(crate) fn begin<P: Piece>(
    attributes: &Attributes,
    host: credit_element::host::Host,
    api: &str,
    scope: Scope<Boards>,
) -> Result<Box<dyn Play>, AttributeError> {
    let context = Context {
        link: Link {
            scope,
            number: host.number(),
            piece: PhantomData,
        },
        panel: Panel {
            options: P::Options::parse(attributes)?,
            host,
            api: api.to_owned(),
        },
    };
    let piece = P::create(&context);
    Ok(Box::new(Held { piece, context }))
}

impl<P: Piece> Drop for Held<P> {
    fn drop(&mut self) {
        self.piece.destroy(&self.context);
    }
}

impl<P: Piece> Play for Held<P> {
    fn take(&mut self, attributes: &Attributes) -> Result<bool, AttributeError> {
        let options = P::Options::parse(attributes)?;
        let old = std::mem::replace(&mut self.context.panel.options, options);
        let is_same = old == self.context.panel.options;
        Ok(!is_same && self.piece.changed(&self.context, &old))
    }

    fn tell(&mut self, message: Box<dyn Any>) -> bool {
        let message = message.downcast();
        message.is_ok_and(|message| self.piece.update(&self.context, *message))
    }

    fn view(&self) -> Html {
        self.piece.view(&self.context)
    }

    fn rendered(&mut self) {
        self.piece.rendered(&self.context);
    }
}

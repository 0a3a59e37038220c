//! placeholder

use yew::prelude::*;

use crate::options::TraceOptions;
use crate::piece::{Context, Piece};

pub(crate) struct Trace;

impl Piece for Trace {
    type Message = ();
    type Options = TraceOptions;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn changed(&mut self, _: &Context<Self>, _: &TraceOptions) -> bool {
        true
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        true
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().window("trace", Html::default())
    }
}

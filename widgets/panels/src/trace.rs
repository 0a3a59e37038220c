//! placeholder

use yew::prelude::*;

use crate::options::TraceOptions;
use crate::panel::Panel;

pub(crate) struct Trace;

impl Component for Trace {
    type Message = ();
    type Properties = Panel<TraceOptions>;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().window("trace", Html::default())
    }
}

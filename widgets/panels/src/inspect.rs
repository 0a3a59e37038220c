//! placeholder

use yew::prelude::*;

use crate::options::InspectOptions;
use crate::panel::Panel;

pub(crate) struct Inspect;

impl Component for Inspect {
    type Message = ();
    type Properties = Panel<InspectOptions>;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().window("inspect", Html::default())
    }
}

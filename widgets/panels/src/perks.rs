//! placeholder

use yew::prelude::*;

use crate::options::PerksOptions;
use crate::panel::Panel;

pub(crate) struct Perks;

impl Component for Perks {
    type Message = ();
    type Properties = Panel<PerksOptions>;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().window("perks", Html::default())
    }
}

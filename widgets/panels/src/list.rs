//! placeholder

use yew::prelude::*;

use crate::options::ListOptions;
use crate::panel::Panel;

pub(crate) struct List;

impl Component for List {
    type Message = ();
    type Properties = Panel<ListOptions>;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().window("list", Html::default())
    }
}

//! placeholder

use yew::prelude::*;

use crate::options::WallOptions;
use crate::panel::Panel;

pub(crate) struct Wall;

impl Component for Wall {
    type Message = ();
    type Properties = Panel<WallOptions>;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().window("wall", Html::default())
    }
}

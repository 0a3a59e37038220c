//! What is seen of a wall.

use credit_api::district::{AreaBody, CountItem, MemberItem};
use credit_badge::labels;
use credit_core::lang::{Lang, Text, text};
use credit_core::subject::SubjectStatus;
use credit_element::state::error_text;
use credit_parts::button::{Rank, Readiness, button};
use credit_parts::card::{Card, card};
use credit_parts::chart::{Bar, Chart, chart};
use credit_parts::choice::{Item, Kind, choice};
use credit_parts::dialog::Dialog;
use credit_parts::field::{Field, Need};
use credit_parts::html;
use credit_parts::notice::{Tone, notice};
use credit_parts::pager::pager;
use credit_parts::progress::{Progress, progress};
use yew::prelude::*;

use super::filters::Filter;
use super::{Message, PAGE, Wall, typed};
use crate::options::WallMode;
use crate::panel::{Asked, LOADING, embedded, failed, waiting};
use crate::piece::Context;
use crate::record;

const NAME: Text = text("名称", "Name");
const INDUSTRY: Text = text("行业", "Trade");
const SCHEME: Text = text("评价方案", "Scheme of grades");
const LEVEL: Text = text("评价等级", "Grade");
const PLEDGE: Text = text("信用承诺", "Commitment");
const ALL: Text = text("全部", "All");
const WITH: Text = text("已作出公开承诺", "With a public commitment");
const WITHOUT: Text = text("未作出公开承诺", "Without a public commitment");
const CLEAR: Text = text("清除筛选", "Clear the filters");
const OPEN: Text = text("查看信用名片", "See the credit card");
const MEMBERS: Text = text("成员", "Members");
const CHART: Text = text("分布图", "Chart");
const PLACE: Text = text("位置", "Place");
const PLEDGES: Text = text("公开承诺", "Public commitments");
const HONOURS: Text = text("守信荣誉", "Honours");
const NOBODY: Text = text("这个区域暂无成员。", "This area has no members.");
const NO_MATCH: Text = text(
    "没有符合条件的成员，请放宽或清除筛选。",
    "No member fits. Widen or clear the filters.",
);
const UNKNOWN: Text = text(
    "没有这个区域，请核对区域编号。",
    "There is no such area. Please check its id.",
);
const PAUSE: Text = text("暂停轮播", "Pause");
const GO_ON: Text = text("继续轮播", "Go on");
const FILL: Text = text("全屏显示", "Full screen");

/// All of the element.
pub(super) fn window(wall: &Wall, context: &Context<Wall>) -> Html {
    let panel = context.props();
    let lang = panel.lang();
    let link = context.link();
    let content = match &wall.area {
        Asked::Loading => waiting(lang),
        Asked::Failed(error) if error.code() == "no-such-item" => {
            notice(Tone::Doubt, UNKNOWN.in_lang(lang), lang)
        }
        Asked::Failed(error) => failed(error, lang, link.callback(|()| Message::Ask)),
        Asked::There(area) => match panel.options.mode {
            WallMode::Browse => browse(wall, area, context, lang),
            WallMode::Screen => screen(wall, area, context, lang),
        },
    };
    panel.window("wall", content)
}

/// What is published of the area.
fn title(wall: &Wall, area: &AreaBody, lang: Lang) -> Html {
    let name = record::value(&area.area, "title").unwrap_or_default();
    let about = ["area-kind", "unit", "address"].map(|name| record::value(&area.area, name));
    let about: Vec<&str> = about.into_iter().flatten().collect();
    html! {
        <div key="title">
            <h2 ref={wall.heading.clone()} class="title" part="title" tabindex="-1">{ name }</h2>
            <p class="about">{ about.join(" · ") }</p>
            <p class="source">{ record::origin(&area.area, lang) }</p>
        </div>
    }
}

/// How many members have made a commitment that everybody can read.
fn pledged(area: &AreaBody, lang: Lang) -> Html {
    let of = Progress::Of(area.summary.pledged, area.summary.members);
    html! { <div key="pledged">{ progress(WITH.in_lang(lang), of, lang) }</div> }
}

fn browse(wall: &Wall, area: &AreaBody, context: &Context<Wall>, lang: Lang) -> Html {
    let link = context.link();
    let summary = &area.summary;
    let said = match (summary.members, summary.found) {
        (0, _) => NOBODY.in_lang(lang).to_owned(),
        (_, 0) => NO_MATCH.in_lang(lang).to_owned(),
        (all, found) => counted(found, all, lang),
    };
    let found = usize::try_from(summary.found).unwrap_or(usize::MAX);
    let pages = found.div_ceil(PAGE);
    let trouble = match &wall.trouble {
        Some(error) => error_text(error.code(), lang),
        None => "",
    };
    html! {
        <>
            { title(wall, area, lang) }
            { pledged(area, lang) }
            <div key="filters" role="search">{ filters(wall, area, context, lang) }</div>
            <p key="said" class="status" part="status" role="status">{ said }</p>
            <p key="trouble" class="failed" role="status">{ trouble }</p>
            <div key="bar" class="bar" hidden={!wall.is_turning}>
                <progress aria-label={LOADING.in_lang(lang)}></progress>
            </div>
            { tiles(area, lang, |place, member| tile(place, member, context, lang)) }
            <div key="pager">{ pager(wall.page + 1, pages, link.callback(Message::Page), lang) }</div>
            <div key="chart" class="wall-chart">{ distribution(wall, area, context, lang) }</div>
            <div key="card">{ opened(wall, context, lang) }</div>
        </>
    }
}

/// The members of a page.
fn tiles(area: &AreaBody, lang: Lang, tile: impl Fn(usize, &MemberItem) -> Html) -> Html {
    let members = area.members.items.iter().enumerate();
    html! {
        <div key="tiles" class="tiles" role="list" aria-label={MEMBERS.in_lang(lang)}>
            { for members.map(|(place, member)| html! {
                <div key={member.code.as_str()} role="listitem">{ tile(place, member) }</div>
            }) }
        </div>
    }
}

fn counted(found: u64, all: u64, lang: Lang) -> String {
    let (found, all) = (found.to_string(), all.to_string());
    match (lang, found == all) {
        (Lang::ZhCn, true) => ["共", &all, "个成员"].concat(),
        (Lang::ZhCn, false) => ["共", &all, "个成员，符合条件的", &found, "个"].concat(),
        (Lang::En, true) => [all.as_str(), " members"].concat(),
        (Lang::En, false) => [found.as_str(), " of ", &all, " members"].concat(),
    }
}

/// How trades, or the levels of a scheme, are spread.
fn distribution(wall: &Wall, area: &AreaBody, context: &Context<Wall>, lang: Lang) -> Html {
    let summary = &area.summary;
    let chosen = wall.chart.as_deref().unwrap_or_default();
    let scheme = summary.schemes.iter().find(|scheme| scheme.code == chosen);
    let (title, counts) = match scheme {
        Some(scheme) => (scheme.label.as_str(), &scheme.levels),
        None => (INDUSTRY.in_lang(lang), &summary.industries),
    };
    let bars: Vec<Bar> = counts
        .iter()
        .map(|count| Bar {
            label: count.label.clone(),
            value: count.count,
        })
        .collect();
    let mut items = vec![Item {
        value: "",
        label: INDUSTRY.in_lang(lang),
        hint: "",
    }];
    items.extend(summary.schemes.iter().map(|scheme| Item {
        value: &scheme.code,
        label: &scheme.label,
        hint: "",
    }));
    let field = field("of", CHART, lang);
    let chosen_now = context
        .link()
        .callback(|(scheme, _)| Message::Chart(scheme));
    let menu = choice(&field, Kind::Menu, &items, &[chosen], chosen_now);
    let drawn = chart(&Chart {
        title,
        of: title,
        unit: MEMBERS.in_lang(lang),
        bars: &bars,
        lang,
    });
    html! {
        <>
            <div key="of">{ menu }</div>
            <div key="drawn">{ drawn }</div>
        </>
    }
}

fn field(id: &'static str, label: Text, lang: Lang) -> Field<'static> {
    Field {
        id,
        label: label.in_lang(lang),
        hint: "",
        error: "",
        need: Need::Required,
        lang,
    }
}

fn filters(wall: &Wall, area: &AreaBody, context: &Context<Wall>, lang: Lang) -> Html {
    let link = context.link();
    let summary = &area.summary;
    let scheme = wall.filters.get(Filter::Scheme);
    let levels = summary.schemes.iter().find(|known| known.code == scheme);
    let levels = levels.map_or(&[][..], |scheme| &scheme.levels);
    let schemes: Vec<CountItem> = summary
        .schemes
        .iter()
        .map(|scheme| CountItem {
            code: scheme.code.clone(),
            label: scheme.label.clone(),
            count: scheme.levels.iter().map(|level| level.count).sum(),
        })
        .collect();
    let pledges = [
        ("yes", WITH, summary.pledged),
        (
            "no",
            WITHOUT,
            summary.members - summary.pledged.min(summary.members),
        ),
    ];
    let pledges = pledges.map(|(code, label, count)| CountItem {
        code: code.to_owned(),
        label: label.in_lang(lang).to_owned(),
        count,
    });
    let menu = |filter: Filter, id: &'static str, label: Text, counts: &[CountItem]| {
        let labels: Vec<String> = counts
            .iter()
            .map(|count| [count.label.as_str(), " (", &count.count.to_string(), ")"].concat())
            .collect();
        let mut items = vec![Item {
            value: "",
            label: ALL.in_lang(lang),
            hint: "",
        }];
        items.extend(counts.iter().zip(&labels).map(|(count, label)| Item {
            value: &count.code,
            label,
            hint: "",
        }));
        let chosen = link.callback(move |(value, _)| Message::Filter(filter, value));
        let now = wall.filters.get(filter);
        choice(&field(id, label, lang), Kind::Menu, &items, &[now], chosen)
    };
    let name = wall.filters.get(Filter::Name).to_owned();
    let ontyped = link.batch_callback(|event: InputEvent| {
        typed(&event).map(|name| Message::Filter(Filter::Name, name))
    });
    html! {
        <div class="filters">
            <div key="name" class="field" part="field">
                <label class="label" part="label" for="name">{ NAME.in_lang(lang) }</label>
                <input id="name" class="input" part="input" type="search" autocomplete="off" maxlength="200" value={name} oninput={ontyped} />
            </div>
            <div key="industry">{ menu(Filter::Industry, "industry", INDUSTRY, &summary.industries) }</div>
            <div key="scheme" hidden={schemes.is_empty()}>{ menu(Filter::Scheme, "scheme", SCHEME, &schemes) }</div>
            <div key="level" hidden={levels.is_empty()}>{ menu(Filter::Level, "level", LEVEL, levels) }</div>
            <div key="pledged">{ menu(Filter::Pledged, "pledged", PLEDGE, &pledges) }</div>
            <div key="clear" class="clear" hidden={!wall.filters.is_any()}>
                { button(CLEAR.in_lang(lang), Rank::Second, Readiness::Ready, link.callback(|()| Message::Clear)) }
            </div>
        </div>
    }
}

/// What is known of a member, in a few facts.
fn facts(member: &MemberItem, lang: Lang) -> Vec<(&str, String)> {
    let mut facts: Vec<(&str, String)> = Vec::new();
    let mut say = |label: Text, value: Option<String>| {
        facts.extend(value.map(|value| (label.in_lang(lang), value)));
    };
    say(PLACE, member.place.clone());
    say(INDUSTRY, member.industry.clone());
    say(PLEDGES, Some(member.pledges.to_string()));
    let honours = member.honours.to_string();
    say(HONOURS, (member.honours > 0).then_some(honours));
    for grade in &member.grades {
        let day = grade.decided.map(|day| day.text()).unwrap_or_default();
        // Scheme, issuer and day: a level alone says nothing.
        let mut said = [grade.level.as_str(), " · ", &grade.unit, " · ", &day].concat();
        if grade.is_contested {
            said.push_str(" · ");
            said.push_str(record::CONTESTED.in_lang(lang));
        }
        facts.push((&grade.label, said));
    }
    facts
}

/// What a member is, where that has to be seen at once.
fn flag(member: &MemberItem, lang: Lang) -> &'static str {
    match member.status {
        closed @ (SubjectStatus::Deregistered | SubjectStatus::LicenceRevoked) => {
            labels::status(closed).in_lang(lang)
        }
        _ => "",
    }
}

fn tile(place: usize, member: &MemberItem, context: &Context<Wall>, lang: Lang) -> Html {
    let open = context.link().callback(move |()| Message::Open(place));
    let source = [
        labels::SOURCE.in_lang(lang),
        text("：", ": ").in_lang(lang),
        &member.source.unit,
        " · ",
        &member.source.as_of.text(),
    ];
    card(&Card {
        title: member.name.as_str(),
        flag: flag(member, lang),
        facts: &facts(member, lang),
        source: &source.concat(),
        action: button(OPEN.in_lang(lang), Rank::Second, Readiness::Ready, open),
    })
}

/// The card of the member that was chosen.
fn opened(wall: &Wall, context: &Context<Wall>, lang: Lang) -> Html {
    let panel = context.props();
    let title = match &wall.opened {
        Some(member) => member.name.to_string(),
        None => String::new(),
    };
    let content = wall.opened.as_ref().map(|member| {
        let issuer = panel.options.issuer.clone();
        embedded(&member.code, &panel.options.common, issuer)
    });
    html! {
        <Dialog id="member" is_open={wall.opened.is_some()} {title} actions={Html::default()}
            onclose={context.link().callback(|()| Message::Close)} {lang}>
            { content.unwrap_or_default() }
        </Dialog>
    }
}

/// For a screen that nobody attends: large, without anything to press but what
/// stops it.
fn screen(wall: &Wall, area: &AreaBody, context: &Context<Wall>, lang: Lang) -> Html {
    let link = context.link();
    let pause = if wall.is_paused { GO_ON } else { PAUSE };
    let found = usize::try_from(area.summary.found).unwrap_or(usize::MAX);
    let pages = found.div_ceil(super::SCREEN).max(1).to_string();
    let place = [(wall.page + 1).to_string(), " / ".to_owned(), pages].concat();
    let trouble = wall.trouble.as_ref();
    let trouble = trouble.map_or("", |error| error_text(error.code(), lang));
    let second = |label: Text, callback| {
        button(
            label.in_lang(lang),
            Rank::Second,
            Readiness::Ready,
            callback,
        )
    };
    html! {
        <div ref={wall.window.clone()} class="screen">
            { title(wall, area, lang) }
            { pledged(area, lang) }
            { tiles(area, lang, |_, member| shown(member, lang)) }
            <div key="ways" class="actions">
                { second(pause, link.callback(|()| Message::Pause)) }
                { second(FILL, link.callback(|()| Message::Fill)) }
                <span class="place">{ place }</span>
                <span class="failed">{ trouble }</span>
            </div>
        </div>
    }
}

/// A member on a screen.
fn shown(member: &MemberItem, lang: Lang) -> Html {
    card(&Card {
        title: member.name.as_str(),
        flag: flag(member, lang),
        facts: &facts(member, lang),
        source: "",
        action: Html::default(),
    })
}

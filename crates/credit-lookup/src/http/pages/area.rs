//! `/a/{area}`: an area, such as a market or a park, and who belongs to it.

use credit_api::path;
use credit_badge::labels;
use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::lang::{Text, text};
use maud::{Markup, html};

use super::{Presentation, back, outside};

const KIND: Text = text("区域类别", "Kind of area");
const UNIT: Text = text("管理单位", "Managed by");
const ADDRESS: Text = text("地址", "Address");
const WEBSITE: Text = text("网址", "Website");
const MEMBERS: Text = text("区域成员", "Members");
const NAME: Text = text("名称", "Name");
const PLACE: Text = text("区域内位置", "Place in the area");
const NO_MEMBERS: Text = text(
    "目前没有可以公示的成员。",
    "At present there are no members that may be published.",
);
const NEXT: Text = text("下一页", "Next page");
const PAGES: Text = text("翻页", "Pages");

/// What the page of an area says.
#[derive(Clone, Debug)]
pub(crate) struct AreaPage<'a> {
    /// 区域名称
    pub(crate) title: &'a str,
    /// 区域类别, as people read it
    pub(crate) kind_label: String,
    /// 管理单位
    pub(crate) unit: String,
    /// 地址
    pub(crate) address: Option<String>,
    /// 网址
    pub(crate) url: Option<String>,
    /// 数据来源单位
    pub(crate) source_unit: String,
    /// The day that the source speaks of.
    pub(crate) as_of: Date,
    /// The members on this page.
    pub(crate) members: Vec<AreaMemberRow>,
    /// Path and query of the next page, without `lang` and `size`.
    pub(crate) next: Option<String>,
}

/// A member in the table.
#[derive(Clone, Debug)]
pub(crate) struct AreaMemberRow {
    /// 统一社会信用代码
    pub(crate) code: SubjectCode,
    /// 主体名称
    pub(crate) name: String,
    /// 登记状态, as people read it
    pub(crate) status: String,
    /// 区域内位置
    pub(crate) place: Option<String>,
}

/// The page of an area.
pub(crate) fn area(area: &AreaPage<'_>, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    html! {
        h1 { (area.title) }
        dl {
            dt { (KIND.in_lang(lang)) } dd { (area.kind_label) }
            dt { (UNIT.in_lang(lang)) } dd { (area.unit) }
            @if let Some(address) = &area.address {
                dt { (ADDRESS.in_lang(lang)) } dd { (address) }
            }
            @if let Some(url) = &area.url {
                dt { (WEBSITE.in_lang(lang)) } dd { (outside(url)) }
            }
        }
        p.note {
            (labels::SOURCE.in_lang(lang)) (presentation.colon()) (area.source_unit)
            " · " (labels::AS_OF.in_lang(lang)) " " (area.as_of)
        }
        section id="members" {
            h2 { (MEMBERS.in_lang(lang)) }
            @if area.members.is_empty() { p { (NO_MEMBERS.in_lang(lang)) } }
            @else { (members(area, presentation)) }
            @if let Some(next) = &area.next {
                nav.pager aria-label=(PAGES.in_lang(lang)) {
                    a rel="next" href=(presentation.address(next)) { (NEXT.in_lang(lang)) }
                }
            }
        }
        (back(presentation))
    }
}

fn members(area: &AreaPage<'_>, presentation: Presentation) -> Markup {
    let lang = presentation.lang;
    let (status, place) = (labels::STATUS.in_lang(lang), PLACE.in_lang(lang));
    html! {
        table.stack {
            caption { (MEMBERS.in_lang(lang)) }
            thead {
                tr {
                    th scope="col" { (NAME.in_lang(lang)) }
                    th scope="col" { (status) }
                    th scope="col" { (place) }
                }
            }
            tbody {
                @for member in &area.members {
                    tr {
                        th scope="row" {
                            a href=(presentation.address(&path::page(&member.code))) { (member.name) }
                        }
                        td data-label=(status) { (member.status) }
                        td data-label=(place) { (member.place.as_deref().unwrap_or("—")) }
                    }
                }
            }
        }
    }
}

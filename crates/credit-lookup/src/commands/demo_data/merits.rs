//! 信用评价 and 守信荣誉.

use super::days::{day, term_end};
use super::offices::Office;
use super::random::Stream;
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::{CommandError, cases};

/// Years of which there are grades and honours, and are published in the next.
const YEARS: [u16; 3] = [2023, 2024, 2025];

/// A scheme, and its levels with their shares.
struct Scheme {
    name: &'static str,
    version: &'static str,
    office: &'static str,
    /// Day of the year after.
    published: &'static str,
    levels: &'static [(&'static str, u32)],
    /// Sectors that it grades; none for all enterprises.
    sectors: &'static [&'static str],
    share: u32,
}

const SCHEMES: [Scheme; 8] = [
    Scheme {
        name: "纳税缴费信用",
        version: "2025",
        office: "tax",
        published: "04-15",
        levels: &[("A", 12), ("B", 48), ("M", 25), ("C", 6), ("D", 9)],
        sectors: &[],
        share: 200,
    },
    Scheme {
        name: "公共信用综合评价",
        version: "GB/T 45255-2025",
        office: "credit",
        published: "07-01",
        levels: &[("A", 20), ("B", 60), ("C", 15), ("D", 5)],
        sectors: &[],
        share: 110,
    },
    Scheme {
        name: "企业信用风险分类",
        version: "",
        office: "market",
        published: "01-20",
        levels: &[("A", 35), ("B", 45), ("C", 15), ("D", 5)],
        sectors: &[],
        share: 130,
    },
    Scheme {
        name: "天津市企业公共信用综合评价",
        version: "2024版",
        office: "credit",
        published: "02-28",
        levels: &[("A", 20), ("B", 60), ("C", 15), ("D", 5)],
        sectors: &[],
        share: 60,
    },
    Scheme {
        name: "环境信用评价",
        version: "",
        office: "ecology",
        published: "06-05",
        levels: &[("诚信", 20), ("良好", 60), ("警示", 15), ("不良", 5)],
        sectors: &["industry"],
        share: 400,
    },
    Scheme {
        name: "建筑市场信用评价",
        version: "2024",
        office: "housing",
        published: "03-10",
        levels: &[("A", 25), ("B", 55), ("C", 20)],
        sectors: &["construction"],
        share: 400,
    },
    Scheme {
        name: "房地产开发企业信用评价",
        version: "",
        office: "housing",
        published: "05-12",
        levels: &[("AAA", 10), ("AA", 40), ("A", 50)],
        sectors: &["property"],
        share: 300,
    },
    Scheme {
        name: "商务诚信评价",
        version: "2023",
        office: "commerce",
        published: "03-15",
        levels: &[("五星", 20), ("四星", 50), ("三星", 30)],
        sectors: &["commerce"],
        share: 150,
    },
];

/// 个体工商户 have a scheme of their own.
const SOLE_TRADERS: Scheme = Scheme {
    name: "个体工商户信用评价",
    version: "GB/T 46278-2025",
    office: "market",
    published: "03-31",
    levels: &[("优", 30), ("良", 50), ("中", 15), ("差", 5)],
    sectors: &[],
    share: 420,
};

pub(super) fn grades(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    if cases::is_fixed(subject.number) {
        return Ok(());
    }
    let schemes = if subject.is_enterprise() {
        SCHEMES.as_slice()
    } else if subject.is_sole_trader() {
        std::slice::from_ref(&SOLE_TRADERS)
    } else {
        &[]
    };
    let mut random = world.random(Stream::Grades, subject.number);
    for scheme in schemes {
        let is_graded = random.chance(scheme.share);
        let year = random.pick(&YEARS);
        let level = scheme.levels[random.weighted(scheme.levels.iter().map(|(_, share)| *share))].0;
        let fits = scheme.sectors.is_empty() || scheme.sectors.contains(&subject.sector);
        let decided = day(&format!("{}-{}", year + 1, scheme.published));
        if !is_graded || !fits || decided < subject.established {
            continue;
        }
        sheet
            .holder(subject)
            .office(&Office::named(scheme.office)?)
            .set("scheme", scheme.name)
            .set("version", scheme.version)
            .set("level", level)
            .set("period", year)
            .set("decided", decided)
            .set("from", decided)
            .set("until", term_end(decided, 12))
            .end()?;
    }
    Ok(())
}

/// What is conferred: kind, title, level, office, months that it lasts.
const HONOURS: [(&str, &str, &str, &str, u16); 8] = [
    ("A级纳税人", "纳税信用A级纳税人", "市级", "tax", 12),
    ("守合同重信用", "守合同重信用企业", "市级", "market", 24),
    ("诚信示范", "诚信经营示范店", "区级", "commerce", 36),
    ("示范企业", "和谐劳动关系示范企业", "区级", "labour", 36),
    ("政府质量奖", "示例区政府质量奖提名奖", "区级", "market", 36),
    ("专精特新企业", "专精特新中小企业", "市级", "commerce", 36),
    ("守信激励对象", "守信激励对象", "区级", "credit", 12),
    ("其他-绿色工厂", "绿色工厂", "市级", "ecology", 36),
];

pub(super) fn honours(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Honours, subject.number);
    let year = random.pick(&YEARS);
    let decided = day(&format!("{}-{:02}-18", year + 1, 1 + random.below(9)));
    let is_honoured = random.chance(130) && !subject.is_closed();
    if cases::is_fixed(subject.number) || !is_honoured || decided < subject.established {
        return Ok(());
    }
    let count = if subject.is_enterprise() {
        HONOURS.len()
    } else {
        3
    };
    let (kind, title, level, office, months) = random.pick(&HONOURS[..count]);
    let office = Office::named(office)?;
    let (mark, number) = (office.mark, subject.number);
    sheet
        .holder(subject)
        .office(&office)
        .set("honour-kind", kind)
        .set("title", title)
        .set("level", level)
        .set("year", year)
        .set("number", format_args!("{mark}〔{}〕{number}号", year + 1))
        .set("decided", decided)
        .set("from", decided)
        .set("until", term_end(decided, months))
        .end()
}

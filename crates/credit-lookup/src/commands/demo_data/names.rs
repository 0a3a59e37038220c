//! Invented names, put together as real ones are.

use super::persons;
use super::random::Random;
use super::subject::Subject;
use super::words::vocabulary;

/// Longest name that is made, in characters.
const LONGEST: usize = 40;

/// End of a firm's name, 企业类型, share of 1 000.
const FORMS: [(&str, &str, u32); 9] = [
    ("有限公司", "有限责任公司", 800),
    ("有限责任公司", "有限责任公司", 62),
    ("股份有限公司", "股份有限公司", 22),
    ("（集团）有限公司", "有限责任公司", 10),
    ("厂", "集体所有制", 24),
    ("经营部", "个人独资企业", 38),
    ("商行", "个人独资企业", 16),
    ("中心（有限合伙）", "有限合伙企业", 22),
    ("公司", "全民所有制", 6),
];

/// Shops with a name of two characters and a kind of two.
const SHORT_SHOPS: [&str; 10] = [
    "饭馆", "茶庄", "书屋", "布庄", "糖坊", "酒肆", "面馆", "花坊", "药铺", "车行",
];

/// What very long names are filled with.
const FILLERS: [&str; 12] = [
    "国际", "现代", "综合", "智慧", "数字", "创新", "联合", "跨境", "绿色", "循环", "城乡", "区域",
];

const LONG_ENDS: [&str; 2] = [
    "产业发展研究与技术服务（集团）股份有限公司",
    "管理与投资咨询服务（天津）股份有限公司",
];

/// Pushes a name for `subject`, whose kind, trade and division are set, to its
/// name, and tells its 企业类型.
pub(super) fn compose(subject: &mut Subject, random: &mut Random) -> &'static str {
    let mut name = std::mem::take(&mut subject.name);
    let entity_type = push(subject, random, &mut name);
    subject.name = name;
    entity_type
}

/// Pushes a name for `subject` to `name` and tells its 企业类型.
pub(super) fn push(subject: &Subject, random: &mut Random, name: &mut String) -> &'static str {
    let words = vocabulary();
    let district = subject.division.name;
    let village = |random: &mut Random| random.pick(&words.villages);
    match &subject.kind {
        b"91" => return enterprise(subject, random, name),
        b"92" => {
            sole_trader(subject, random, name);
            return "个体工商户";
        }
        b"93" => {
            let parts = ["天津市", village(random)];
            parts.iter().for_each(|part| name.push_str(part));
            brand(random, name);
            name.push_str(random.pick(&words.crops));
            name.push_str(random.pick(&["种植专业合作社", "农民专业合作社", "产销专业合作社"]));
            return "农民专业合作经济组织";
        }
        b"11" => place(
            &[
                district,
                random.pick(&words.fronts),
                random.pick(&words.organs),
            ],
            name,
        ),
        b"12" => place(
            &[
                "天津市",
                district,
                random.pick(&words.fronts),
                random.pick(&words.schools),
            ],
            name,
        ),
        b"13" => place(
            &[
                district,
                random.pick(&words.fronts),
                random.pick(&words.unions),
            ],
            name,
        ),
        b"31" => law("律师事务所", random, name),
        b"32" => law("公证处", random, name),
        b"33" => law("法律服务所", random, name),
        b"34" => law("司法鉴定中心", random, name),
        b"35" => law("仲裁委员会", random, name),
        b"51" => place(
            &[
                district,
                random.pick(&words.fronts),
                random.pick(&words.societies),
            ],
            name,
        ),
        b"52" => {
            name.push_str(district);
            brand(random, name);
            name.push_str(random.pick(&words.welfare));
        }
        b"53" => law("公益基金会", random, name),
        b"N1" => {
            const GROUPS: [&str; 5] = ["第一", "第二", "第三", "第四", "第五"];
            let group = random.pick(&GROUPS);
            let parts = [
                random.pick(&words.fronts),
                "镇",
                village(random),
                "村",
                group,
                "组经济合作社",
            ];
            name.push_str(district);
            place(&parts, name);
        }
        b"N2" => {
            place(&[district, random.pick(&words.fronts), "镇"], name);
            place(&[village(random), "村股份经济合作社"], name);
        }
        _ => place(
            &[district, random.pick(&words.fronts), "镇经济联合总社"],
            name,
        ),
    }
    match subject.kind[0] {
        b'1' => "事业单位",
        b'5' => "社会组织",
        b'N' => "农村集体经济组织",
        _ => "N/A",
    }
}

fn place(parts: &[&str], name: &mut String) {
    parts.iter().for_each(|part| name.push_str(part));
}

fn law(what: &str, random: &mut Random, name: &mut String) {
    name.push_str("天津");
    brand(random, name);
    name.push_str(what);
}

fn enterprise(subject: &Subject, random: &mut Random, name: &mut String) -> &'static str {
    if random.chance(1) {
        very_long(random, name);
        return "股份有限公司";
    }
    let district = subject.division.name;
    let trade = subject.trade.map_or("", |trade| trade.firm);
    let mut form = FORMS[random.weighted(FORMS.iter().map(|form| form.2))];
    if form.0 == "厂" && !matches!(subject.sector, "industry" | "food") {
        form = FORMS[0];
    }
    let where_to = random.below(100);
    match where_to {
        0..45 => name.push_str("天津市"),
        45..62 => name.push_str("天津"),
        // The place stands behind the firm's own word.
        62..76 => {}
        76..81 => place(&["天津市", district], name),
        81..86 => place(&["天津", short(district)], name),
        86..93 => name.push_str("示例市"),
        _ => {}
    }
    brand(random, name);
    match where_to {
        62..75 => name.push_str("（天津）"),
        75 => name.push_str("(天津)"),
        _ => {}
    }
    place(&[trade, form.0], name);
    if form.0 == "有限公司" && random.chance(40) {
        const NUMBERS: [&str; 4] = ["", "第一", "第二", "第三"];
        let branch = random.pick(&NUMBERS);
        place(&[short(district), branch, "分公司"], name);
        return "有限责任公司分公司";
    }
    form.1
}

/// 滨海新区 is 滨海, 河东区 河东.
fn short(district: &str) -> &str {
    let short = district.trim_end_matches('区');
    short.strip_suffix('新').unwrap_or(short)
}

fn sole_trader(subject: &Subject, random: &mut Random, name: &mut String) {
    let words = vocabulary();
    let shop = subject.trade.map_or("", |trade| trade.shop);
    if random.chance(8) {
        place(
            &[random.pick(&words.classic), random.pick(&SHORT_SHOPS)],
            name,
        );
        return;
    }
    match random.below(10) {
        0..6 => name.push_str(subject.division.name),
        6 | 7 => place(&["天津市", subject.division.name], name),
        8 => name.push_str("天津"),
        _ => {}
    }
    if random.chance(450) {
        persons::push_name(random, name);
    } else {
        brand(random, name);
    }
    name.push_str(shop);
}

/// 字号: parts that are rarely put together.
fn brand(random: &mut Random, name: &mut String) {
    let words = vocabulary();
    let parts = match random.below(1_000) {
        0..280 => [random.pick(&words.classic), random.pick(&words.singles)],
        280..480 => [random.pick(&words.singles), random.pick(&words.classic)],
        480..660 => [random.pick(&words.fronts), random.pick(&words.middles)],
        660..800 => [random.pick(&words.classic), random.pick(&words.middles)],
        800..880 => [random.pick(&words.fronts), random.pick(&words.classic)],
        880..925 => [random.pick(&words.middles), random.pick(&words.singles)],
        925..945 => [random.pick(&words.surnames), random.pick(&words.classic)],
        945..962 => [random.pick(&words.classic), random.pick(&words.latin)],
        962..970 => [random.pick(&words.latin), random.pick(&words.classic)],
        970..983 => [
            random.pick(&words.traditional),
            random.pick(&words.traditional),
        ],
        983..996 => [random.pick(&words.rare), random.pick(&words.classic)],
        _ => {
            let latin = random.pick(&words.latin);
            name.extend(latin.chars().map(full_width));
            [random.pick(&words.singles), random.pick(&words.singles)]
        }
    };
    place(&[parts[0], parts[1]], name);
}

/// As some registries write letters and digits.
fn full_width(character: char) -> char {
    match u32::from(character) {
        code @ 0x21..=0x7e => char::from_u32(code + 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// A name of [`LONGEST`] characters, or one less.
fn very_long(random: &mut Random, name: &mut String) {
    let words = vocabulary();
    let trade = words.trades[random.place(words.trades.len())].firm;
    let end = random.pick(&LONG_ENDS);
    place(
        &[
            "天津市",
            random.pick(&words.fronts),
            random.pick(&words.middles),
        ],
        name,
    );
    let first = random.place(FILLERS.len());
    let mut fillers = FILLERS.iter().cycle().skip(first);
    let count = |text: &str| text.chars().count();
    while count(name) + count(trade) + count(end) + 2 <= LONGEST {
        name.push_str(fillers.next().copied().unwrap_or_default());
    }
    place(&[trade, end], name);
}

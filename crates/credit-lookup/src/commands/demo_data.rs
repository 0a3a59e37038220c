//! `credit-lookup demo-data`: synthetic subjects, the same for the same seed.

use std::fs;

use credit_core::date::Date;
use credit_core::identifier::{Uscc, tables};

use super::CommandError;
use crate::cli::DemoData;
use crate::terminal;

/// 行政区划 of the synthetic codes.
const DIVISION: &str = "120102";

/// Who the synthetic rows say they come from.
const SOURCE: &str = "示例市场监督管理局（演示数据）";
const SOURCE_DATE: &str = "2026-11-01";

const HEADER: [&str; 12] = [
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "注册资金",
    "经营范围",
    "所在省份",
    "地区",
    "注册地址",
    "登记状态",
    "数据来源单位",
    "数据日期",
];

/// Rows that are always there, for documentation and tests: the code of the
/// embedding snippet, other kinds of subject, a code as published with a wrong
/// check character, a very long name.
const FIXED: [[&str; 8]; 8] = [
    [
        "示例市海河津味食品有限公司",
        "91120102MATEXT01X4",
        "2008-05-12",
        "有限责任公司",
        "500(万元人民币)",
        "糕点、糖果制造；预包装食品销售",
        "示例路1号",
        "存续",
    ],
    [
        "示例区老街修鞋铺",
        "92120102MATEXT01X1",
        "2016-03-01",
        "个体工商户",
        "N/A",
        "修理鞋类",
        "示例路2号",
        "存续",
    ],
    [
        "示例区绿叶蔬菜专业合作社",
        "93120102MATEXT01XX",
        "2013-09-09",
        "农民专业合作经济组织",
        "80(万元)",
        "蔬菜种植、销售",
        "示例村3号",
        "存续",
    ],
    [
        "示例区第一幼儿园",
        "12120102MATEXT01X9",
        "1988-09-01",
        "事业单位",
        "N/A",
        "学前教育",
        "示例路4号",
        "N/A",
    ],
    [
        "示例区餐饮行业协会",
        "51120102MATEXT01X8",
        "2004-06-18",
        "社会团体",
        "3万元人民币",
        "行业自律、培训",
        "示例路5号",
        "存续",
    ],
    [
        "示例市晨光机电设备有限公司",
        "91120102MATEXT01X5",
        "1999-12-31",
        "有限责任公司",
        "1,200.5(万元人民币)",
        "机电设备销售",
        "示例路6号",
        "存续",
    ],
    [
        "示例市津门国际现代综合供应链管理与跨境电子商务产业发展研究服务（集团）股份有限公司",
        "91120102MATEXT0284",
        "2019-04-15",
        "股份有限公司",
        "100,000(万元人民币)",
        "供应链管理服务",
        "示例大道7号示例国际广场东座二十八层2801至2816单元",
        "存续",
    ],
    [
        "示例市旧时光音像制品商店",
        "91120102MATEXT036Y",
        "1986-02-11",
        "集体所有制",
        "1.5万人民币元",
        "音像制品零售",
        "示例路8号",
        "注销",
    ],
];

const FRONTS: [&str; 24] = [
    "海河",
    "津湾",
    "东站",
    "卫国道",
    "大直沽",
    "春华",
    "向阳",
    "鲁山道",
    "中山门",
    "富民",
    "二号桥",
    "上杭路",
    "唐家口",
    "常州道",
    "晨阳",
    "嘉华",
    "万新",
    "泰和",
    "瑞祥",
    "恒通",
    "金桥",
    "宏远",
    "明德",
    "百川",
];
const MIDDLES: [&str; 12] = [
    "盛", "诚", "信", "达", "源", "兴", "泰", "华", "茂", "丰", "益", "和",
];
const TRADES: [(&str, &str); 16] = [
    ("食品", "食品销售；餐饮服务"),
    ("机电设备", "机电设备销售、安装、维修"),
    ("信息技术", "软件开发；信息系统集成服务"),
    ("物业管理", "物业管理；停车场服务"),
    ("建筑工程", "建筑工程施工；装饰装修"),
    ("医疗器械", "第一类医疗器械销售"),
    ("物流", "道路货物运输；仓储服务"),
    ("养老服务", "养老服务；健康咨询"),
    ("文化传媒", "广告设计、制作、代理、发布"),
    ("商贸", "日用百货、五金、文具销售"),
    ("汽车维修", "机动车维修；汽车配件销售"),
    ("环保科技", "环保技术开发；污水处理"),
    ("教育咨询", "教育信息咨询"),
    ("餐饮管理", "餐饮企业管理；餐饮服务"),
    ("印刷", "包装装潢印刷品印刷"),
    ("家政服务", "家政服务；保洁服务"),
];
const FORMS: [(&str, &str); 4] = [
    ("有限公司", "有限责任公司"),
    ("有限责任公司", "有限责任公司"),
    ("股份有限公司", "股份有限公司"),
    ("经营部", "个人独资企业"),
];
const CAPITALS: [&str; 6] = [
    "(万元人民币)",
    "(万元)",
    "万人民币",
    "万元人民币",
    "万人民币元",
    "(万美元)",
];

pub(super) fn run(arguments: &DemoData) -> Result<(), CommandError> {
    fs::create_dir_all(&arguments.out)?;
    let path = arguments.out.join("registry.csv");
    let mut writer = csv::Writer::from_path(&path)?;
    writer.write_record(HEADER)?;
    let entities = usize::try_from(arguments.entities)?;
    for [name, code, date, form, capital, scope, address, status] in FIXED.iter().take(entities) {
        writer.write_record([
            name,
            code,
            date,
            form,
            capital,
            scope,
            "示例市",
            "示例区",
            address,
            status,
            SOURCE,
            SOURCE_DATE,
        ])?;
    }
    let mut random = Random(arguments.seed);
    for number in FIXED.len()..entities {
        let (trade, scope) = random.pick(&TRADES);
        let (ending, form) = random.pick(&FORMS);
        let name = format!(
            "示例市{}{}{}{trade}{ending}",
            random.pick(&FRONTS),
            random.pick(&MIDDLES),
            random.pick(&MIDDLES)
        );
        let date = Date::from_days_since_epoch(3_650 + random.below(16_000));
        let amount = [10, 30, 50, 100, 200, 500, 1_000, 3_000][random.index(8)];
        let capital = match random.below(8) {
            0 => "N/A".to_owned(),
            1 => format!(
                "1,{:03}.{}(万元人民币)",
                random.below(1_000),
                random.below(90) + 10
            ),
            _ => format!("{amount}{}", random.pick(&CAPITALS)),
        };
        let status = match random.below(20) {
            0 => "注销",
            1 => "吊销",
            2 | 3 => "N/A",
            _ => "存续",
        };
        writer.write_record([
            name,
            code(number, &mut random)?,
            date.map(|date| date.to_string()).unwrap_or_default(),
            (*form).to_owned(),
            capital,
            (*scope).to_owned(),
            "示例市".to_owned(),
            "示例区".to_owned(),
            format!(
                "示例区{}道{}号",
                random.pick(&FRONTS),
                random.below(300) + 1
            ),
            status.to_owned(),
            SOURCE.to_owned(),
            SOURCE_DATE.to_owned(),
        ])?;
    }
    writer.flush()?;
    terminal::say(format_args!(
        "{} synthetic subjects in {}",
        entities,
        path.display()
    ));
    Ok(())
}

/// A right code for subject `number`: the first pair of check characters that
/// neither the code nor its organisation code object to.
fn code(number: usize, random: &mut Random) -> Result<String, CommandError> {
    const SYMBOLS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut body = String::from("MA");
    let mut rest = number;
    for _ in 0..4 {
        body.push(char::from(SYMBOLS[rest % SYMBOLS.len()]));
        rest /= SYMBOLS.len();
    }
    body.push(char::from(SYMBOLS[random.index(SYMBOLS.len())]));
    body.push(char::from(SYMBOLS[random.index(SYMBOLS.len())]));
    for organisation_check in SYMBOLS {
        for check in SYMBOLS {
            let text = format!(
                "91{DIVISION}{body}{}{}",
                char::from(*organisation_check),
                char::from(*check)
            );
            if text
                .parse::<Uscc>()
                .is_ok_and(|code| tables::warnings(&code).is_empty())
            {
                return Ok(text);
            }
        }
    }
    Err("no check characters fit".into())
}

/// SplitMix64: small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.next() % length.max(1) as u64).unwrap_or_default()
    }

    fn below(&mut self, limit: i64) -> i64 {
        i64::try_from(self.next() % limit.unsigned_abs().max(1)).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }
}

//! Rows of the registry that are always there, for documentation and tests.

use super::subject::Kind;

/// A row of the registry.
pub(super) struct FixedRow {
    pub(super) name: &'static str,
    pub(super) code: &'static str,
    pub(super) established: &'static str,
    pub(super) entity_type: &'static str,
    pub(super) capital: &'static str,
    pub(super) scope: &'static str,
    pub(super) address: &'static str,
    pub(super) status: &'static str,
    pub(super) kind: Kind,
    /// What the firm does, as the tables of words call it.
    pub(super) sector: &'static str,
}

/// The code of the embedding snippet, other kinds of subject, a code as
/// published with a wrong check character, a very long name, a closed one.
pub(super) const FIXED: [FixedRow; 8] = [
    FixedRow {
        name: "示例市海河津味食品有限公司",
        code: "91120102MATEXT01X4",
        established: "2008-05-12",
        entity_type: "有限责任公司",
        capital: "500(万元人民币)",
        scope: "糕点、糖果制造；预包装食品销售",
        address: "示例路1号",
        status: "存续",
        kind: *b"91",
        sector: "food",
    },
    FixedRow {
        name: "示例区老街修鞋铺",
        code: "92120102MATEXT01X1",
        established: "2016-03-01",
        entity_type: "个体工商户",
        capital: "N/A",
        scope: "修理鞋类",
        address: "示例路2号",
        status: "存续",
        kind: *b"92",
        sector: "service",
    },
    FixedRow {
        name: "示例区绿叶蔬菜专业合作社",
        code: "93120102MATEXT01XX",
        established: "2013-09-09",
        entity_type: "农民专业合作经济组织",
        capital: "80(万元)",
        scope: "蔬菜种植、销售",
        address: "示例村3号",
        status: "存续",
        kind: *b"93",
        sector: "coop",
    },
    FixedRow {
        name: "示例区第一幼儿园",
        code: "12120102MATEXT01X9",
        established: "1988-09-01",
        entity_type: "事业单位",
        capital: "N/A",
        scope: "学前教育",
        address: "示例路4号",
        status: "N/A",
        kind: *b"12",
        sector: "public",
    },
    FixedRow {
        name: "示例区餐饮行业协会",
        code: "51120102MATEXT01X8",
        established: "2004-06-18",
        entity_type: "社会团体",
        capital: "3万元人民币",
        scope: "行业自律、培训",
        address: "示例路5号",
        status: "存续",
        kind: *b"51",
        sector: "social",
    },
    FixedRow {
        name: "示例市晨光机电设备有限公司",
        code: "91120102MATEXT01X5",
        established: "1999-12-31",
        entity_type: "有限责任公司",
        capital: "1,200.5(万元人民币)",
        scope: "机电设备销售",
        address: "示例路6号",
        status: "存续",
        kind: *b"91",
        sector: "commerce",
    },
    FixedRow {
        name: "示例市津门国际现代综合供应链管理与跨境电子商务产业发展研究服务（集团）股份有限公司",
        code: "91120102MATEXT0284",
        established: "2019-04-15",
        entity_type: "股份有限公司",
        capital: "100,000(万元人民币)",
        scope: "供应链管理服务",
        address: "示例大道7号示例国际广场东座二十八层2801至2816单元",
        status: "存续",
        kind: *b"91",
        sector: "transport",
    },
    FixedRow {
        name: "示例市旧时光音像制品商店",
        code: "91120102MATEXT036Y",
        established: "1986-02-11",
        entity_type: "集体所有制",
        capital: "1.5万人民币元",
        scope: "音像制品零售",
        address: "示例路8号",
        status: "注销",
        kind: *b"91",
        sector: "culture",
    },
];

/// How many subjects have only what `data/cases.txt` gives them: the fixed ones
/// and the first that is made.
pub(super) const CASE_SUBJECTS: u32 = 9;

/// Kinds and trades of the first subjects that are made, so that a small file
/// has every kind that a dataset is about.
pub(super) const EARLY: [(Kind, &str); 12] = [
    (*b"91", "商贸"),
    (*b"91", "建筑工程"),
    (*b"31", ""),
    (*b"91", "信用服务"),
    (*b"92", "餐饮管理"),
    (*b"91", "食品"),
    (*b"52", ""),
    (*b"91", "医药"),
    (*b"91", "物流"),
    (*b"12", ""),
    (*b"93", ""),
    (*b"91", "信息技术"),
];

/// The subject with [`MANY_LICENCES`]; the last one where there are fewer.
pub(super) const MANY_LICENCES_SUBJECT: u32 = 9;

/// As many licences as one subject of a district has at most.
pub(super) const MANY_LICENCES: usize = 300;

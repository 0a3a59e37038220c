//! The elements.

use credit_core::lang::text;

use super::{Attribute, Definition, Value};

mod check;
mod panels;
mod signed;

pub use check::{CHECK, DATASETS};
pub use panels::{INSPECT, LIST, PERKS, QUERY, QUERY_LINKS, SELF, TRACE, WALL, WALL_MODES};
pub use signed::{BADGE, CARD, REPORT, VERIFY};

const CODE: Attribute = Attribute {
    name: "code",
    about: text(
        "统一社会信用代码，18 位",
        "unified social credit code, 18 characters",
    ),
    value: Value::Form,
};

const ISSUER: Attribute = Attribute {
    name: "issuer",
    about: text(
        "受信任的签发机构根密钥指纹，多个以空格分隔；缺省时采用组件脚本内置的指纹",
        "thumbprints of the issuer roots that it trusts, with spaces between; where it is missing, those that the script brings",
    ),
    value: Value::Form,
};

/// All of them.
pub const ELEMENTS: [Definition; 12] = [
    BADGE, CARD, VERIFY, REPORT, QUERY, WALL, LIST, PERKS, INSPECT, TRACE, CHECK, SELF,
];

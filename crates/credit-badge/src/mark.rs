//! 信任标记: the word, the sentence and the shape of each verdict. The shapes
//! differ in outline, so that colour is never the only cue.

use credit_core::lang::{Lang, Text, text};
use credit_core::trust::Trust;

/// The word beside the mark.
#[must_use]
pub fn word(trust: Trust, lang: Lang) -> &'static str {
    match trust {
        Trust::Verified => text("已验证", "Verified"),
        Trust::Unverified => text("未核验", "Not checked"),
        Trust::Expired => text("已过期", "Expired"),
        Trust::Revoked => text("已撤销", "Revoked"),
        Trust::Invalid => text("验证失败", "Check failed"),
    }
    .in_lang(lang)
}

/// What the verdict means, in a sentence.
#[must_use]
pub fn sentence(trust: Trust, lang: Lang) -> &'static str {
    SENTENCES[match trust {
        Trust::Verified => 0,
        Trust::Unverified => 1,
        Trust::Expired => 2,
        Trust::Revoked => 3,
        Trust::Invalid => 4,
    }]
    .in_lang(lang)
}

const SENTENCES: [Text; 5] = [
    text(
        "签名、有效期和撤销状态均已在本页核验。",
        "Signature, validity and revocation were checked on this page.",
    ),
    text(
        "有项目未能核验，以下内容仅供参考，请稍后重试或到签发机构网站查询。",
        "Something could not be checked. Treat this as unconfirmed; try again later or ask the issuer's site.",
    ),
    text(
        "已过有效期，内容可能不是最新。",
        "This is past its validity; it may be out of date.",
    ),
    text(
        "签发机构已撤销，请勿采信。",
        "The issuer has revoked this. Do not rely on it.",
    ),
    text(
        "内容与签名不符或并非由签发机构签发，已停止显示。",
        "The content does not fit its signature or its issuer, and is not shown.",
    ),
];

/// Outline of the mark on a 24 × 24 grid: shield, diamond, clock, octagon, triangle.
#[must_use]
pub fn outline(trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => "M12 2 4 5v6c0 5 3.4 9.2 8 11 4.6-1.8 8-6 8-11V5z",
        Trust::Unverified => "M12 1.5 22.5 12 12 22.5 1.5 12z",
        Trust::Expired => "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20z",
        Trust::Revoked => "M8 2h8l6 6v8l-6 6H8l-6-6V8z",
        Trust::Invalid => "M12 2 23 21.5H1z",
    }
}

/// Sign within the outline, drawn as a line.
#[must_use]
pub fn sign(trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => "m8 12 3 3 5.5-6",
        Trust::Unverified => "M9.5 9.5a2.5 2.5 0 1 1 3.4 2.3c-.7.3-.9.8-.9 1.7M12 16.6v.2",
        Trust::Expired => "M12 7v5.5l3.5 2",
        Trust::Revoked => "M7.5 12h9",
        Trust::Invalid => "M12 9v6M12 17.8v.2",
    }
}

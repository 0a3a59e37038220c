//! 字段名称: the words for the fields of subjects, cards and checks.

use credit_core::card::FactKind;
use credit_core::lang::{Lang, Text, text};
use credit_core::subject::{Subject, SubjectKind, SubjectStatus};
use credit_core::trust::{CheckKind, Outcome};

/// 统一社会信用代码
pub const CODE: Text = text("统一社会信用代码", "Unified social credit code");
/// 机构类别
pub const KIND: Text = text("类别", "Kind");
/// 登记状态
pub const STATUS: Text = text("登记状态", "Registration");
/// 成立日期
pub const ESTABLISHED: Text = text("成立日期", "Established");
/// 企业类型
pub const ENTITY_TYPE: Text = text("企业类型", "Legal form");
/// 注册资本
pub const CAPITAL: Text = text("注册资本", "Registered capital");
/// 所在地区
pub const REGION: Text = text("所在地区", "Region");
/// 注册地址
pub const ADDRESS: Text = text("注册地址", "Registered address");
/// 经营范围
pub const SCOPE: Text = text("经营范围", "Business scope");
/// 曾用名
pub const FORMER_NAMES: Text = text("曾用名", "Former names");
/// 数据来源
pub const SOURCE: Text = text("来源", "Source");
/// 数据日期
pub const AS_OF: Text = text("数据截至", "as of");
/// Shown beside a code whose check character is wrong in the official record.
pub const CODE_FLAG: Text = text(
    "校验未通过（按官方记录原样显示）",
    "check digit wrong (shown as officially recorded)",
);

/// The name of a fact.
#[must_use]
pub fn fact(kind: FactKind) -> Text {
    match kind {
        FactKind::Established => ESTABLISHED,
        FactKind::EntityType => ENTITY_TYPE,
        FactKind::Capital => CAPITAL,
        FactKind::Region => REGION,
        FactKind::List => text("列入名单", "Listed"),
        FactKind::Grade => text("信用评价", "Grade"),
        FactKind::Honour => text("守信荣誉", "Honour"),
        FactKind::Licences => text("行政许可", "Licences"),
        FactKind::Penalties => text("行政处罚", "Penalties"),
        FactKind::Commitments => text("信用承诺", "Commitments"),
        FactKind::Kept => text("承诺全部履行", "Commitments kept"),
        FactKind::Broken => text("承诺未全部履行", "Commitments not kept in full"),
        FactKind::Contested => text("异议中", "Under objection"),
        _ => text("其他", "Other"),
    }
}

/// What is registered, as far as the source says it.
#[must_use]
pub fn registered(subject: &Subject, lang: Lang) -> Vec<(Text, String)> {
    let owned = |text: &'static str| Some(text.to_owned());
    let former: Vec<&str> = subject
        .former_names
        .iter()
        .map(|name| name.as_str())
        .collect();
    let former = former.join(text("、", "; ").in_lang(lang));
    let subject_kind = SubjectKind::of(&subject.code);
    let capital = subject.capital.as_ref();
    let facts = [
        (FORMER_NAMES, Some(former).filter(|names| !names.is_empty())),
        (KIND, owned(kind(subject_kind).in_lang(lang))),
        (STATUS, owned(status(subject.status).in_lang(lang))),
        (
            ESTABLISHED,
            subject.established.map(|date| date.to_string()),
        ),
        (ENTITY_TYPE, subject.entity_type.clone()),
        (CAPITAL, capital.map(|capital| capital.text().to_owned())),
        (REGION, subject.region.clone()),
        (ADDRESS, subject.address.clone()),
        (SCOPE, subject.scope.clone()),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(label, value)| Some((label, value?)));
    known.collect()
}

/// The name of a kind of subject.
#[must_use]
pub fn kind(kind: SubjectKind) -> Text {
    match kind {
        SubjectKind::Enterprise => text("企业", "Enterprise"),
        SubjectKind::SoleTrader => text("个体工商户", "Sole trader"),
        SubjectKind::Cooperative => text("农民专业合作社", "Farmers' cooperative"),
        SubjectKind::Government => text("机关群团", "Government body"),
        SubjectKind::PublicInstitution => text("事业单位", "Public institution"),
        SubjectKind::SocialOrganisation => text("社会组织", "Social organisation"),
        SubjectKind::LegalService => text("法律服务机构", "Legal service"),
        SubjectKind::RuralCollective => text("农村集体经济组织", "Rural collective"),
        _ => text("其他主体", "Other subject"),
    }
}

/// The name of a registration status.
#[must_use]
pub fn status(status: SubjectStatus) -> Text {
    match status {
        SubjectStatus::Active => text("存续", "Active"),
        SubjectStatus::Deregistered => text("注销", "Deregistered"),
        SubjectStatus::LicenceRevoked => text("吊销", "Licence revoked"),
        _ => text("来源未说明", "Not stated by the source"),
    }
}

/// The name of a check.
#[must_use]
pub fn check(kind: CheckKind) -> Text {
    match kind {
        CheckKind::Issuer => text("签发机构", "Issuer"),
        CheckKind::Signature => text("签名", "Signature"),
        CheckKind::Subject => text("主体一致", "Subject"),
        CheckKind::Time => text("有效期", "Validity"),
        CheckKind::Revocation => text("撤销状态", "Revocation"),
    }
}

/// The words for how a check ended, with the reason where there is one.
#[must_use]
pub fn outcome(outcome: &Outcome, lang: Lang) -> String {
    match outcome {
        Outcome::Passed => text("通过", "passed").in_lang(lang).to_owned(),
        Outcome::Failed(code) => reason(text("未通过", "failed"), code, lang),
        Outcome::NotChecked(code) => reason(text("未能核验", "could not be checked"), code, lang),
    }
}

fn reason(word: Text, code: &str, lang: Lang) -> String {
    let reason = match code {
        "network" | "offline" | "timeout" => text("无法连接服务器", "server out of reach"),
        "no-root" => text("此页未固定签发机构", "this page pins no issuer"),
        "no-keys" => text("没有可用的密钥集", "no key set at hand"),
        "root-not-pinned" => text("密钥集不是本页信任的机构签发", "key set of another issuer"),
        "key-set-signature" | "key-set-form" => text("密钥集已被改动", "key set was altered"),
        "key-set-rolled-back" => text(
            "密钥集比本机见过的旧",
            "key set is older than one that this device has seen",
        ),
        "key-set-old" => text("密钥集已有新版本", "there is a later key set"),
        "key-set-expired" => text("密钥集已过期", "key set is out of date"),
        "key-unknown" => text("签名密钥不在密钥集中", "signing key is not in the key set"),
        "key-retired" => text("签名密钥已停用", "signing key was retired"),
        "key-expired" => text("签名密钥已过期", "signing key has expired"),
        "signature" => text("签名与内容不符", "signature does not fit the content"),
        "issuer-mismatch" => text("签发机构不一致", "issuers differ"),
        "other-subject" => text("名片属于另一主体", "card is about another subject"),
        "expired" => text("已过有效期", "past its validity"),
        "clock" => text("本机时间可能不准", "this device's clock may be wrong"),
        "revoked" => text("签发机构已撤销", "revoked by the issuer"),
        "status-signature" | "status-form" | "status-key" | "status-address" | "status-index" => {
            text("撤销清单无效", "revocation list is not valid")
        }
        "status-stale" => text("撤销清单过旧", "revocation list is too old"),
        _ => text("格式不符", "malformed"),
    };
    let colon = text("：", ": ");
    [word, colon, reason]
        .map(|text| text.in_lang(lang))
        .concat()
}

//! Bodies as pages read them: with the strict JSON of the core, because what serde
//! makes of each type weighs kilobytes in a bundle.

use credit_core::date::Date;
use credit_core::identifier::SubjectCode;
use credit_core::json::Value;
use credit_core::name::SubjectName;
use credit_core::subject::{SubjectKind, SubjectStatus};

use crate::body::{
    CapitalBody, Page, RecordField, RecordItem, RuleBody, SearchItem, SourceBody, SubjectBody,
};
use crate::district::{
    AreaBody, AreaSummary, CatalogueBody, CatalogueItem, CountItem, CoverageItem, GradeItem,
    ListItem, ListsBody, MemberItem, PerkItem, PerksBody, SchemeItem, TimelinessBody, UnitItem,
};
use crate::self_query::{ConsentBody, SelfQueryAnswer, SelfStatus};

/// What can be read out of an answer.
pub trait Read: Sized {
    /// What `value` holds; a member that is not there has none. Nothing where it
    /// is none of ours.
    fn read(value: Option<&Value>) -> Option<Self>;
}

impl Read for String {
    fn read(value: Option<&Value>) -> Option<Self> {
        value?.as_str().map(str::to_owned)
    }
}

impl Read for bool {
    fn read(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

impl Read for u64 {
    fn read(value: Option<&Value>) -> Option<Self> {
        value?.as_int()?.try_into().ok()
    }
}

impl Read for u32 {
    fn read(value: Option<&Value>) -> Option<Self> {
        value?.as_int()?.try_into().ok()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Option<&Value>) -> Option<Self> {
        match value {
            None | Some(Value::Null) => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Option<&Value>) -> Option<Self> {
        let mut items = Self::new();
        for item in value?.as_array()? {
            items.push(T::read(Some(item))?);
        }
        Some(items)
    }
}

impl Read for SubjectCode {
    fn read(value: Option<&Value>) -> Option<Self> {
        Self::as_published(value?.as_str()?).ok()
    }
}

impl Read for (usize, usize) {
    fn read(value: Option<&Value>) -> Option<Self> {
        let [from, to] = value?.as_array()? else {
            return None;
        };
        let place = |value: &Value| usize::try_from(value.as_int()?).ok();
        Some((place(from)?, place(to)?))
    }
}

macro_rules! texts {
    ($($type:ty),*) => {
        $(impl Read for $type {
            fn read(value: Option<&Value>) -> Option<Self> {
                value?.as_str()?.parse().ok()
            }
        })*
    };
}

/// Bodies with their members; what stands behind `;` may be missing, and is then what
/// it is by default.
macro_rules! bodies {
    ($($type:ident { $($member:ident),* $(,)? $(; $($more:ident),* $(,)?)? })*) => {
        $(impl Read for $type {
            fn read(value: Option<&Value>) -> Option<Self> {
                let value = value?;
                Some(Self {
                    $($member: Read::read(value.get(stringify!($member)))?,)*
                    $($($more: match value.get(stringify!($more)) {
                        None => Default::default(),
                        more => Read::read(more)?,
                    },)*)?
                })
            }
        })*
    };
}

texts!(Date, SubjectName, SubjectKind, SubjectStatus);

impl<T: Read> Read for Page<T> {
    fn read(value: Option<&Value>) -> Option<Self> {
        let value = value?;
        Some(Self {
            items: Read::read(value.get("items"))?,
            next: Read::read(value.get("next"))?,
        })
    }
}

bodies! {
    SearchItem { code, name, kind, status, region, former_name, highlight }
    SubjectBody {
        code, code_problem, name, kind, status, established, entity_type,
        capital, scope, region, address, source; former_names }
    CapitalBody { text, amount }
    SourceBody { unit, as_of }
    RecordItem { kind, fields, source, is_contested, until, rule }
    RecordField { name, label, value, code }
    RuleBody { name, basis }
    AreaBody { area, summary, members }
    AreaSummary { members, found, pledged, industries, schemes }
    CountItem { code, label, count }
    SchemeItem { code, label, levels }
    GradeItem { scheme, label, level, unit, decided; is_contested }
    MemberItem { code, name, kind, status, place, industry, grades, pledges, honours, source }
    ListsBody { items }
    ListItem { id, title, kind, about, basis, entry, exit, count }
    CatalogueBody { version, basis, as_of, items }
    CatalogueItem { id, title, is_confirmed, datasets }
    CoverageItem { kind, title, records, units, latest, timeliness }
    UnitItem { unit, records, latest }
    TimelinessBody { term, within, late }
    PerksBody { code, items }
    PerkItem { state, benefit, grade; has }
    SelfStatus { consent, signed_in, login }
    ConsentBody { version, zh, en }
    SelfQueryAnswer { number, at, records, is_cut }
}
#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::json;
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use std::fmt::Debug;

    const SOURCE: &str = r#"{"unit":"市场监管局","as_of":"2026-11-01"}"#;

    /// A record, and the same without what may be missing.
    fn record() -> String {
        format!(
            r#"{{"kind":"grades","fields":[{{"name":"level","label":"评价等级","value":"A","code":"a"}},
            {{"name":"unit","label":"评价单位","value":"税务局"}}],"source":{SOURCE},"is_contested":true,
            "until":"2027-01-01","rule":{{"name":"grade","basis":"按评价方案公布"}}}}"#
        )
    }

    /// Both readers see the same in `text`, and in what serde writes of it.
    #[track_caller]
    fn check<T: Read + Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) {
        let expected: T = serde_json::from_str(text).unwrap();
        let written = serde_json::to_string(&expected).unwrap();
        for text in [text, &written] {
            let value = json::parse(text).unwrap();
            assert_eq!(T::read(Some(&value)).as_ref(), Some(&expected), "{text}");
        }
        // Nothing that is needed may be missing, or of another type.
        let Value::Object(members) = json::parse(&written).unwrap() else {
            return;
        };
        for (place, (name, _)) in members.iter().enumerate() {
            let mut other = members.clone();
            other[place].1 = Value::Object(Vec::new());
            let mut fewer = members.clone();
            fewer.remove(place);
            for members in [other, fewer] {
                let value = Value::Object(members);
                let text = value.written();
                let read = serde_json::from_str::<T>(&text).ok();
                assert_eq!(T::read(Some(&value)), read, "{name} in {text}");
            }
        }
    }

    #[test]
    fn bodies_of_subjects_are_read_as_serde_reads_them() {
        let subject = format!(
            r#"{{"code":"91120102MATEXT01X4","code_problem":null,"name":"示例公司","former_names":["旧名公司"],
            "kind":"enterprise","status":"active","established":"2008-05-12","entity_type":null,
            "capital":{{"text":"500(万元人民币)","amount":"5000000 CNY"}},"scope":"糕点","region":null,
            "address":null,"source":{SOURCE}}}"#
        );
        check::<SubjectBody>(&subject);
        let found = r#"{"code":"91120102MATEXT01X5","name":"示例公司","kind":"other","status":"deregistered",
            "region":"示例区","former_name":"旧名公司","highlight":[1,3]}"#;
        check::<SearchItem>(found);
        check::<Page<SearchItem>>(&format!(r#"{{"items":[{found}],"next":"1"}}"#));
        check::<RecordItem>(&record());
        check::<Page<RecordItem>>(&format!(r#"{{"items":[{0},{0}],"next":null}}"#, record()));
    }

    #[test]
    fn bodies_of_a_district_are_read_as_serde_reads_them() {
        let record = record();
        let count = r#"{"code":"a","label":"A级","count":3}"#;
        let member = format!(
            r#"{{"code":"91120102MATEXT01X4","name":"示例公司","kind":"enterprise","status":"not-stated",
            "place":"B座","industry":null,"grades":[{{"scheme":"tax","label":"纳税缴费信用","level":"A",
            "unit":"税务局","decided":null,"is_contested":true}}],"pledges":1,"honours":0,"source":{SOURCE}}}"#
        );
        check::<MemberItem>(&member);
        check::<AreaBody>(&format!(
            r#"{{"area":{record},"summary":{{"members":9,"found":1,"pledged":0,"industries":[{count}],
            "schemes":[{{"code":"tax","label":"纳税缴费信用","levels":[{count}]}}]}},
            "members":{{"items":[{member}],"next":null}}}}"#
        ));
        check::<ListsBody>(
            r#"{"items":[{"id":"a","title":"名单","kind":"lists","about":"b","basis":"c","entry":"d","exit":"e","count":2}]}"#,
        );
        let coverage = r#"{"kind":"licences","title":"行政许可","records":9,"units":[{"unit":"局","records":9,
            "latest":"2026-11-01"}],"latest":null,"timeliness":{"term":7,"within":8,"late":1}}"#;
        check::<CoverageItem>(coverage);
        check::<CatalogueBody>(&format!(
            r#"{{"version":"2024","basis":"文件","as_of":"2026-11-01","items":[{{"id":"a","title":"b",
            "is_confirmed":true,"datasets":[{coverage}]}}]}}"#
        ));
        check::<PerksBody>(&format!(
            r#"{{"code":"91120102MATEXT01X4","items":[{{"state":"met","benefit":{record},"grade":{record}}},
            {{"state":"unmet","benefit":{record},"grade":null,"has":[{record}]}}]}}"#
        ));
    }

    #[test]
    fn bodies_of_a_person_are_read_as_serde_reads_them() {
        check::<SelfStatus>(
            r#"{"consent":{"version":"1","zh":"同意","en":"agree"},"signed_in":false,"login":"/self/login"}"#,
        );
        check::<SelfQueryAnswer>(&format!(
            r#"{{"number":"1","at":"2026-11-01T00:00:00Z","records":[{}],"is_cut":false}}"#,
            record()
        ));
    }
}

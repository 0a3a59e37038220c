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
    /// A list that is not there is empty.
    fn read(value: Option<&Value>) -> Option<Self> {
        match value {
            None => Some(Self::new()),
            Some(value) => {
                let mut items = Self::new();
                for item in value.as_array()? {
                    items.push(T::read(Some(item))?);
                }
                Some(items)
            }
        }
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

macro_rules! bodies {
    ($($type:ident { $($member:ident),* $(,)? })*) => {
        $(impl Read for $type {
            fn read(value: Option<&Value>) -> Option<Self> {
                let value = value?;
                Some(Self { $($member: Read::read(value.get(stringify!($member)))?),* })
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
        code, code_problem, name, former_names, kind, status, established, entity_type,
        capital, scope, region, address, source,
    }
    CapitalBody { text, amount }
    SourceBody { unit, as_of }
    RecordItem { kind, fields, source, is_contested, until, rule }
    RecordField { name, label, value, code }
    RuleBody { name, basis }
    AreaBody { area, summary, members }
    AreaSummary { members, found, pledged, industries, schemes }
    CountItem { code, label, count }
    SchemeItem { code, label, levels }
    GradeItem { scheme, label, level, unit, decided }
    MemberItem { code, name, kind, status, place, industry, grades, pledges, honours, source }
    ListsBody { items }
    ListItem { id, title, kind, about, basis, entry, exit, count }
    CatalogueBody { version, basis, as_of, items }
    CatalogueItem { id, title, is_confirmed, datasets }
    CoverageItem { kind, title, records, units, latest, timeliness }
    UnitItem { unit, records, latest }
    TimelinessBody { term, within, late }
    PerksBody { code, items }
    PerkItem { state, benefit, grade, has }
    SelfStatus { consent, signed_in, login }
    ConsentBody { version, zh, en }
    SelfQueryAnswer { number, at, records, is_cut }
}

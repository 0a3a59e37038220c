//! 公示规则: what outsiders may see of a record today, and by which rule.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::date::Date;
use crate::identifier::Identifier as _;
use crate::lang::Text;
use crate::record::{Holder, Record, Value};
use crate::table::table;

const TABLE: &str = table!("../../data/publication.txt");

/// 修复规则 where a record names none: that of 信用中国, whose site this is.
const DEFAULT_REGIME: &str = "credit-china";

/// 失信程度, the gravest last.
const CLASSES: [&str; 3] = ["minor", "general", "serious"];

/// Words of a source, of which no table says anything.
const OTHER: &str = "other";

/// A line of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    dataset: &'static str,
    conditions: Vec<Condition>,
    from: Date,
    to: Option<Date>,
    /// Whether it allows display.
    pub show: Show,
    /// Months before a repair may be applied for.
    pub least_months: Option<u16>,
    /// Months that a record is shown at most.
    pub most_months: Option<u16>,
    ends: Vec<&'static str>,
    /// The document that it comes from.
    pub basis: Text,
}

/// What a rule allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Never.
    Never,
    /// Yes.
    Shown,
    /// Only where the source states an end of publication.
    Stated,
}

#[derive(Debug, PartialEq, Eq)]
struct Condition {
    field: &'static str,
    word: &'static str,
    is_negated: bool,
}

/// Whether a record may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// It may.
    Shown {
        /// By this rule.
        rule: &'static Rule,
        /// Last day; `None` is no limit.
        until: Option<Date>,
        /// 异议中: somebody has objected, and it is not decided.
        is_contested: bool,
    },
    /// It may not.
    Hidden {
        /// By this rule; none fits in a future that has no rules yet.
        rule: Option<&'static Rule>,
        /// Why.
        reason: Hidden,
    },
}

/// Why a record is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// The rule says so.
    Never,
    /// Its last day is over.
    Over,
    /// The source states no end of publication, without which it is not public.
    NotStated,
    /// No rule is in force for it.
    NoRule,
}

struct Table {
    rules: Vec<Rule>,
    /// Dataset, field, word, class.
    classes: Vec<[&'static str; 4]>,
}

fn table() -> &'static Table {
    static RULES: OnceLock<Table> = OnceLock::new();
    RULES.get_or_init(|| {
        let lines = || TABLE.lines().filter(|line| !line.starts_with('#'));
        let class = |line: &'static str| {
            let mut columns = line.strip_prefix("=class\t")?.split('\t');
            Some([
                columns.next()?,
                columns.next()?,
                columns.next()?,
                columns.next()?,
            ])
        };
        Table {
            rules: lines().filter_map(Rule::read).collect(),
            classes: lines().filter_map(class).collect(),
        }
    })
}

/// All rules of publication, in the order in which they are tried.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &table().rules
}

/// What outsiders may see of `record` on `today`. `related` are the objections
/// and repairs of its holder.
#[must_use]
pub fn visible(record: &Record, related: &[Record], today: Date) -> Visibility {
    // A repair holds until it is revoked; that a later application was refused
    // takes nothing back.
    let repairs = related.iter().filter(|other| {
        other.dataset.name == "repairs"
            && matches!(other.word("repair-state"), Some("repaired" | "revoked"))
            && is_about(other, record)
            && is_in_force(other, today)
    });
    let is_revoked = |repair: &Record| repair.word("repair-state") == Some("revoked");
    // Only what was repaired can be revoked, so that of two on one day the
    // revocation is the later.
    let last = repairs.max_by_key(|repair| (repair.date("decided"), is_revoked(repair)));
    let is_repaired = last.is_some_and(|last| !is_revoked(last));
    let rule = rules()
        .iter()
        .find(|rule| rule.fits(record, is_repaired, today));
    let hidden = |reason| Visibility::Hidden { rule, reason };
    let Some(found) = rule else {
        return hidden(Hidden::NoRule);
    };
    if found.show == Show::Never {
        return hidden(Hidden::Never);
    }
    let stated = found
        .ends
        .iter()
        .filter_map(|field| record.date(field))
        .min();
    if found.show == Show::Stated && stated.is_none() {
        return hidden(Hidden::NotStated);
    }
    let most = found
        .most_months
        .and_then(|months| record.date("decided")?.plus_months(months));
    let until = [stated, most].into_iter().flatten().min();
    if until.is_some_and(|until| until < today) {
        return hidden(Hidden::Over);
    }
    Visibility::Shown {
        rule: found,
        until,
        is_contested: record.word("state") == Some("objection")
            || related.iter().any(|other| {
                other.dataset.name == "objections"
                    && is_about(other, record)
                    && is_in_force(other, today)
            }),
    }
}

/// The first day on which a repair of `record` may be applied for, and the rule
/// that says so; none where no repair is needed or possible.
#[must_use]
pub fn earliest_repair(record: &Record, today: Date) -> Option<(Date, &'static Rule)> {
    let rule = rules()
        .iter()
        .find(|rule| rule.fits(record, false, today))?;
    let over = record.date("decided")?.plus_months(rule.least_months?)?;
    Some((over.plus_days(1)?, rule))
}

/// An objection or repair names the dataset and the document that it is about:
/// by document number, or by 承诺编码.
fn is_about(other: &Record, record: &Record) -> bool {
    let number = |record: &Record| match record.get("number").or(record.get("pledge")) {
        Some(Value::DocumentNumber(number)) => number.key().map(str::to_owned),
        Some(Value::Text(pledge)) => Some(pledge.clone()),
        _ => None,
    };
    other.holder == record.holder
        && other.word("record-kind") == Some(record.dataset.name)
        && number(other).is_some_and(|about| number(record) == Some(about))
}

fn is_in_force(mark: &Record, today: Date) -> bool {
    mark.word("state") != Some("revoked")
        && mark.date("decided").is_none_or(|day| day <= today)
        && ["ended", "until"]
            .iter()
            .filter_map(|field| mark.date(field))
            .all(|day| today <= day)
}

/// 失信程度: as stated, else the gravest that the kinds of penalty tell. Where one
/// of them tells none, only the gravest of all is sure.
fn class(record: &Record) -> Option<&'static str> {
    if let Some(stated) = record.word("class") {
        return Some(stated);
    }
    let gravity = |class: &str| CLASSES.iter().position(|other| *other == class);
    let rows = || {
        let rows = table().classes.iter();
        rows.filter(|[dataset, ..]| *dataset == record.dataset.name)
    };
    let told = |field: &str, word: &str| {
        let mut rows = rows().filter(|[_, of, like, _]| *of == field && *like == word);
        rows.next().map(|[_, _, _, class]| *class)
    };
    let fields: BTreeSet<&str> = rows().map(|[_, field, ..]| *field).collect();
    let mut gravest = None;
    let mut is_sure = true;
    for field in fields {
        for word in record.words(field).filter(|word| *word != OTHER) {
            match told(field, word) {
                Some(class) => gravest = gravest.max(gravity(class)),
                None => is_sure = false,
            }
        }
    }
    let class = CLASSES.get(gravest?).copied();
    class.filter(|_| is_sure || gravest == Some(CLASSES.len() - 1))
}

impl Rule {
    fn read(line: &'static str) -> Option<Self> {
        let columns: Vec<&'static str> = line.split('\t').collect();
        let [
            name,
            dataset,
            when,
            from,
            to,
            show,
            least,
            most,
            ends,
            zh,
            en,
        ] = *columns.as_slice()
        else {
            return None;
        };
        let conditions = when.split('&').filter(|condition| *condition != "*");
        Some(Self {
            name,
            dataset,
            conditions: conditions.map(Condition::read).collect::<Option<_>>()?,
            from: from.parse().ok()?,
            to: match to {
                "-" => None,
                to => Some(to.parse().ok()?),
            },
            show: match show {
                "never" => Show::Never,
                "shown" => Show::Shown,
                "stated" => Show::Stated,
                _ => return None,
            },
            least_months: months(least)?,
            most_months: months(most)?,
            ends: ends.split(',').filter(|field| *field != "-").collect(),
            basis: Text { zh, en },
        })
    }

    fn fits(&self, record: &Record, is_repaired: bool, today: Date) -> bool {
        (self.dataset == "*" || self.dataset == record.dataset.name)
            && self.from <= today
            && self.to.is_none_or(|to| today <= to)
            && self
                .conditions
                .iter()
                .all(|condition| condition.holds(record, is_repaired))
    }
}

fn months(text: &str) -> Option<Option<u16>> {
    match text {
        "-" => Some(None),
        months => Some(Some(months.parse().ok()?)),
    }
}

impl Condition {
    fn read(text: &'static str) -> Option<Self> {
        let (field, word) = text.split_once('=')?;
        Some(Self {
            field: field.trim_end_matches('!'),
            word,
            is_negated: field.ends_with('!'),
        })
    }

    fn holds(&self, record: &Record, is_repaired: bool) -> bool {
        let found = match self.field {
            "holder" => matches!(record.holder, Holder::Person(_)) && self.word == "person",
            "repaired" => is_repaired == (self.word == "yes"),
            "class" => class(record) == Some(self.word),
            "regime" => record.word("regime").unwrap_or(DEFAULT_REGIME) == self.word,
            field => record.words(field).any(|found| found == self.word),
        };
        found != self.is_negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{CodeSet, Dataset, FieldKind};

    #[test]
    fn every_line_of_the_table_is_understood() {
        let lines = TABLE.lines().filter(|line| !line.starts_with(['#', '=']));
        assert_eq!(lines.count(), rules().len());
        let classes = TABLE.lines().filter(|line| line.starts_with("=class"));
        assert_eq!(classes.count(), table().classes.len());
    }

    /// A word that no set has would make a rule that never fits.
    #[test]
    fn rules_speak_of_fields_and_words_that_there_are() {
        let has = |dataset: &str, field: &str, word: &str| {
            let datasets = crate::record::datasets().iter();
            let mut datasets = datasets.filter(|found| dataset == "*" || found.name == dataset);
            datasets.any(|found: &Dataset| {
                let place = found.place(field);
                place.is_some_and(|place| match found.fields[place].kind {
                    FieldKind::Word(set) | FieldKind::Words(set) => set.code(word).is_some(),
                    _ => false,
                })
            })
        };
        for rule in rules() {
            for condition in &rule.conditions {
                let Condition { field, word, .. } = *condition;
                let is_special =
                    matches!((field, word), ("holder", "person") | ("repaired", "yes"));
                assert!(
                    is_special || has(rule.dataset, field, word),
                    "{}: {field}={word}",
                    rule.name
                );
            }
            for field in &rule.ends {
                let dataset = Dataset::named(rule.dataset).unwrap();
                assert!(
                    dataset.place(field).is_some(),
                    "{}: {field} of {dataset:?}",
                    rule.name
                );
            }
        }
        for [dataset, field, word, class] in &table().classes {
            assert!(has(dataset, field, word), "{field}={word}");
            let classes = CodeSet::named("breach-class").unwrap();
            assert!(classes.code(class).is_some(), "{class}");
        }
        for dataset in crate::record::datasets() {
            assert!(
                rules().iter().any(|rule| rule.dataset == dataset.name),
                "{} has no rule",
                dataset.name
            );
        }
        assert!(has("repairs", "repair-state", "repaired"));
    }
}

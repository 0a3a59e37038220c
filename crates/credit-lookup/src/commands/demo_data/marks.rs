//! 异议标注 and 信用修复 of the penalties that there are.

use super::days::{days_after, last_decision};
use super::offices::Office;
use super::penalties::{Fate, Penalty, penalties};
use super::random::Stream;
use super::sheet::Sheet;
use super::subject::{Subject, World};
use super::{CREDIT_OFFICE, CommandError};

/// Working days of an objection are ten or so.
const OBJECTION_DAYS: i64 = 9;

fn each(
    world: &World,
    subject: &Subject,
    mut row: impl FnMut(&Penalty) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let mut random = world.random(Stream::Penalties, subject.number);
    let mut found = penalties(subject, &mut random)?.into_iter();
    found.try_for_each(|penalty| row(&penalty))
}

pub(super) fn objections(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let office = Office::named(CREDIT_OFFICE)?;
    each(world, subject, |penalty| {
        let is_pending = penalty.fate == Fate::ObjectionPending;
        if !is_pending && penalty.fate != Fate::ObjectionDecided {
            return Ok(());
        }
        // One that is pending was filed lately, whenever the penalty was.
        let filed = if is_pending {
            days_after(last_decision(), -5).max(penalty.decided)
        } else {
            days_after(penalty.decided, 20).min(last_decision())
        };
        let ended = days_after(filed, OBJECTION_DAYS).min(last_decision());
        sheet
            .holder(subject)
            .office(&office)
            .set("record-kind", "行政处罚")
            .set("number", &penalty.number)
            .set("ground", "信息有误")
            .set("decided", filed);
        if !is_pending {
            sheet
                .set("ended", ended)
                .set("result", "信息无误，维持公示");
        }
        sheet.end()
    })
}

pub(super) fn repairs(
    world: &World,
    subject: &Subject,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    let office = Office::named(CREDIT_OFFICE)?;
    each(world, subject, |penalty| {
        let state = match penalty.fate {
            Fate::RepairAccepted => "已受理",
            Fate::Repaired => "已修复",
            Fate::RepairRefused => "不予修复",
            _ => return Ok(()),
        };
        sheet
            .holder(subject)
            .office(&office)
            .set("record-kind", "行政处罚")
            .set("number", &penalty.number)
            .set("repair-state", state)
            .set("applied", penalty.applied)
            .set(
                "decided",
                days_after(penalty.applied, 8).min(last_decision()),
            )
            .set("basis", "信用修复管理办法（国家发展改革委令第36号）")
            .end()
    })
}

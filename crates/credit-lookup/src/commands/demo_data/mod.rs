//! `credit-lookup demo-data`: synthetic feeds, the same for the same seed.
//!
//! Everything of a subject follows from the seed and its number (`subject`), so
//! each file is written row by row from the numbers, whatever others are
//! written. Rows that are always there are in `data/cases.txt`, word parts of
//! the invented names in `data/words.txt`.

mod cases;
mod codes;
mod days;
mod fixed;
mod licences;
mod lists;
mod marks;
mod merits;
mod names;
mod offices;
mod penalties;
mod persons;
mod places;
mod pledges;
mod random;
mod registry;
mod sheet;
mod subject;
#[cfg(test)]
mod tests;
mod words;

use std::fs::{self, File};
use std::io::Write;

use credit_feed::FeedKind;
use indicatif::ProgressBar;

use self::sheet::Sheet;
use self::subject::{Subject, World};
use super::CommandError;
use crate::cli::DemoData;
use crate::terminal;

/// 行政区划 of the feeds.
const DIVISION: &str = "120102";

/// Who the rows of the registry say they come from.
const SOURCE: &str = "示例市场监督管理局（演示数据）";

/// The day of all data. Whatever is decided, is decided before.
const SOURCE_DATE: &str = "2026-11-01";

/// The office of objections, repairs and directories.
const CREDIT_OFFICE: &str = "credit";

/// Of so many subjects one has a natural person beside it in a feed.
const PERSON_SHARE: usize = 50;

/// Subjects between two movements of the progress bar.
const BAR_STEP: u32 = 1_000;

/// Rows that are about nobody or about natural persons.
type Others = fn(&World, &mut Sheet<'_>) -> Result<(), CommandError>;

/// Rows about one subject.
type OfSubject = fn(&World, &Subject, &mut Sheet<'_>) -> Result<(), CommandError>;

pub(super) fn run(arguments: &DemoData) -> Result<(), CommandError> {
    let world = World::new(arguments.seed, arguments.entities)?;
    let feeds = if arguments.dataset.is_empty() {
        FeedKind::names()
            .map(str::parse)
            .collect::<Result<_, _>>()?
    } else {
        arguments.dataset.clone()
    };
    fs::create_dir_all(&arguments.out)?;
    for feed in feeds {
        let path = arguments.out.join(format!("{feed}.csv"));
        let bar = terminal::count(u64::from(world.entities));
        bar.set_message(feed.name());
        let rows = write(feed, &world, &mut File::create(&path)?, &bar)?;
        bar.finish_and_clear();
        terminal::say(format_args!("{rows} rows in {}", path.display()));
    }
    Ok(())
}

/// Writes one feed and tells how many rows it has.
fn write(
    feed: FeedKind,
    world: &World,
    out: &mut dyn Write,
    bar: &ProgressBar,
) -> Result<u64, CommandError> {
    let mut sheet = match feed {
        FeedKind::Registry => {
            Sheet::new(registry::HEADER.into_iter().map(|name| (name, name)), out)?
        }
        FeedKind::Records(dataset) => Sheet::new(sheet::columns(dataset), out)?,
    };
    let (others, of_subject) = maker(feed.name())?;
    cases::rows(feed.name(), world, &mut sheet)?;
    if let Some(others) = others {
        others(world, &mut sheet)?;
    }
    if let Some(of_subject) = of_subject {
        let mut subject = Subject::empty();
        for number in 0..world.entities {
            world.fill(number, &mut subject);
            of_subject(world, &subject, &mut sheet)?;
            if number % BAR_STEP == 0 {
                bar.set_position(u64::from(number));
            }
        }
    }
    sheet.finish()
}

/// What makes the rows of a feed, besides its cases.
fn maker(feed: &str) -> Result<(Option<Others>, Option<OfSubject>), CommandError> {
    let (others, of_subject): (Option<Others>, Option<OfSubject>) = match feed {
        "registry" => (None, Some(registry::rows)),
        "licences" => (Some(licences::of_persons), Some(licences::of_subject)),
        "penalties" => (Some(penalties::of_persons), Some(penalties::of_subject)),
        "lists" => (None, Some(lists::entries)),
        "judgments" => (None, Some(lists::judgments)),
        "commitments" => (None, Some(pledges::commitments)),
        "fulfilments" => (None, Some(pledges::fulfilments)),
        "grades" => (None, Some(merits::grades)),
        "honours" => (None, Some(merits::honours)),
        "areas" | "benefits" | "measures" | "inspections" => (None, None),
        "members" => (None, Some(places::members)),
        "traces" => (None, Some(places::traces)),
        "agencies" => (None, Some(places::agencies)),
        "objections" => (None, Some(marks::objections)),
        "repairs" => (None, Some(marks::repairs)),
        other => return Err(format!("there is no synthetic data of dataset '{other}'").into()),
    };
    Ok((others, of_subject))
}

//! Rows that are always there: `data/cases.txt`, which the fixed subjects and
//! some persons have, and the tables of the district, `data/tables.txt`.

use super::CommandError;
use super::fixed::CASE_SUBJECTS;
use super::offices::Office;
use super::persons::Person;
use super::sheet::Sheet;
use super::subject::World;
use super::words;

const CASES: &str = include_str!("data/cases.txt");
const TABLES: &str = include_str!("data/tables.txt");

/// A row, with the fields of its table.
struct Case {
    fields: Vec<&'static str>,
    cells: Vec<&'static str>,
}

/// Writes the rows of `dataset` whose holders there are.
pub(super) fn rows(
    dataset: &str,
    world: &World,
    sheet: &mut Sheet<'_>,
) -> Result<(), CommandError> {
    for case in cases(dataset) {
        let [holder, office, cells @ ..] = case.cells.as_slice() else {
            continue;
        };
        if let Some(number) = holder.strip_prefix("id:") {
            sheet.person(&Person::resident(world.seed, number.parse()?));
        } else if let Some(number) = holder.strip_prefix("passport:") {
            sheet.person(&Person::traveller(world.seed, number.parse()?));
        } else if !holder.is_empty() {
            let number: u32 = holder.parse()?;
            if number >= world.entities {
                continue;
            }
            sheet.holder(&world.subject(number));
        }
        sheet.office(&Office::named(office)?);
        for (field, cell) in case.fields.iter().skip(2).zip(cells) {
            sheet.set(field, cell);
        }
        sheet.end()?;
    }
    Ok(())
}

/// How many rows subject `number` has here.
pub(super) fn count(dataset: &str, number: u32) -> usize {
    let cases = cases(dataset).into_iter();
    let holders = cases.filter_map(|case| case.cells.first()?.parse().ok());
    holders.filter(|holder: &u32| *holder == number).count()
}

/// Numbers of the areas that firms can be in today.
pub(super) fn areas() -> Vec<&'static str> {
    let areas = cases("areas").into_iter();
    let open = areas.filter(|area| area.cell("ended").is_none());
    open.filter_map(|area| area.cell("area")).collect()
}

impl Case {
    fn cell(&self, field: &str) -> Option<&'static str> {
        let place = self.fields.iter().position(|name| *name == field)?;
        self.cells
            .get(place)
            .copied()
            .filter(|cell| !cell.is_empty())
    }
}

fn cases(dataset: &str) -> Vec<Case> {
    let mut fields = None;
    let mut found = Vec::new();
    for cells in words::rows(CASES).chain(words::rows(TABLES)) {
        match cells.split_first() {
            Some((first, rest)) if first.starts_with('=') => {
                fields = (first.trim_start_matches('=') == dataset).then(|| rest.to_vec());
            }
            _ => found.extend(fields.clone().map(|fields| Case { fields, cells })),
        }
    }
    found
}

/// Whether a subject has nothing but cases.
pub(super) fn is_fixed(number: u32) -> bool {
    number < CASE_SUBJECTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_as_many_cells_as_its_table_has_fields() {
        let datasets = credit_core::record::datasets().iter();
        let mut read = 0;
        for case in datasets.flat_map(|dataset| cases(dataset.name)) {
            assert_eq!(case.fields.len(), case.cells.len(), "{:?}", case.cells);
            assert_eq!(case.fields[..2], ["holder", "office"]);
            read += 1;
        }
        let is_row = |line: &&str| !line.starts_with(['#', '=']);
        let lines = CASES.lines().chain(TABLES.lines());
        assert_eq!(read, lines.filter(is_row).count(), "a table of no dataset");
        assert!(areas().len() >= 10);
    }
}

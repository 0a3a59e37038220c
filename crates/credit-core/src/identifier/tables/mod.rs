//! The national code tables: divisions with their history, countries. They are
//! data, embedded as text and read when first asked for.

mod countries;
mod divisions;

pub use countries::{Country, country};
pub use divisions::{Place, full_name, is_division, places};

pub(super) use divisions::DivisionSet;

use super::part::{Part, PartName};
use super::registrars::registrar;
use super::{Identifier, Warning};
use crate::lang::Lang;

/// All that is odd about `value`, codes that are in no table included, in the
/// order of [`WarningCode`](super::WarningCode).
pub fn warnings<T: Identifier>(value: &T) -> Vec<Warning> {
    let mut all: Vec<Warning> = value.warnings().collect();
    all.extend(unknown_codes(value));
    all.sort_by_key(Warning::code_of);
    all
}

/// The codes in `value` that are in no table.
pub(super) fn unknown_codes<T: Identifier>(value: &T) -> impl Iterator<Item = Warning> {
    value.parts().filter_map(|part| {
        let Part { text, position, .. } = part;
        match part.name {
            PartName::Division if !is_division(&text) => Some(Warning::UnknownDivision {
                found: super::Ascii::new(&text),
                position,
            }),
            PartName::Country if country(&text).is_none() => Some(Warning::UnknownCountry {
                found: super::Ascii::new(&text),
                position,
            }),
            _ => None,
        }
    })
}

/// What the pieces `parts` of a number mean, each in words where its code is
/// in a table or its word has a name in `lang`.
pub(super) fn meaning(parts: &[Part], part: &Part, lang: Lang) -> Option<String> {
    let owned = |text: &str| Some(text.to_owned());
    match part.name {
        PartName::Division => full_name(&part.text),
        PartName::Province => full_name(&[&*part.text, "0000"].concat()),
        PartName::Country => {
            let country = country(&part.text)?;
            owned(country.name.in_lang(lang))
        }
        PartName::Registrar | PartName::Category => {
            let character = |name| {
                let part = parts.iter().find(|part| part.name == name)?;
                part.text.chars().next()
            };
            let registrar = registrar(
                character(PartName::Registrar)?,
                character(PartName::Category)?,
            )?;
            let name = if part.name == PartName::Registrar {
                registrar.authority
            } else {
                registrar.category
            };
            owned(name.in_lang(lang))
        }
        _ => owned(super::part::word_name(&part.text)?.in_lang(lang)),
    }
}

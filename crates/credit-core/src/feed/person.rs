//! 自然人证件号码 at the door: keyed and masked, and then gone.

use std::fmt;

use crate::date::Date;
use crate::identifier::{
    Identifier, Kind, Passport, PermanentResidentNumber, ResidencePermit, ResidentId, TravelPermit,
    masked_number,
};
use crate::limits::PERSON_NUMBER_MAX_CHARS;
use crate::text::{fold_width, is_invisible};

/// A natural person's document number, on its way from a feed to a keyed digest.
/// It is never shown: `Debug` has the mask.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonNumber {
    kind: Option<Kind>,
    number: String,
}

impl PersonNumber {
    /// Reads a number of the document kind `word` (code set `person-document`).
    /// A number that is not right is taken all the same, because an official
    /// record with a slip in it is still that person's; then the finding says
    /// what is wrong with it.
    pub(super) fn read(
        text: &str,
        word: Option<&str>,
        today: Date,
    ) -> (Option<Self>, Option<(&'static str, String)>) {
        let folded: String = text
            .chars()
            .map(fold_width)
            .filter(|character| !character.is_whitespace() && !is_invisible(*character))
            .collect::<String>()
            .to_ascii_uppercase();
        let count = folded.chars().count();
        if count == 0 || count > PERSON_NUMBER_MAX_CHARS {
            let message = format!(
                "number has {count} characters, allowed are 1 to {PERSON_NUMBER_MAX_CHARS}"
            );
            return (None, Some(("person-number-length", message)));
        }
        let kind = match word {
            Some("id") => Some(Kind::Id),
            Some("passport") => Some(Kind::Passport),
            Some("travel-permit-hk" | "travel-permit-tw") => Some(Kind::TravelPermit),
            Some("fpr") => Some(Kind::Fpr),
            Some("permit-hk-mo" | "permit-tw") => Some(Kind::Permit),
            Some(_) => None,
            None if count == 18 && folded.starts_with(['8']) => Some(Kind::Permit),
            None if count == 18 && folded.starts_with(['9']) => Some(Kind::Fpr),
            None if matches!(count, 15 | 18) => Some(Kind::Id),
            None => None,
        };
        fn proved<T: Identifier>(
            text: &str,
            today: Date,
        ) -> Result<String, (&'static str, String)> {
            match T::read(text, today) {
                Ok(reading) => Ok(reading.value.to_string()),
                // Without the number: the sentence ends in a file of findings.
                Err(problems) => Err((
                    problems.first().code(),
                    "number of the person is not right; kept as a keyed digest".to_owned(),
                )),
            }
        }
        let read = match kind {
            Some(Kind::Id) => proved::<ResidentId>(&folded, today),
            Some(Kind::Passport) => proved::<Passport>(&folded, today),
            Some(Kind::TravelPermit) => proved::<TravelPermit>(&folded, today),
            Some(Kind::Fpr) => proved::<PermanentResidentNumber>(&folded, today),
            Some(Kind::Permit) => proved::<ResidencePermit>(&folded, today),
            _ => Ok(folded.clone()),
        };
        let (number, finding) = match read {
            Ok(number) => (number, None),
            Err(finding) => (folded, Some(finding)),
        };
        (Some(Self { kind, number }), finding)
    }

    /// Reads a number that somebody vouches for, such as an identity provider: of
    /// a kind that is known, and right.
    #[must_use]
    pub fn attested(text: &str, word: Option<&str>, today: Date) -> Option<Self> {
        match Self::read(text, word, today) {
            (Some(number), None) if number.kind.is_some() => Some(number),
            _ => None,
        }
    }

    /// What is digested: the number with its kind, so that two kinds of number
    /// never meet.
    #[must_use]
    pub fn digested(&self) -> String {
        let kind = self.kind.map_or("other", Kind::word);
        format!("{kind}:{}", self.number)
    }

    /// As it may be shown to the desk.
    #[must_use]
    pub fn masked(&self) -> String {
        match self.kind {
            Some(kind) => masked_number(kind, &self.number),
            None => "*".repeat(self.number.chars().count()),
        }
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonNumber({})", self.masked())
    }
}

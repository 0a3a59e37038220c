//! Any kind by its word: one text with everything that can be said of it, or
//! millions of lines with a verdict each.

mod batch;
mod report;

pub use batch::{Verdict, WarningSet, each_verdict, lines, verdict};
pub use report::{Report, Right, Wrong, characters, report, report_bytes, report_too_long};

/// Calls the generic function `$function` with the type of the kind `$kind`.
macro_rules! with_type_of {
    ($kind:expr, $function:ident($($argument:expr),*)) => {{
        use crate::identifier as types;
        use crate::identifier::Kind;
        match $kind {
            Kind::Uscc => $function::<types::Uscc>($($argument),*),
            Kind::Org => $function::<types::OrganisationCode>($($argument),*),
            Kind::Regno => $function::<types::RegistrationNumber>($($argument),*),
            Kind::Id => $function::<types::ResidentId>($($argument),*),
            Kind::Permit => $function::<types::ResidencePermit>($($argument),*),
            Kind::Fpr => $function::<types::PermanentResidentNumber>($($argument),*),
            Kind::Passport => $function::<types::Passport>($($argument),*),
            Kind::TravelPermit => $function::<types::TravelPermit>($($argument),*),
            Kind::Mobile => $function::<types::Mobile>($($argument),*),
            Kind::Division => $function::<types::DivisionCode>($($argument),*),
            Kind::Docno => $function::<types::DocumentNumber>($($argument),*),
            Kind::Pledge => $function::<types::PledgeCode>($($argument),*),
            Kind::Gtin => $function::<types::Gtin>($($argument),*),
            Kind::Organic => $function::<types::OrganicCode>($($argument),*),
        }
    }};
}

use with_type_of;

//! The attribute `issuer`: whom an element believes.

use credit_core::text::pieces;
use credit_element::attributes::{AttributeError, Attributes};
use credit_sign::key::Thumbprint;

/// The roots that an element pins, or the `baked` ones of the loader.
///
/// # Errors
/// [`AttributeError`] where one is no thumbprint.
pub fn roots(attributes: &Attributes, baked: &str) -> Result<Vec<Thumbprint>, AttributeError> {
    let issuer = attributes.get("issuer");
    let mut roots = Vec::new();
    for pin in pieces(issuer.unwrap_or(baked), b" \t\r\n") {
        if pin.is_empty() {
            continue;
        }
        roots.push(pin.parse().map_err(|_| {
            let allowed = "thumbprints of issuer roots, separated by spaces";
            AttributeError::new("issuer", issuer, allowed)
        })?);
    }
    Ok(roots)
}

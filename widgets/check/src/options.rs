//! The attributes of `<credit-check>`.

use credit_element::attributes::{AttributeError, Attributes, Common};
use credit_element::definition::DATASETS;

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What every element takes.
    pub common: Common,
    /// The dataset that files are of; `auto` where their columns tell.
    pub dataset: &'static str,
}

impl Options {
    /// Reads the attributes.
    ///
    /// # Errors
    /// [`AttributeError`] names the attribute.
    pub fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        let common = Common::parse(attributes)?;
        Ok(Self {
            common,
            dataset: attributes.choice("dataset", DATASETS, DATASETS)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataset_is_one_of_the_importers() {
        let parse = |value: &str| {
            let pairs = vec![("dataset".to_owned(), value.to_owned())];
            Options::parse(&Attributes::new(pairs)).map(|options| options.dataset)
        };
        assert_eq!(parse("penalties"), Ok("penalties"));
        let error = parse("fines").unwrap_err().to_string();
        assert!(error.starts_with("attribute dataset is 'fines', allowed is auto or"));
        let none = Options::parse(&Attributes::default()).map(|options| options.dataset);
        assert_eq!(none, Ok("auto"));
    }
}

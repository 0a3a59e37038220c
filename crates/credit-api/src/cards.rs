//! The answer to a batch of cards: `{"cards":{code: token | null}}`. The badge
//! reads it, so it is written and read with the strict JSON of the core.

use credit_core::json::Value;

/// Tokens by code, in the order asked. A code that is bad or unknown has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardBatch(
    /// Code as asked, and the card.
    pub Vec<(String, Option<String>)>,
);

impl CardBatch {
    /// The body. A code that was asked twice stands once.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut members: Vec<(String, Value)> = Vec::with_capacity(self.0.len());
        let mut seen = std::collections::HashSet::new();
        for (code, token) in &self.0 {
            if seen.insert(code) {
                let value = token.as_ref().map_or(Value::Null, Value::text);
                members.push((code.clone(), value));
            }
        }
        Value::object([("cards", Some(Value::Object(members)))])
    }

    /// Reads a body.
    #[must_use]
    pub fn from_json(body: &Value) -> Option<Self> {
        let Value::Object(members) = body.get("cards")? else {
            return None;
        };
        let mut cards = Vec::new();
        for (code, value) in members {
            let token = match value {
                Value::Null => None,
                value => Some(value.as_str()?.to_owned()),
            };
            cards.push((code.clone(), token));
        }
        Some(Self(cards))
    }

    /// The card of `code`.
    #[must_use]
    pub fn token(&self, code: &str) -> Option<&str> {
        self.0.iter().find(|(asked, _)| asked == code)?.1.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use credit_core::json;

    #[test]
    fn a_batch_survives_the_round_trip() {
        let batch = CardBatch(vec![("a".into(), Some("x.y.z".into())), ("b".into(), None)]);
        let text = batch.to_json().to_string();
        assert_eq!(text, r#"{"cards":{"a":"x.y.z","b":null}}"#);
        assert_eq!(
            CardBatch::from_json(&json::parse(&text).unwrap()),
            Some(batch.clone())
        );
        assert_eq!(batch.token("a"), Some("x.y.z"));
        assert_eq!(batch.token("b"), None);
        for bad in ["{}", r#"{"cards":[]}"#, r#"{"cards":{"a":1}}"#] {
            assert_eq!(CardBatch::from_json(&json::parse(bad).unwrap()), None);
        }
    }
}

//! Reading.

use std::fmt;

use super::Value;
use crate::limits::{JSON_MAX_DEPTH, JSON_MAX_MEMBERS};

/// Why a text is not strict JSON. Places count bytes from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonError {
    /// A byte that does not belong here, or the end.
    Unexpected {
        /// Where.
        at: usize,
    },
    /// A number that is not a whole one within ±(2^53 − 1).
    Number {
        /// Where it begins.
        at: usize,
    },
    /// A broken escape or a lone surrogate.
    Escape {
        /// Where.
        at: usize,
    },
    /// The same member twice in one object.
    Duplicate {
        /// Its name.
        name: String,
    },
    /// More than [`JSON_MAX_DEPTH`] levels.
    Depth,
    /// More than [`JSON_MAX_MEMBERS`] members of one object.
    Members,
}

/// Largest whole number that every JSON implementation reads exactly.
const INT_MAX: i64 = (1 << 53) - 1;

/// Reads one JSON document.
///
/// # Errors
/// [`JsonError`] for everything that is not strict JSON.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.space();
    if reader.at == text.len() {
        Ok(value)
    } else {
        Err(reader.unexpected())
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn unexpected(&self) -> JsonError {
        JsonError::Unexpected { at: self.at }
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Result<(), JsonError> {
        self.space();
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// Whether the list goes on after an item.
    fn goes_on(&mut self, end: u8) -> Result<bool, JsonError> {
        self.space();
        let byte = self.peek();
        if byte == Some(b',') || byte == Some(end) {
            self.at += 1;
            Ok(byte == Some(b','))
        } else {
            Err(self.unexpected())
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, JsonError> {
        if depth > JSON_MAX_DEPTH {
            return Err(JsonError::Depth);
        }
        self.space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [
                    ("true", Value::Bool(true)),
                    ("false", Value::Bool(false)),
                    ("null", Value::Null),
                ] {
                    if self.text[self.at..].starts_with(word) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                Err(self.unexpected())
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, JsonError> {
        let mut members: Vec<(String, Value)> = Vec::new();
        self.take(b'{')?;
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            if members.len() == JSON_MAX_MEMBERS {
                return Err(JsonError::Members);
            }
            let name = self.string()?;
            if members.iter().any(|(member, _)| *member == name) {
                return Err(JsonError::Duplicate { name });
            }
            self.take(b':')?;
            let value = self.value(depth + 1)?;
            members.push((name, value));
            if !self.goes_on(b'}')? {
                return Ok(Value::Object(members));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, JsonError> {
        let mut items = Vec::new();
        self.take(b'[')?;
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.goes_on(b']')? {
                return Ok(Value::Array(items));
            }
        }
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let start = self.at;
        while matches!(
            self.peek(),
            Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
        ) {
            self.at += 1;
        }
        let token = &self.text[start..self.at];
        let digits = token.strip_prefix('-').unwrap_or(token);
        let leading_zero = digits.starts_with('0') && digits != "0";
        token
            .parse::<i64>()
            .ok()
            .filter(|number| {
                !leading_zero
                    && token != "-0"
                    && !token.starts_with('+')
                    && (-INT_MAX..=INT_MAX).contains(number)
            })
            .map(Value::Int)
            .ok_or(JsonError::Number { at: start })
    }

    fn string(&mut self) -> Result<String, JsonError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected());
        }
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), None | Some(b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            text.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let start = self.at;
        let error = JsonError::Escape { at: start };
        let byte = self.text.as_bytes().get(start + 1).copied();
        self.at += 2;
        match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => Ok(char::from(byte)),
            Some(b'b') => Ok('\u{8}'),
            Some(b'f') => Ok('\u{c}'),
            Some(b'n') => Ok('\n'),
            Some(b'r') => Ok('\r'),
            Some(b't') => Ok('\t'),
            Some(b'u') => {
                let first = self.unit().ok_or(error.clone())?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or(error);
                }
                if !self.text[self.at..].starts_with("\\u") {
                    return Err(error);
                }
                self.at += 2;
                let second = self.unit().filter(|unit| (0xdc00..0xe000).contains(unit));
                let second = second.ok_or(error.clone())?;
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(error)
            }
            _ => Err(error),
        }
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, digit| {
            Some(unit * 16 + char::from(*digit).to_digit(16)?)
        })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { at } => write!(f, "unexpected byte or end at {at}"),
            Self::Number { at } => write!(f, "number at {at} is not a whole one below 2^53"),
            Self::Escape { at } => write!(f, "broken escape at {at}"),
            Self::Duplicate { name } => write!(f, "member '{name}' stands twice"),
            Self::Members => write!(f, "an object has more than {JSON_MAX_MEMBERS} members"),
            Self::Depth => write!(f, "more than {JSON_MAX_DEPTH} levels"),
        }
    }
}

impl std::error::Error for JsonError {}

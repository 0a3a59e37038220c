//! Attributes: loose on the page, strict in here. A bad value is an error that
//! names the attribute, never ignored.

use std::fmt;

use credit_core::lang::Lang;

use crate::definition::{LANGS, SHADOWS, SIZES, THEMES};

/// The attributes of an element as the page wrote them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, String)>);

/// A value that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeError {
    /// The attribute.
    pub name: &'static str,
    /// What was found; `None` when it is missing.
    pub found: Option<String>,
    /// What is allowed.
    pub allowed: String,
}

/// What every element takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common {
    /// Base address of the server; `None` is the loader's own.
    pub api: Option<String>,
    /// 界面语言
    pub lang: Lang,
    /// 配色
    pub theme: Theme,
    /// 字号
    pub size: Size,
    /// Whether the shadow root is open to the page.
    pub shadow: Shadow,
}

/// 配色
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// 字号 (适老化)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As designed.
    #[default]
    Normal,
    /// 18 px and up.
    Large,
}

/// Mode of the shadow root.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shadow {
    /// Scripts of the page can look in.
    #[default]
    Open,
    /// They cannot.
    Closed,
}

impl Attributes {
    /// The attributes that are there, by name.
    #[must_use]
    pub fn new(attributes: Vec<(String, String)>) -> Self {
        Self(attributes)
    }

    /// The value of `name`, if the attribute is there.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(attribute, _)| attribute == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of `name` among `choices`; the first is taken when the
    /// attribute is missing.
    ///
    /// # Errors
    /// [`AttributeError`] for any other value.
    pub fn choice<T: Copy, const N: usize>(
        &self,
        name: &'static str,
        words: [&'static str; N],
        choices: [T; N],
    ) -> Result<T, AttributeError> {
        self.place(name, &words).map(|place| choices[place])
    }

    /// The place of the value of `name` among `words`. Once for all choices, so
    /// that each of them costs a few bytes.
    #[inline(never)]
    fn place(&self, name: &'static str, words: &[&str]) -> Result<usize, AttributeError> {
        let Some(found) = self.get(name) else {
            return Ok(0);
        };
        let place = words.iter().position(|word| *word == found.trim_ascii());
        place.ok_or_else(|| AttributeError::new(name, Some(found), &words.join(" or ")))
    }
}

impl Common {
    /// Reads what every element takes.
    ///
    /// # Errors
    /// [`AttributeError`] for the first attribute with a value that is not allowed.
    pub fn parse(attributes: &Attributes) -> Result<Self, AttributeError> {
        Ok(Self {
            // First, so that the other errors can be told in it.
            lang: attributes.choice("lang", LANGS, [Lang::ZhCn, Lang::En])?,
            api: attributes.get("api").map(api).transpose()?,
            theme: attributes.choice(
                "theme",
                THEMES,
                [Theme::Auto, Theme::Light, Theme::Dark, Theme::Contrast],
            )?,
            size: attributes.choice("size", SIZES, [Size::Normal, Size::Large])?,
            shadow: attributes.choice("shadow", SHADOWS, [Shadow::Open, Shadow::Closed])?,
        })
    }

    /// Classes of the outermost node that is shown: `widgets/look` says what they
    /// look like.
    #[must_use]
    pub fn looks(&self) -> String {
        ["look ", self.theme.class(), " ", self.size.class()].concat()
    }
}

/// The same where the attributes cannot be read.
pub const PLAIN_LOOKS: &str = "look theme-auto size-normal";

impl Theme {
    /// Class that the style sheets know it by.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Auto => "theme-auto",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
            Self::Contrast => "theme-contrast",
        }
    }
}

impl Size {
    /// Class that the style sheets know it by.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Normal => "size-normal",
            Self::Large => "size-large",
        }
    }
}

/// `https://host[:port][/path]` without a slash at the end.
fn api(text: &str) -> Result<String, AttributeError> {
    let trimmed = text.trim_ascii().trim_end_matches('/');
    let host = trimmed
        .strip_prefix("https://")
        .or_else(|| trimmed.strip_prefix("http://"));
    let fits = host.is_some_and(|host| {
        !host.is_empty()
            && !host.starts_with('/')
            && host.chars().all(|character| {
                character.is_ascii_graphic() && !matches!(character, '?' | '#' | '@' | '\\')
            })
    });
    if fits {
        Ok(trimmed.to_owned())
    } else {
        Err(AttributeError::new("api", Some(text), "https://host"))
    }
}

impl AttributeError {
    /// `found` is not allowed for the attribute `name`, or missing.
    #[inline(never)]
    #[must_use]
    pub fn new(name: &'static str, found: Option<&str>, allowed: &str) -> Self {
        Self {
            name,
            found: found.map(str::to_owned),
            allowed: allowed.to_owned(),
        }
    }

    /// The sentence for readers of Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let allowed = self.allowed.as_str();
        match &self.found {
            None => ["缺少属性 ", self.name, "，应为 ", allowed].concat(),
            Some(found) => {
                let found = shortened(found);
                ["属性 ", self.name, " 的值“", found, "”无效，应为 ", allowed].concat()
            }
        }
    }

    /// The sentence for readers of English.
    #[must_use]
    pub fn en(&self) -> String {
        let allowed = self.allowed.as_str();
        match &self.found {
            None => ["attribute ", self.name, " is missing, allowed is ", allowed].concat(),
            Some(found) => {
                let found = shortened(found);
                [
                    "attribute ",
                    self.name,
                    " is '",
                    found,
                    "', allowed is ",
                    allowed,
                ]
                .concat()
            }
        }
    }

    /// The sentence in both languages: the language itself may be the bad
    /// attribute.
    #[must_use]
    pub fn bilingual(&self) -> String {
        [self.zh().as_str(), " / ", &self.en()].concat()
    }
}

impl fmt::Display for AttributeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl std::error::Error for AttributeError {}

/// Enough of a value to recognise it by.
fn shortened(text: &str) -> &str {
    credit_core::text::truncated(text, 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(name: &str, value: &str, sentence: &str) {
        let attributes = Attributes::new(vec![(name.to_owned(), value.to_owned())]);
        assert_eq!(
            Common::parse(&attributes).unwrap_err().to_string(),
            sentence
        );
    }

    #[test]
    fn nothing_is_ignored() {
        refuses(
            "lang",
            "fr",
            "attribute lang is 'fr', allowed is zh-CN or en",
        );
        refuses(
            "theme",
            "",
            "attribute theme is '', allowed is auto or light or dark or contrast",
        );
        refuses(
            "size",
            "huge",
            "attribute size is 'huge', allowed is normal or large",
        );
        refuses(
            "shadow",
            "none",
            "attribute shadow is 'none', allowed is open or closed",
        );
        for bad in [
            "javascript:alert(1)",
            "//host",
            "https://",
            "https://a@b",
            "ftp://x",
            "",
        ] {
            refuses(
                "api",
                bad,
                &format!("attribute api is '{bad}', allowed is https://host"),
            );
        }
    }

    #[test]
    fn an_address_loses_its_last_slash() {
        let attributes = Attributes::new(vec![("api".into(), " https://a.example/x/ ".into())]);
        assert_eq!(
            Common::parse(&attributes).unwrap().api.as_deref(),
            Some("https://a.example/x")
        );
    }
}

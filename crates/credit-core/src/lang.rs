//! The two languages of the product.

use std::fmt;
use std::str::FromStr;

/// Language of what people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// 简体中文, the default.
    #[default]
    ZhCn,
    /// English.
    En,
}

/// A text in both languages. Chinese is the one that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// 简体中文
    pub zh: &'static str,
    /// English
    pub en: &'static str,
}

impl Text {
    /// The text in `lang`.
    #[must_use]
    pub const fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::ZhCn => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A text in both languages.
#[must_use]
pub const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

impl Lang {
    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }
}

/// Neither `zh-CN` nor `en`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LangError;

impl fmt::Display for LangError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("language is neither zh-CN nor en")
    }
}

impl std::error::Error for LangError {}

impl FromStr for Lang {
    type Err = LangError;

    fn from_str(text: &str) -> Result<Self, LangError> {
        [Self::ZhCn, Self::En]
            .into_iter()
            .find(|lang| lang.tag().eq_ignore_ascii_case(text.trim()))
            .ok_or(LangError)
    }
}

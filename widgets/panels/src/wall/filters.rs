//! What members are asked for.

/// One of the filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Part of a name.
    Name,
    /// 行业
    Industry,
    /// 评价方案
    Scheme,
    /// 评价等级
    Level,
    /// Whether there is a public commitment.
    Pledged,
}

/// What each is set to; an empty text is no filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filters {
    values: [String; 5],
}

/// Parameters of the server, by filter.
const NAMES: [&str; 5] = ["q", "industry", "scheme", "level", "pledged"];

impl Filters {
    pub(super) fn get(&self, filter: Filter) -> &str {
        self.values.get(filter as usize).map_or("", String::as_str)
    }

    pub(super) fn set(&mut self, filter: Filter, value: String) {
        // A level is one of its scheme.
        if filter == Filter::Scheme {
            self.set(Filter::Level, String::new());
        }
        if let Some(place) = self.values.get_mut(filter as usize) {
            *place = value;
        }
    }

    pub(super) fn is_any(&self) -> bool {
        self.values.iter().any(|value| !value.is_empty())
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        NAMES
            .into_iter()
            .zip(self.values.iter().map(|value| value.trim()))
    }
}

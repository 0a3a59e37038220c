//! The word parts, trades, licences and offences, as the files in `data` have
//! them.

use std::sync::OnceLock;

const WORDS: &str = include_str!("data/words.txt");
const TRADES: &str = include_str!("data/trades.txt");
const LICENCES: &str = include_str!("data/licences.txt");
const OFFENCES: &str = include_str!("data/offences.txt");

/// A list of word parts.
pub(super) type Words = Vec<&'static str>;

/// Everything that is read once.
pub(super) struct Vocabulary {
    pub(super) fronts: Words,
    pub(super) middles: Words,
    pub(super) classic: Words,
    pub(super) singles: Words,
    pub(super) surnames: Words,
    pub(super) given: Words,
    pub(super) given_ends: Words,
    pub(super) latin: Words,
    pub(super) traditional: Words,
    pub(super) rare: Words,
    pub(super) roads: Words,
    pub(super) buildings: Words,
    pub(super) crops: Words,
    pub(super) villages: Words,
    pub(super) general: Words,
    pub(super) schools: Words,
    pub(super) organs: Words,
    pub(super) unions: Words,
    pub(super) societies: Words,
    pub(super) welfare: Words,
    /// Trades of firms.
    pub(super) trades: Vec<Trade>,
    /// Trades that sole traders have shops of.
    pub(super) shops: Vec<Trade>,
    /// What others than firms do.
    pub(super) callings: Vec<Trade>,
    pub(super) licences: Vec<LicenceKind>,
    pub(super) offences: Vec<Offence>,
}

/// What somebody does.
#[derive(Clone, Debug)]
pub(super) struct Trade {
    /// In the name of a firm.
    pub(super) firm: &'static str,
    /// In the name of a shop.
    pub(super) shop: &'static str,
    pub(super) sector: &'static str,
    /// 经营范围, item by item.
    pub(super) scope: Words,
}

/// A licence that somebody of these sectors may have.
pub(super) struct LicenceKind {
    sectors: Words,
    pub(super) office: &'static str,
    pub(super) kind: &'static str,
    pub(super) title: &'static str,
    pub(super) certificate: &'static str,
    pub(super) mark: &'static str,
    pub(super) content: &'static str,
    /// Years that it is valid, if it ends.
    pub(super) years: Option<u16>,
}

/// Something for which somebody of these sectors is penalised.
pub(super) struct Offence {
    sectors: Words,
    pub(super) office: &'static str,
    pub(super) class: &'static str,
    pub(super) kinds: &'static str,
    /// Least and most fine, in 元.
    pub(super) fine: Option<(u32, u32)>,
    pub(super) conduct: &'static str,
    pub(super) facts: &'static str,
    pub(super) basis: &'static str,
    pub(super) content: &'static str,
}

impl LicenceKind {
    pub(super) fn is_for(&self, sector: &str) -> bool {
        self.sectors.contains(&sector)
    }

    /// Whether anybody may have it.
    pub(super) fn is_common(&self) -> bool {
        self.is_for("*")
    }
}

impl Offence {
    pub(super) fn is_for(&self, sector: &str) -> bool {
        self.sectors
            .iter()
            .any(|one| matches!(*one, "*") || *one == sector)
    }
}

impl Vocabulary {
    /// What somebody of this sector does who is no firm.
    pub(super) fn calling(&self, sector: &str) -> Option<&Trade> {
        self.callings.iter().find(|trade| trade.sector == sector)
    }
}

/// Everything that is read once.
pub(super) fn vocabulary() -> &'static Vocabulary {
    static READ: OnceLock<Vocabulary> = OnceLock::new();
    READ.get_or_init(|| {
        let trades: Vec<Trade> = rows(TRADES).filter_map(|cells| trade(&cells)).collect();
        let of = |is_wanted: fn(&Trade) -> bool| {
            let wanted = trades.iter().filter(|trade| is_wanted(trade));
            wanted.cloned().collect::<Vec<_>>()
        };
        Vocabulary {
            fronts: list("fronts"),
            middles: list("middles"),
            classic: list("classic"),
            singles: list("singles"),
            surnames: list("surnames"),
            given: list("given"),
            given_ends: list("given-ends"),
            latin: list("latin"),
            traditional: list("traditional"),
            rare: list("rare"),
            roads: list("roads"),
            buildings: list("buildings"),
            crops: list("crops"),
            villages: list("villages"),
            general: list("general"),
            schools: list("schools"),
            organs: list("organs"),
            unions: list("unions"),
            societies: list("societies"),
            welfare: list("welfare"),
            shops: of(|trade| !trade.shop.is_empty()),
            callings: of(|trade| trade.firm.is_empty()),
            trades: of(|trade| !trade.firm.is_empty()),
            licences: rows(LICENCES).filter_map(|cells| licence(&cells)).collect(),
            offences: rows(OFFENCES).filter_map(|cells| offence(&cells)).collect(),
        }
    })
}

/// Lines of cells, without remarks; `-` is an empty cell.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let cells = line.split('\t');
        cells
            .map(|cell| if cell == "-" { "" } else { cell })
            .collect()
    })
}

fn list(name: &str) -> Words {
    let mut lines = WORDS.lines();
    lines.find(|line| line.strip_prefix('=') == Some(name));
    let words = lines.take_while(|line| !line.starts_with('='));
    words.flat_map(str::split_whitespace).collect()
}

fn trade(cells: &[&'static str]) -> Option<Trade> {
    let [firm, shop, sector, scope] = *cells else {
        return None;
    };
    let scope = scope.split('；').collect();
    Some(Trade {
        firm,
        shop,
        sector,
        scope,
    })
}

fn licence(cells: &[&'static str]) -> Option<LicenceKind> {
    let [
        sectors,
        office,
        kind,
        title,
        certificate,
        mark,
        content,
        years,
    ] = *cells
    else {
        return None;
    };
    Some(LicenceKind {
        sectors: sectors.split(',').collect(),
        office,
        kind,
        title,
        certificate,
        mark,
        content,
        years: years.parse().ok(),
    })
}

fn offence(cells: &[&'static str]) -> Option<Offence> {
    let [
        sectors,
        office,
        class,
        kinds,
        fine,
        conduct,
        facts,
        basis,
        content,
    ] = *cells
    else {
        return None;
    };
    let fine = fine
        .split_once('-')
        .and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    Some(Offence {
        sectors: sectors.split(',').collect(),
        office,
        class,
        kinds,
        fine,
        conduct,
        facts,
        basis,
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count();
        let words = vocabulary();
        assert_eq!(
            words.trades.len() + words.callings.len(),
            lines(TRADES),
            "a shop without a word for a firm"
        );
        assert_eq!(words.licences.len(), lines(LICENCES));
        assert_eq!(words.offences.len(), lines(OFFENCES));
        assert!(words.fronts.len() >= 120 && words.middles.len() >= 180);
        assert!(words.classic.len() >= 350 && words.trades.len() >= 60);
        for list in WORDS.lines().filter_map(|line| line.strip_prefix('=')) {
            assert!(super::list(list).len() >= 3, "{list}");
        }
        for word in &words.offences {
            assert_eq!(word.fine.is_some(), word.content.contains("{fine}"));
        }
    }
}

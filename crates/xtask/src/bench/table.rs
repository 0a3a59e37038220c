//! Figures of ours beside the peer's, and the table of them.

use super::load::Measured;

/// What a ratio has to keep to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Budget {
    /// Ours over the peer's at least.
    Least(f64),
    /// Ours over the peer's at most.
    Most(f64),
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    what: String,
    ours: f64,
    peer: f64,
    budget: Budget,
}

impl Row {
    /// `peer` may be a limit.
    pub(super) fn new(what: &str, ours: f64, peer: f64, budget: Budget) -> Self {
        let what = what.to_owned();
        Self {
            what,
            ours,
            peer,
            budget,
        }
    }
}

/// Measurements of ours and of the peer, in turn.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounds {
    ours: Vec<Measured>,
    peer: Vec<Measured>,
}

impl Rounds {
    /// Adds a round, and prints it.
    pub(super) fn add(&mut self, what: &str, ours: Measured, peer: Measured) {
        let told = |m: Measured| format!("{:.0}/s, p50 {:.2}, p99 {:.2} ms", m.rate, m.p50, m.p99);
        println!("{what}: {} beside {}", told(ours), told(peer));
        self.ours.push(ours);
        self.peer.push(peer);
    }

    /// The medians of one figure.
    pub(super) fn row(&self, what: &str, budget: Budget, figure: impl Fn(&Measured) -> f64) -> Row {
        let median = |measured: &[Measured]| {
            let mut figures: Vec<f64> = measured.iter().map(&figure).collect();
            figures.sort_by(f64::total_cmp);
            let middle = figures.get(figures.len() / 2);
            middle.copied().unwrap_or(f64::NAN)
        };
        Row::new(what, median(&self.ours), median(&self.peer), budget)
    }
}

/// Prints the table.
pub(super) fn print(rows: &[Row]) {
    println!(
        "\n{:<34} {:>10} {:>10} {:>6}  budget",
        "", "ours", "peer", "ratio"
    );
    for row in rows {
        let ratio = row.ours / row.peer;
        let (sign, bound, is_kept) = match row.budget {
            Budget::Least(least) => ('≥', least, ratio >= least),
            Budget::Most(most) => ('≤', most, ratio <= most),
        };
        println!(
            "{:<34} {:>10.2} {:>10.2} {ratio:>6.2}  {sign} {bound}{}",
            row.what,
            row.ours,
            row.peer,
            if is_kept { "" } else { ", missed" }
        );
    }
}

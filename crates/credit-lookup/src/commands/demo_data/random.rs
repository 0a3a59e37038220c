//! Randomness that is the same on every machine.

use credit_core::date::Date;

/// What is drawn. Each has a stream of its own for each subject, so that one
/// file does not depend on which others are written, nor a row on those before
/// it. A number is never used for something else: it is part of the seed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stream {
    Codes = 1,
    Subject = 2,
    Registry = 3,
    FormerNames = 4,
    Person = 5,
    Licences = 11,
    Penalties = 12,
    Lists = 13,
    Judgments = 14,
    Commitments = 15,
    Grades = 16,
    Honours = 17,
    Members = 18,
    Traces = 19,
    Agencies = 20,
    Park = 21,
    Sent = 22,
}

/// SplitMix64.
pub(super) struct Random(u64);

/// What SplitMix64 goes on by: 2^64 over the golden ratio.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Random {
    pub(super) fn new(seed: u64, stream: Stream, number: u32) -> Self {
        let stream = mixed(seed ^ (stream as u64).wrapping_mul(STEP));
        Self(mixed(stream ^ u64::from(number).wrapping_mul(STEP)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below `limit`, which is not 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        let product = (self.next() >> 32) * u64::from(limit);
        u32::try_from(product >> 32).unwrap_or_default()
    }

    /// One of `count` places from 0 on.
    pub(super) fn place(&mut self, count: usize) -> usize {
        self.below(u32::try_from(count).unwrap_or(u32::MAX)) as usize
    }

    /// One of `items`, of which there is at least one.
    pub(super) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.place(items.len())]
    }

    /// Whether something happens that happens `per_mille` times of 1 000.
    pub(super) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < per_mille
    }

    /// Which of several things happens that have these weights.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        let mut weights = weights;
        weights
            .position(|weight| {
                let is_it = left < weight;
                left = left.saturating_sub(weight);
                is_it
            })
            .unwrap_or_default()
    }

    /// A day from `first` to `last`.
    pub(super) fn day(&mut self, first: Date, last: Date) -> Date {
        let length = last.days_since_epoch() - first.days_since_epoch();
        let length = u32::try_from(length).unwrap_or_default();
        let days = i64::from(self.below(length.saturating_add(1)));
        first.plus_days(days).unwrap_or(first)
    }

    /// A day from `first` to `last`, rather a late one.
    pub(super) fn late_day(&mut self, first: Date, last: Date) -> Date {
        self.day(first, last).max(self.day(first, last))
    }
}

fn mixed(number: u64) -> u64 {
    let mut mixed = number;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

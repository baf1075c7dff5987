//! xoshiro256** seeded by splitmix64: the same numbers on every machine, for ever.
//!
//! Own code because the workloads must not change when a library changes its generator. The
//! algorithms are by Blackman and Vigna, <https://prng.di.unimi.it/>.

/// Advances a splitmix64 state and returns its next number.
fn splitmix64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A source of numbers that look random and depend on its seed alone.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: [u64; 4],
}

impl Random {
    /// Fills the state with the first four numbers of splitmix64 from `seed`.
    pub(crate) fn seeded(seed: u64) -> Self {
        let mut state = seed;
        Self {
            state: std::array::from_fn(|_| splitmix64(&mut state)),
        }
    }

    /// Returns the next number of xoshiro256**.
    pub(crate) fn next(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = b.wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// Returns a number below `bound`; 0 when `bound` is 0. Its bias is below 2⁻³².
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let wide = u128::from(self.next()) * u128::from(bound);
        u32::try_from(wide >> 64).unwrap_or_default()
    }

    /// Returns a rank below `count` where rank r comes with a chance of about 1 in r + 1.
    ///
    /// A step function over octaves: ranks 2ᵏ−1 … 2ᵏ⁺¹−2 share what one octave weighs; the last
    /// octave weighs as much less as it is cut short.
    pub(crate) fn log_uniform(&mut self, count: u32) -> u32 {
        let Some(top) = count.checked_ilog2() else {
            return 0;
        };
        let octave_weight = 1 << top;
        let cut_octave = count + 1 - octave_weight;
        let draw = self.below(top * octave_weight + cut_octave);
        let octave = draw / octave_weight;
        let place = draw % octave_weight;
        (1 << octave) + (place >> (top - octave)) - 1
    }

    /// Puts `items` into random order (Fisher and Yates, from the end).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            items.swap(last, self.below(bound) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Random, splitmix64};

    #[test]
    fn splitmix64_gives_the_published_numbers() {
        let mut state = 1_234_567;
        let numbers: Vec<_> = (0..3).map(|_| splitmix64(&mut state)).collect();
        assert_eq!(
            numbers,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn xoshiro256_star_star_gives_the_published_numbers() {
        let mut random = Random {
            state: [1, 2, 3, 4],
        };
        let numbers: Vec<_> = (0..4).map(|_| random.next()).collect();
        assert_eq!(
            numbers,
            [11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240]
        );
    }

    #[test]
    fn every_number_below_a_bound_comes_up_and_no_other() {
        let mut random = Random::seeded(1);
        let mut seen = [false; 7];
        for _ in 0..1_000 {
            seen[random.below(7) as usize] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn low_ranks_come_more_often_and_none_is_too_high() {
        let mut random = Random::seeded(2);
        for count in [1, 2, 3, 100, 1_000] {
            let ranks: Vec<_> = (0..10_000).map(|_| random.log_uniform(count)).collect();
            assert!(ranks.iter().all(|rank| *rank < count), "{count}");
            if count == 1_000 {
                let first = ranks.iter().filter(|rank| **rank == 0).count();
                let last = ranks.iter().filter(|rank| **rank >= 500).count();
                assert!((900..1_150).contains(&first), "one octave of 9.98: {first}");
                assert!((850..1_150).contains(&last), "{last}");
            }
        }
        assert_eq!(random.log_uniform(0), 0);
    }

    #[test]
    fn shuffling_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Random::seeded(3).shuffle(&mut items);
        assert!(!items.is_sorted());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}

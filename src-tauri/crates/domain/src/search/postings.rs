//! From a word to the entries that have it: one list for each word, all in one array.

use super::narrow;

/// An entry in which a word stands, and whether in its name or in that of its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting(u32);

impl Posting {
    pub(super) const fn name(entry: u32) -> Self {
        Self(entry << 1)
    }

    pub(super) const fn category(entry: u32) -> Self {
        Self(entry << 1 | 1)
    }

    pub(super) const fn entry(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(super) const fn is_category(self) -> bool {
        self.0 & 1 == 1
    }
}

#[derive(Debug)]
pub(super) struct Postings {
    /// Where each word's list begins in `lists`; one more than there are words.
    starts: Vec<u32>,
    lists: Vec<Posting>,
}

impl Postings {
    /// Sorts pairs of a word and one of its postings into lists.
    pub(super) fn new(words: usize, mut pairs: Vec<(u32, Posting)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = Vec::with_capacity(words + 1);
        for (at, (word, _)) in pairs.iter().enumerate() {
            while starts.len() <= *word as usize {
                starts.push(narrow(at));
            }
        }
        starts.resize(words + 1, narrow(pairs.len()));
        Self { starts, lists: pairs.into_iter().map(|(_, posting)| posting).collect() }
    }

    pub(super) fn of(&self, word: usize) -> &[Posting] {
        &self.lists[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.lists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_has_its_list_and_a_word_without_entries_an_empty_one() {
        let (tea, soup) = (Posting::name(7), Posting::category(7));
        let postings = Postings::new(4, vec![(2, soup), (0, tea), (2, tea), (2, tea)]);
        assert_eq!(postings.of(0), [tea]);
        assert_eq!(postings.of(1), []);
        assert_eq!(postings.of(2), [tea, soup]);
        assert_eq!(postings.of(3), []);
        assert_eq!((soup.entry(), soup.is_category(), tea.is_category()), (7, true, false));
    }
}

//! Asking the index, and which answer comes first.
//!
//! A whole barcode is what a scanner sends: it answers alone. Otherwise every typed word must answer, in any
//! order, each in the best way that it can. First come whole codes, then words as typed, then, only where there
//! is room left, words with typing mistakes. A variant answers beside its product only if the text says more of
//! it than of the product.

use super::fold::{self, words};
use super::mistakes::near;
use super::{Hit, Index, Matched};
use std::cmp::Reverse;
use std::ops::Range;

/// Letters from which on a text is also looked for inside words, where fewer are in too many, and from
/// which on a word as typed is more than the beginning of another: "a" is rather the start of "arepa".
const TELLING: usize = 3;

/// How well a word answers, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Quality {
    Whole,
    Beginning,
    Inside,
    /// Its category is called so.
    Category,
    OneMistake,
    TwoMistakes,
}

/// What an answer is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Barcode,
    Code,
    AsTyped,
    Mistaken,
}

/// The order of answers. The entry's own place ends every tie, so the same question has one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    class: Class,
    sold_out: bool,
    worst: Quality,
    /// Of all words together.
    sum: u16,
    begins_otherwise: bool,
    popularity: Reverse<u32>,
    entry: usize,
}

/// How an entry answers to the words asked so far; `None` when to one of them it does not.
type Answers = Vec<Option<(Quality, u16)>>;

impl Index {
    /// The entries that `text` may mean, best first, at most `limit` of them. Its first 200 characters
    /// count.
    pub fn search(&self, text: &str, limit: usize) -> Vec<Hit> {
        let text = fold::asked(text);
        let code = fold::code(text);
        if code.is_empty() || limit == 0 {
            return Vec::new();
        }
        let scanned = self.barcodes.equal_to(&fold::barcode(&code));
        if !scanned.is_empty() {
            return self.scanned(scanned, &code, limit);
        }
        let mut typed: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
        let first = self.words.beginning_with(&typed[0]);
        // Long words leave few entries for the others.
        typed.sort_unstable_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
        typed.dedup();

        let (mut answers, found) = self.answers(&typed, None);
        let by_code = self.add_codes(&code, &mut answers);
        if found + by_code.iter().filter(|by_code| **by_code).count() < limit {
            let (wider, _) = self.answers(&typed, Some(found));
            for (answer, wider) in answers.iter_mut().zip(wider) {
                *answer = answer.or(wider);
            }
        }
        self.best(&answers, &by_code, &code, &first, limit)
    }

    /// How each entry answers to all of `typed`, and how many do. With mistakes forgiven when the
    /// number of those that answer without is given: when only they are left, nobody else can answer.
    fn answers(&self, typed: &[String], without_mistakes: Option<usize>) -> (Answers, usize) {
        let mut answers: Answers = vec![Some((Quality::Whole, 0)); self.len()];
        let mut left = self.len();
        let mut word_answers = vec![None; self.len()];
        for word in typed {
            word_answers.fill(None);
            self.answer_word(word, without_mistakes.is_some(), &mut word_answers);
            left = 0;
            for (all, one) in answers.iter_mut().zip(&word_answers) {
                *all = all.zip(*one).map(|((worst, sum), one)| (worst.max(one), sum + one as u16));
                left += usize::from(all.is_some());
            }
            if left == without_mistakes.unwrap_or_default() {
                break;
            }
        }
        (answers, left)
    }

    fn answer_word(&self, typed: &str, forgiving: bool, answers: &mut [Option<Quality>]) {
        let mut answer = |word: usize, quality: Quality| {
            for posting in self.postings.of(word) {
                let quality = match quality {
                    Quality::Whole | Quality::Beginning if posting.is_category() => Quality::Category,
                    _ if posting.is_category() => continue,
                    of_name => of_name,
                };
                let known = &mut answers[posting.entry()];
                *known = Some(known.map_or(quality, |known| known.min(quality)));
            }
        };
        let telling = typed.chars().count() >= TELLING;
        for word in self.words.beginning_with(typed) {
            let whole = telling && self.words.get(word).len() == typed.len();
            answer(word, if whole { Quality::Whole } else { Quality::Beginning });
        }
        if telling {
            self.words.containing(typed).for_each(|word| answer(word, Quality::Inside));
        }
        if forgiving {
            near(&self.words, typed, |word, mistakes| {
                answer(word, if mistakes < 2 { Quality::OneMistake } else { Quality::TwoMistakes });
            });
        }
    }

    /// Adds the entries whose short code begins with `code`, and tells which were none by name.
    fn add_codes(&self, code: &str, answers: &mut Answers) -> Vec<bool> {
        let mut by_code = vec![false; self.len()];
        for entry in self.codes.beginning_with(code) {
            let answer = &mut answers[*entry as usize];
            if answer.is_none_or(|(worst, _)| worst > Quality::Beginning) {
                *answer = Some((Quality::Beginning, Quality::Beginning as u16));
                by_code[*entry as usize] = true;
            }
        }
        by_code
    }

    /// Puts the best `limit` of all that answer in order.
    fn best(
        &self,
        answers: &Answers,
        by_code: &[bool],
        code: &str,
        first: &Range<usize>,
        limit: usize,
    ) -> Vec<Hit> {
        let mut whole: Vec<usize> = self.codes.equal_to(code).iter().map(|entry| *entry as usize).collect();
        whole.sort_unstable();
        let named = answers.iter().enumerate().filter_map(|(entry, answer)| {
            let answer = (*answer)?;
            let own = self.own[entry] as usize;
            let says_no_more = own != entry && answers[own].is_some_and(|own| own <= answer);
            let class = if answer.0 < Quality::OneMistake { Class::AsTyped } else { Class::Mistaken };
            (!says_no_more && whole.binary_search(&entry).is_err()).then(|| {
                let begins = first.contains(&(self.first_words[entry] as usize));
                self.rank(entry, class, answer, begins)
            })
        });
        let mut ranks: Vec<Rank> = named.collect();
        ranks.extend(whole.iter().map(|entry| self.rank(*entry, Class::Code, (Quality::Whole, 0), true)));
        if limit < ranks.len() {
            ranks.select_nth_unstable(limit);
            ranks.truncate(limit);
        }
        ranks.sort_unstable();
        ranks.iter().map(|rank| self.hit(rank, by_code[rank.entry])).collect()
    }

    /// What a barcode is on, and after it what happens to have it as its short code; nothing else is meant.
    fn scanned(&self, barcodes: &[u32], code: &str, limit: usize) -> Vec<Hit> {
        let on = barcodes.iter().map(|entry| (*entry as usize, Class::Barcode));
        let coded = self.codes.equal_to(code).iter().filter(|entry| !barcodes.contains(entry));
        let coded = coded.map(|entry| (*entry as usize, Class::Code));
        let mut ranks: Vec<Rank> = on
            .chain(coded)
            .map(|(entry, class)| self.rank(entry, class, (Quality::Whole, 0), true))
            .collect();
        ranks.sort_unstable();
        ranks.iter().take(limit).map(|rank| self.hit(rank, false)).collect()
    }

    fn rank(&self, entry: usize, class: Class, (worst, sum): (Quality, u16), begins: bool) -> Rank {
        Rank {
            class,
            sold_out: self.sold_out[entry],
            worst,
            sum,
            begins_otherwise: !begins,
            popularity: Reverse(self.popularity[entry]),
            entry,
        }
    }

    fn hit(&self, rank: &Rank, by_code: bool) -> Hit {
        let (product, variant) = self.targets[rank.entry];
        let matched = match rank.class {
            Class::Code => Matched::Code,
            Class::Barcode => Matched::Barcode,
            _ if by_code => Matched::Code,
            _ => Matched::Name,
        };
        Hit { product, variant, matched, mistaken: rank.class == Class::Mistaken }
    }
}

//! The print of an engine: same print and same text, same verdict.

use crate::annotate::Constants;
use crate::lexicon::{Lexicon, Sense, Vocabulary};
use crate::rule::Rule;
use crate::taxonomy::Taxonomy;

/// 64-bit FNV-1a (Fowler, Noll, Vo): stable over versions and platforms, unlike the hashers of the library.
struct Print(u64);

impl Print {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for b in bytes.iter().chain(&[0xFF]) {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn sense(&mut self, sense: Sense) {
        self.bytes(&[sense.list as u8, sense.class]);
        self.bytes(&sense.topic.to_le_bytes());
        self.bytes(&sense.value.to_le_bytes());
    }

    fn rules(&mut self, rules: &[&Rule]) {
        for rule in rules {
            self.bytes(rule.id().as_bytes());
            self.bytes(rule.when().as_bytes());
            for names in [rule.topics(), rule.intents(), rule.tags()] {
                for name in names {
                    self.bytes(name.as_bytes());
                }
                self.bytes(&[]);
            }
        }
    }

    fn finish(&self) -> String {
        format!("{}-{:016x}", env!("CARGO_PKG_VERSION"), self.0)
    }
}

/// The print of lists, taxonomy, rules and constants.
pub(super) fn of<'a>(
    vocabularies: impl Iterator<Item = &'a Vocabulary>,
    taxonomy: &Taxonomy,
    rules: &[&Rule],
) -> String {
    let mut print = Print::new();
    print.bytes(Constants::BUILTIN.as_bytes());
    for vocabulary in vocabularies {
        for (term, text) in vocabulary.iter() {
            print.bytes(text.as_bytes());
            vocabulary.senses(term).iter().for_each(|s| print.sense(*s));
        }
    }
    for (_, topic) in taxonomy.topics() {
        print.bytes(topic.path().as_bytes());
        print.bytes(&topic.severity().to_le_bytes());
    }
    print.rules(rules);
    print.finish()
}

/// The print of an engine with words and rules laid over.
pub(super) fn derived(base: &str, words: &Lexicon, rules: &[&Rule]) -> String {
    let mut print = Print::new();
    print.bytes(base.as_bytes());
    for e in words.entries() {
        print.bytes(e.term.as_bytes());
        print.sense(Sense { list: e.list, class: e.class, topic: 0, value: e.value });
    }
    print.rules(rules);
    print.finish()
}

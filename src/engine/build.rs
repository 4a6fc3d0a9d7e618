//! Wiring: the terms of all lists and of the taxonomy in one vocabulary.

use crate::error::Result;
use crate::lexicon::{
    Layer, Lexicon, List, Origin, Sense, Table, Vocabulary, VocabularyBuilder, expression, valence,
};
use crate::taxonomy::{Taxonomy, Terms, TopicId};

/// Strength of a phrase that a topic lists as problem or praise, where no list gives one.
const PROBLEM: f32 = -2.0;
const PRAISE: f32 = 2.0;

/// The built-in lists and the taxonomy, read side by side where the platform has threads.
pub(super) fn sources(
    given: Option<Taxonomy>,
    without: &[Layer],
) -> Result<(Vec<(Origin, Lexicon)>, Taxonomy)> {
    std::thread::scope(|scope| {
        let beside = std::thread::Builder::new().spawn_scoped(scope, || Lexicon::builtin(without)).ok();
        let taxonomy = given.map_or_else(Taxonomy::commerce, Ok);
        let lists = match beside.map(std::thread::ScopedJoinHandle::join) {
            Some(Ok(lists)) => lists,
            _ => Lexicon::builtin(without),
        };
        Ok((lists?, taxonomy?))
    })
}

/// The vocabulary of an engine: built-in lists, then the taxonomy's words, then the host's.
pub(super) fn vocabulary(lists: &[(Origin, Lexicon)], taxonomy: &Taxonomy, words: &[Lexicon]) -> Vocabulary {
    let mut builder = VocabularyBuilder::default();
    for (origin, lexicon) in lists {
        builder.lexicon(*origin, lexicon);
    }
    for (id, topic) in taxonomy.topics() {
        for terms in [topic.en(), topic.zh()] {
            topic_terms(&mut builder, id, terms);
        }
    }
    news(&mut builder, taxonomy.homeless());
    for lexicon in words {
        builder.lexicon(Origin::Host, lexicon);
    }
    builder.build()
}

fn topic_terms<'a>(builder: &mut VocabularyBuilder<'a>, id: TopicId, terms: &'a Terms) {
    let mut add = |list: List, class: u8, terms: &'a [String]| {
        for term in terms {
            builder.add(Origin::Topic, term, Sense { list, class, topic: id.0, value: 1.0 });
        }
    };
    add(List::Target, 0, &terms.targets);
    add(List::Attribute, 0, &terms.attributes);
    add(List::Expression, expression::WORD, &terms.expressions);
    add(List::Expression, expression::PHRASE, &terms.problems);
    add(List::Expression, expression::PHRASE, &terms.praises);
    news(builder, terms);
}

/// Phrases that are bad or good news by themselves.
fn news<'a>(builder: &mut VocabularyBuilder<'a>, terms: &'a Terms) {
    for (phrases, class, value) in
        [(&terms.problems, valence::PROBLEM, PROBLEM), (&terms.praises, valence::OPINION, PRAISE)]
    {
        for phrase in phrases {
            if !builder.has_valence(phrase) {
                builder.add(Origin::Topic, phrase, Sense { list: List::Valence, class, topic: 0, value });
            }
        }
    }
}

/// The table of words that are laid over an engine.
pub(super) fn overlay(words: &Lexicon) -> Table {
    let mut builder = VocabularyBuilder::default();
    builder.lexicon(Origin::Host, words);
    Table::build(builder.build())
}

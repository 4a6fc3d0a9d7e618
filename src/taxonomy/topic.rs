//! One topic: its names, its home in the house, its words and examples.

use crate::rule::Rule;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Index of a topic within its taxonomy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub(crate) u16);

impl TopicId {
    /// Position in [`Taxonomy::topics`](super::Taxonomy::topics).
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The class under which a complaint is handled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ComplaintClass {
    /// The goods themselves.
    ProductQuality,
    /// Shipping and delivery.
    Logistics,
    /// People and help.
    Service,
    /// Orders, stock, invoices, returns.
    OrderHandling,
    /// Accounts and payments.
    Account,
    /// Prices and promotions.
    Price,
    /// Shop, site or app.
    Site,
    /// Anything else.
    #[default]
    Other,
}

impl ComplaintClass {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProductQuality => "product_quality",
            Self::Logistics => "logistics",
            Self::Service => "service",
            Self::OrderHandling => "order_handling",
            Self::Account => "account",
            Self::Price => "price",
            Self::Site => "site",
            Self::Other => "other",
        }
    }
}

/// The words of one language that lead to a topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// Nouns that name the topic.
    pub targets: Vec<String>,
    /// Opinion words that lead here next to a target of the same group.
    pub attributes: Vec<String>,
    /// Opinion words that lead here on their own.
    pub expressions: Vec<String>,
    /// Phrases that alone report a problem.
    pub problems: Vec<String>,
    /// Phrases that alone are good news.
    pub praises: Vec<String>,
    /// Texts that must get the topic.
    pub examples: Vec<Example>,
    /// Texts that must not.
    pub near_misses: Vec<NearMiss>,
}

impl Terms {
    /// Folds all terms to the form in which texts are matched.
    pub(super) fn clean(mut self) -> Self {
        for term in self.lists().into_iter().flatten() {
            if let Cow::Owned(folded) = crate::text::clean_term(term) {
                *term = folded;
            }
        }
        self
    }

    fn lists(&mut self) -> [&mut Vec<String>; 5] {
        [
            &mut self.targets,
            &mut self.attributes,
            &mut self.expressions,
            &mut self.problems,
            &mut self.praises,
        ]
    }

    /// Every term of every list.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.targets, &self.attributes, &self.expressions, &self.problems, &self.praises];
        lists.into_iter().flatten().map(String::as_str)
    }

    /// Takes a term from every list; whether it was in one.
    pub(super) fn remove(&mut self, term: &str) -> bool {
        let before = self.terms().count();
        self.lists().into_iter().for_each(|list| list.retain(|t| t != term));
        self.terms().count() < before
    }

    /// Adds the words and examples of another.
    pub(super) fn absorb(&mut self, other: Self) {
        self.targets.extend(other.targets);
        self.attributes.extend(other.attributes);
        self.expressions.extend(other.expressions);
        self.problems.extend(other.problems);
        self.praises.extend(other.praises);
        self.examples.extend(other.examples);
        self.near_misses.extend(other.near_misses);
    }
}

/// A text that must get the topic, with the words that say so.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Part of the text that holds the expression.
    pub quote: String,
    /// `positive`, `negative` or `neutral`.
    pub polarity: String,
}

/// A text that contains a word of the topic but must not get it.
pub type NearMiss = String;

/// A node of a taxonomy.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    pub(super) path: String,
    pub(super) name_en: String,
    pub(super) name_zh: String,
    pub(super) about: String,
    pub(super) department: String,
    pub(super) complaint_class: ComplaintClass,
    pub(super) stage: String,
    pub(super) severity: f32,
    pub(super) rules: Vec<Rule>,
    pub(super) en: Terms,
    pub(super) zh: Terms,
}

impl Topic {
    /// Stable id: `delivery/speed`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// First part of the path: `delivery`.
    pub fn group(&self) -> &str {
        self.path.split('/').next().unwrap_or(&self.path)
    }

    /// English name.
    pub fn name_en(&self) -> &str {
        &self.name_en
    }

    /// Chinese name.
    pub fn name_zh(&self) -> &str {
        &self.name_zh
    }

    /// One sentence.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Who handles complaints about it.
    pub fn department(&self) -> &str {
        &self.department
    }

    /// Class of complaints about it.
    pub fn complaint_class(&self) -> ComplaintClass {
        self.complaint_class
    }

    /// Touchpoint of the journey it belongs to.
    pub fn stage(&self) -> &str {
        &self.stage
    }

    /// Default weight of a complaint, 0..1.
    pub fn severity(&self) -> f32 {
        self.severity
    }

    /// Rules that lead to it; their ids are its path, `#` and a number from 1.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Id of one of its rules, counted from 0.
    pub(super) fn rule_id(path: &str, number: usize) -> String {
        format!("{path}#{}", number + 1)
    }

    /// English words.
    pub fn en(&self) -> &Terms {
        &self.en
    }

    /// Chinese words.
    pub fn zh(&self) -> &Terms {
        &self.zh
    }
}

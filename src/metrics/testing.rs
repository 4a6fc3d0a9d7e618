//! Items with known verdicts for the tests of the rooms above.

use super::Aggregate;
use crate::annotate::{
    Catalog, Field, Insight, Opinion, Polarity, Sentiment, Severity, SeverityLevel, TopicMention,
};
use crate::feedback::{Customer, Feedback, FeedbackBuilder, Rating};
use crate::span::Span;
use crate::taxonomy::Taxonomy;
use jiff::Timestamp;
use std::sync::{Arc, LazyLock};

const PACK: &[(&str, &str, &str)] = &[
    ("product/quality", "product", "product_quality"),
    ("product/safety", "product", "product_quality"),
    ("delivery/speed", "logistics", "logistics"),
    ("service/attitude", "service", "service"),
    ("price/value", "pricing", "price"),
];

pub(crate) static CATALOG: LazyLock<Arc<Catalog>> = LazyLock::new(|| catalog("print-a"));

pub(crate) fn catalog(fingerprint: &str) -> Arc<Catalog> {
    let topics: Vec<String> = PACK
        .iter()
        .map(|(id, department, class)| {
            format!(
                "[[topic]]\nid = \"{id}\"\nname = {{ en = \"{id}\", zh = \"{id}\" }}\nabout = \"A topic.\"\n\
                 department = \"{department}\"\ncomplaint_class = \"{class}\"\nstage = \"other\"\nseverity = 0.5\n"
            )
        })
        .collect();
    let taxonomy = Taxonomy::parse("test", &topics.join("\n")).unwrap();
    Arc::new(Catalog {
        taxonomy: Arc::new(taxonomy),
        base: Arc::default(),
        overlay: None,
        phrases: Arc::default(),
        ruling: None,
        own_ruling: None,
        fingerprint: fingerprint.to_owned(),
        language: None,
        brought: Vec::new(),
    })
}

/// One item in the making.
pub(crate) struct Item {
    pub(crate) builder: FeedbackBuilder,
    pub(crate) insight: Insight,
    text: String,
}

impl Item {
    /// An item without words of its own, by the customer of the same name.
    pub(crate) fn new(id: &str) -> Self {
        let customer = Customer { id: Some(id.to_owned()), ..Customer::default() };
        let text = String::from("x");
        let builder = Feedback::builder(id).customer(customer).text(text.clone());
        Self { builder, insight: Insight::empty(Arc::clone(&CATALOG)), text }
    }

    pub(crate) fn with(mut self, build: impl FnOnce(FeedbackBuilder) -> FeedbackBuilder) -> Self {
        self.builder = build(self.builder);
        self
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.text = text.to_owned();
        self.with(|b| b.text(text))
    }

    pub(crate) fn stars(self, stars: f64) -> Self {
        self.with(|b| b.rating(Rating::stars(stars).unwrap()))
    }

    pub(crate) fn product(self, product: &str) -> Self {
        self.with(|b| b.product(product))
    }

    /// Day of January 2025, or later.
    pub(crate) fn day(self, day: i64) -> Self {
        let at = Timestamp::from_second(1_735_689_600 + (day - 1) * 86_400).unwrap();
        self.with(|b| b.created_at(at))
    }

    pub(crate) fn bad(self, topic: &str, severity: f32) -> Self {
        let mut item = self.opinion(topic, Polarity::Negative);
        let level = match severity {
            s if s >= 0.8 => SeverityLevel::Critical,
            s if s >= 0.5 => SeverityLevel::Major,
            _ => SeverityLevel::Minor,
        };
        item.insight.severity = Severity { level, score: severity };
        item
    }

    pub(crate) fn good(self, topic: &str) -> Self {
        self.opinion(topic, Polarity::Positive)
    }

    fn opinion(mut self, topic: &str, polarity: Polarity) -> Self {
        let score = if polarity == Polarity::Negative { -0.8 } else { 0.8 };
        let topic = self.insight.taxonomy().find(topic).unwrap();
        let expression = Span::new(0, self.text.chars().next().map_or(0, |c| c.len_utf8() as u32));
        let field = Field::Text;
        let opinion =
            Opinion { topic: Some(topic), polarity, score, negated: false, field, target: None, expression };
        self.insight.opinions.push(opinion);
        self.insight.topics.push(TopicMention { topic, polarity, score, mentions: 1 });
        self.insight.sentiment = Sentiment { polarity, score, ..Sentiment::default() };
        self
    }

    pub(crate) fn done(self) -> (Feedback, Insight) {
        (self.builder.build().unwrap(), self.insight)
    }
}

pub(crate) fn aggregate(items: impl IntoIterator<Item = Item>) -> Aggregate {
    let mut aggregate = Aggregate::new();
    for item in items {
        let (feedback, insight) = item.done();
        aggregate.push(&feedback, &insight);
    }
    aggregate
}

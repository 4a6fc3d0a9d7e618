//! The JSON form of an insight.

use super::insight::{Field, Firing, Insight};
use super::label::{
    Abstention, EffortLevel, Emotion, Flag, Intent, Language, Polarity, SeverityLevel, Urgency,
};
use super::reason::Reason;
use crate::feedback::Feedback;
use crate::span::Span;
use serde::Serialize;

/// JSON Schema (draft 2020-12) of [`WireInsight`].
pub const INSIGHT_SCHEMA: &str = include_str!("insight.schema.json");

/// Version of the form.
const SCHEMA: u32 = 1;
/// Effects shown by [`EvidenceLimit::Strongest`].
const SHOWN: usize = 8;

/// How many firings are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EvidenceLimit {
    /// The eight strongest effects and one `rest`.
    #[default]
    Strongest,
    /// Every one.
    All,
}

/// The JSON form of an insight: numbers rounded to 4 decimals, spans with their text.
///
/// ```
/// use candor::Feedback;
/// let engine = candor::Engine::builder().build()?;
/// let feedback = Feedback::from_text("物流太慢");
/// let json = serde_json::to_string(&engine.analyze(&feedback).to_wire(&feedback)).unwrap();
/// assert!(json.starts_with(r#"{"schema":1,"id":"text","source":"host""#));
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WireInsight<'a> {
    schema: u32,
    id: &'a str,
    source: &'a str,
    fingerprint: &'a str,
    language: Language,
    sentiment: WireSentiment,
    abstained: Option<Abstention>,
    opinions: Vec<WireOpinion<'a>>,
    topics: Vec<WireTopic<'a>>,
    intents: Vec<Intent>,
    severity: WireSeverity<'a>,
    effort: WireEffort<'a>,
    urgency: Urgency,
    emotion: Vec<Emotion>,
    churn_risk: f64,
    flags: Vec<Flag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    evidence: Vec<WireFiring<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireSentiment {
    polarity: Polarity,
    score: f64,
    positive: f64,
    negative: f64,
    confidence: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireOpinion<'a> {
    topic: Option<&'a str>,
    polarity: Polarity,
    score: f64,
    negated: bool,
    field: Field,
    target: Option<WireSpan<'a>>,
    expression: WireSpan<'a>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireSpan<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireTopic<'a> {
    topic: &'a str,
    polarity: Polarity,
    score: f64,
    mentions: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireSeverity<'a> {
    level: SeverityLevel,
    score: f64,
    reasons: Vec<WireReason<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireEffort<'a> {
    level: EffortLevel,
    score: f64,
    reasons: Vec<WireReason<'a>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireReason<'a> {
    kind: &'static str,
    field: Field,
    #[serde(flatten)]
    span: WireSpan<'a>,
    weight: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct WireFiring<'a> {
    rule: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<Field>,
    #[serde(flatten)]
    span: Option<WireSpan<'a>>,
    effect: f64,
}

impl Insight {
    /// The JSON form of this insight of `feedback`, with the strongest evidence.
    pub fn to_wire<'a>(&'a self, feedback: &'a Feedback) -> WireInsight<'a> {
        self.to_wire_with(feedback, EvidenceLimit::Strongest)
    }

    /// The JSON form with as much evidence as asked for.
    pub fn to_wire_with<'a>(&'a self, feedback: &'a Feedback, limit: EvidenceLimit) -> WireInsight<'a> {
        WireInsight {
            schema: SCHEMA,
            id: feedback.id(),
            source: feedback.source().as_str(),
            fingerprint: self.fingerprint(),
            language: self.language,
            sentiment: self.wire_sentiment(),
            abstained: self.abstained,
            opinions: self.wire_opinions(feedback),
            topics: self.wire_topics(),
            intents: self.intents.iter().collect(),
            severity: WireSeverity {
                level: self.severity.level,
                score: round(self.severity.score),
                reasons: self
                    .consequences
                    .iter()
                    .map(|r| wire_reason(feedback, r, r.kind.as_str()))
                    .collect(),
            },
            effort: WireEffort {
                level: self.effort.level,
                score: round(self.effort.score),
                reasons: self.hassles.iter().map(|r| wire_reason(feedback, r, r.kind.as_str())).collect(),
            },
            urgency: self.urgency,
            emotion: self.emotions.iter().collect(),
            churn_risk: round(self.churn_risk),
            flags: self.flags.iter().collect(),
            tags: self.tags().collect(),
            evidence: self.wire_evidence(feedback, limit),
        }
    }

    fn wire_sentiment(&self) -> WireSentiment {
        let s = &self.sentiment;
        WireSentiment {
            polarity: s.polarity,
            score: round(s.score),
            positive: round(s.positive),
            negative: round(s.negative),
            confidence: round(s.confidence),
        }
    }

    fn wire_opinions<'a>(&'a self, feedback: &'a Feedback) -> Vec<WireOpinion<'a>> {
        let wire = |o: &super::insight::Opinion| WireOpinion {
            topic: o.topic.map(|t| self.path(t)),
            polarity: o.polarity,
            score: round(o.score),
            negated: o.negated,
            field: o.field,
            target: o.target.map(|s| wire_span(feedback, o.field, s)),
            expression: wire_span(feedback, o.field, o.expression),
        };
        self.opinions.iter().map(wire).collect()
    }

    fn wire_topics(&self) -> Vec<WireTopic<'_>> {
        let wire = |t: &super::insight::TopicMention| WireTopic {
            topic: self.path(t.topic),
            polarity: t.polarity,
            score: round(t.score),
            mentions: t.mentions,
        };
        self.topics.iter().map(wire).collect()
    }

    fn wire_evidence<'a>(&'a self, feedback: &'a Feedback, limit: EvidenceLimit) -> Vec<WireFiring<'a>> {
        let mut order: Vec<usize> = (0..self.firings.len()).collect();
        if limit == EvidenceLimit::Strongest && order.len() > SHOWN {
            let strength = |i: &usize| self.firings.get(*i).map_or(0.0, |f| f.effect.abs());
            order.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.cmp(b)));
            order.truncate(SHOWN);
            order.sort_unstable();
        }
        let shown = order.iter().filter_map(|i| self.firings.get(*i));
        let mut out: Vec<WireFiring<'a>> = shown.map(|f| self.wire_firing(feedback, f)).collect();
        if out.len() < self.firings.len() {
            let sum: f64 = out.iter().map(|f| f.effect).sum();
            let effect = round_wide(round(self.sentiment.score) - sum);
            out.push(WireFiring { rule: "rest".to_owned(), field: None, span: None, effect });
        }
        out
    }

    fn wire_firing<'a>(&'a self, feedback: &'a Feedback, firing: &Firing) -> WireFiring<'a> {
        WireFiring {
            rule: self.rule(firing),
            field: Some(firing.field),
            span: Some(wire_span(feedback, firing.field, firing.span)),
            effect: round(firing.effect),
        }
    }
}

impl Feedback {
    /// The text a span belongs to, as the host gave it; empty when the item has no such field.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => self.title(),
            Field::Text => self.text(),
            Field::Turn(i) => self.turns().get(i as usize).map_or("", |t| t.text.as_str()),
        }
    }
}

fn wire_reason<'a, K>(feedback: &'a Feedback, reason: &Reason<K>, kind: &'static str) -> WireReason<'a> {
    WireReason {
        kind,
        field: reason.field,
        span: wire_span(feedback, reason.field, reason.span),
        weight: round(reason.weight),
    }
}

fn wire_span(feedback: &Feedback, field: Field, span: Span) -> WireSpan<'_> {
    WireSpan { start: span.start, end: span.end, text: span.slice(feedback.field(field)).unwrap_or_default() }
}

fn round(value: f32) -> f64 {
    round_wide(f64::from(value))
}

/// To 4 decimals; a negative zero becomes zero.
fn round_wide(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding() {
        assert_eq!(round(-0.000_01).to_string(), "0");
        assert_eq!(round(0.123_456), 0.1235);
    }

    #[test]
    fn schema_names_every_key() {
        let schema: serde_json::Value = serde_json::from_str(INSIGHT_SCHEMA).unwrap();
        let rule = crate::rule::Rule::new("lamp", "lamp").unwrap().tag("lamp");
        let pack = crate::rule::RulePack::new("test").rule(rule).unwrap();
        let engine = crate::Engine::builder().rules(pack).build().unwrap();
        let feedback = Feedback::from_text("The delivery was very late, but I love the lamp");
        let wire = serde_json::to_value(engine.analyze(&feedback).to_wire(&feedback)).unwrap();
        let keys = |v: &serde_json::Value| {
            let mut keys: Vec<String> = v.as_object().unwrap().keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(&wire), keys(&schema["properties"]));
        assert_eq!(keys(&wire["sentiment"]), keys(&schema["properties"]["sentiment"]["properties"]));
        assert_eq!(
            keys(&wire["opinions"][0]),
            keys(&schema["properties"]["opinions"]["items"]["properties"])
        );
        assert_eq!(keys(&wire["severity"]), keys(&schema["properties"]["severity"]["properties"]));
        assert_eq!(keys(&wire["effort"]), keys(&schema["properties"]["effort"]["properties"]));
        let labels = |pointer: &str| schema.pointer(pointer).unwrap().as_array().unwrap().len();
        assert_eq!(labels("/properties/intents/items/enum"), Intent::ALL.len());
        assert_eq!(labels("/properties/flags/items/enum"), Flag::ALL.len());
        assert_eq!(labels("/properties/language/enum"), Language::ALL.len());
    }
}

//! Faults of a survey that bend its answers: found by the words of its questions and the steps of its scales.

mod scale;
mod wording;

use crate::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use wording::Class;

/// Questions above which people give up or click through.
const MOST: usize = 10;
/// Open questions above which the answers become short.
const MOST_OPEN: usize = 3;

/// How a question is answered.
///
/// ```
/// use candor::channel::{AnswerForm, SurveyQuestion};
/// let question = SurveyQuestion::new("What did you buy?").form(AnswerForm::Choice).options(["Lamp", "Bulb"]);
/// assert_eq!(question.options.len(), 2);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AnswerForm {
    /// In the customer's own words.
    Open,
    /// By one or several of the options.
    Choice,
    /// By a step of a scale; the options are its steps, as far as they have names.
    #[default]
    Scale,
}

/// A question to be checked.
///
/// ```
/// use candor::channel::{AnswerForm, SurveyQuestion};
/// let question = SurveyQuestion::new("How satisfied are you with the delivery?").options(["Bad", "Fair", "Good"]);
/// assert_eq!(question.form, AnswerForm::Scale);
/// assert_eq!(SurveyQuestion::open("Why?").form, AnswerForm::Open);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SurveyQuestion {
    /// The words of the question.
    pub text: String,
    /// How it is answered.
    pub form: AnswerForm,
    /// Choices, or steps of the scale from one end to the other.
    pub options: Vec<String>,
}

impl SurveyQuestion {
    /// A question that is answered on a scale.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A question that is answered in own words.
    pub fn open(text: impl Into<String>) -> Self {
        Self { form: AnswerForm::Open, ..Self::new(text) }
    }

    /// The same with the names of its choices or steps.
    #[must_use]
    pub fn options<T: Into<String>>(mut self, options: impl IntoIterator<Item = T>) -> Self {
        self.options = options.into_iter().map(Into::into).collect();
        self
    }

    /// The same with another form of answer.
    #[must_use]
    pub fn form(mut self, form: AnswerForm) -> Self {
        self.form = form;
        self
    }
}

/// What is wrong with a question or a survey.
///
/// ```
/// use candor::channel::SurveyFault;
/// assert_eq!(SurveyFault::DoubleBarrelled.as_str(), "double_barrelled");
/// assert!(SurveyFault::Leading.advice().starts_with("ask without"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SurveyFault {
    /// The question suggests its answer.
    Leading,
    /// The question asks for two things with one answer.
    DoubleBarrelled,
    /// The question leaves no degrees: always, never, every.
    Absolute,
    /// The scale has more steps on one side than on the other.
    UnbalancedScale,
    /// The survey asks too much.
    TooManyQuestions,
}

impl SurveyFault {
    /// The name as it stands on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::DoubleBarrelled => "double_barrelled",
            Self::Absolute => "absolute",
            Self::UnbalancedScale => "unbalanced_scale",
            Self::TooManyQuestions => "too_many_questions",
        }
    }

    /// What to do about it.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Leading => "ask without praise and without a hint at the answer you hope for",
            Self::DoubleBarrelled => "ask for one thing at a time: make two questions of it",
            Self::Absolute => "ask how often or how much instead of always or never",
            Self::UnbalancedScale => "give the scale as many good as bad steps",
            Self::TooManyQuestions => {
                "keep what you will act on: at most 10 questions, at most 3 of them open"
            }
        }
    }
}

impl fmt::Display for SurveyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A fault, where it is and what shows it.
///
/// ```
/// let questions = [candor::channel::SurveyQuestion::new("How was our amazing delivery?")];
/// let finding = &candor::channel::lint_survey(&questions)[0];
/// assert_eq!(finding.span.unwrap().slice(&questions[0].text), Some("our amazing"));
/// assert_eq!(
///     finding.to_string(),
///     "question 1, leading: \"our amazing\"; ask without praise and without a hint at the answer you hope for"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SurveyFinding {
    /// Index of the question, counted from 0; none when it is about the whole survey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<usize>,
    /// What is wrong.
    pub kind: SurveyFault,
    /// The words that show it, or a count.
    pub evidence: String,
    /// Where the words are in the text of the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What to do about it.
    pub advice: &'static str,
}

impl SurveyFinding {
    fn new(question: Option<usize>, kind: SurveyFault, evidence: String) -> Self {
        Self { question, kind, evidence, span: None, advice: kind.advice() }
    }
}

impl fmt::Display for SurveyFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.question {
            Some(index) => write!(f, "question {}", index + 1)?,
            None => f.write_str("survey")?,
        }
        write!(f, ", {}: \"{}\"; {}", self.kind, self.evidence, self.advice)
    }
}

/// Checks the questions of a survey, in English and Chinese, before it is sent; `data/lint.tsv` holds the words.
///
/// Findings come in the order of the questions, those of the whole survey last.
///
/// ```
/// use candor::channel::{SurveyFault, SurveyQuestion, lint_survey};
/// let findings = lint_survey(&[
///     SurveyQuestion::new("How satisfied are you with price and quality?"),
///     SurveyQuestion::new("难道您不喜欢我们的新包装吗？"),
///     SurveyQuestion::new("How was the delivery?").options(["Excellent", "Very good", "Good", "Poor"]),
///     SurveyQuestion::open("What should we do better?"),
/// ]);
/// let kinds: Vec<_> = findings.iter().map(|f| (f.question, f.kind, f.evidence.as_str())).collect();
/// assert_eq!(
///     kinds,
///     [
///         (Some(0), SurveyFault::DoubleBarrelled, "and"),
///         (Some(1), SurveyFault::Leading, "难道"),
///         (Some(2), SurveyFault::UnbalancedScale, "3 good, 1 bad"),
///     ]
/// );
/// ```
#[must_use]
pub fn lint_survey(questions: &[SurveyQuestion]) -> Vec<SurveyFinding> {
    let mut findings = Vec::new();
    for (index, question) in questions.iter().enumerate() {
        worded(index, question, &mut findings);
        if question.form == AnswerForm::Scale
            && let Some(evidence) = scale::unbalanced(&question.options)
        {
            findings.push(SurveyFinding::new(Some(index), SurveyFault::UnbalancedScale, evidence));
        }
    }
    let open = questions.iter().filter(|question| question.form == AnswerForm::Open).count();
    for (count, most, what) in [(questions.len(), MOST, "questions"), (open, MOST_OPEN, "open questions")] {
        if count > most {
            let evidence = format!("{count} {what}");
            findings.push(SurveyFinding::new(None, SurveyFault::TooManyQuestions, evidence));
        }
    }
    findings
}

/// What the words of a question show; the first of each kind is enough.
fn worded(index: usize, question: &SurveyQuestion, findings: &mut Vec<SurveyFinding>) {
    let text = &question.text;
    let two = || wording::second_question(text);
    // In own words one can answer two things.
    let joined = || wording::joined(text).filter(|_| question.form != AnswerForm::Open);
    let found = [
        (SurveyFault::Leading, wording::find(text, Class::Leading)),
        (SurveyFault::DoubleBarrelled, two().or_else(joined)),
        (SurveyFault::Absolute, wording::find(text, Class::Absolute)),
    ];
    for (kind, span) in found {
        let Some(span) = span else { continue };
        let evidence = span.slice(text).unwrap_or_default().to_owned();
        findings.push(SurveyFinding { span: Some(span), ..SurveyFinding::new(Some(index), kind, evidence) });
    }
}

#[cfg(test)]
mod tests;

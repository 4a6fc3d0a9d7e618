//! Reused working memory.

use crate::annotate::Workspace;

/// Working memory of [`Engine::analyze_into`](crate::Engine::analyze_into); keep one a thread.
///
/// It grows to the longest text it has seen and holds nothing of it that matters.
///
/// ```
/// use candor::{Engine, Feedback};
/// let engine = Engine::builder().build()?;
/// let (mut scratch, mut insight) = (engine.scratch(), engine.insight());
/// for text in ["很好用", "awful"] {
///     engine.analyze_into(&Feedback::from_text(text), &mut scratch, &mut insight);
/// }
/// assert!(insight.sentiment().score < 0.0);
/// # Ok::<(), candor::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) work: Workspace,
}

//! What hosts rely on without calling it: threads, clones, sizes.

use candor::annotate::{Opinion, Sentiment};
use candor::case::{Case, Desk, Library};
use candor::engine::{EngineBuilder, Scratch};
use candor::lexicon::Lexicon;
use candor::priority::{Facts, Model};
use candor::sla::{Calendar, Policy};
use candor::{Engine, Error, ErrorKind, Feedback, Insight, Location, Span, Taxonomy};

fn shared<T: Send + Sync + 'static>() {}
fn error<T: std::error::Error>() {}
fn cloned<T: Clone>() {}
fn copied<T: Copy>() {}

#[test]
fn values_may_cross_threads() {
    shared::<Engine>();
    shared::<EngineBuilder>();
    shared::<Scratch>();
    shared::<Insight>();
    shared::<Feedback>();
    shared::<Taxonomy>();
    shared::<Lexicon>();
    shared::<Desk>();
    shared::<Case>();
    shared::<Library>();
    shared::<Calendar>();
    shared::<Policy>();
    shared::<Model>();
    shared::<Facts>();
    shared::<Error>();
    shared::<Location>();
}

#[test]
fn values_may_be_cloned() {
    cloned::<Engine>();
    cloned::<Insight>();
    cloned::<Feedback>();
    cloned::<Taxonomy>();
    cloned::<Lexicon>();
    cloned::<Location>();
    copied::<Span>();
    copied::<Opinion>();
    copied::<Sentiment>();
    copied::<ErrorKind>();
}

#[test]
fn errors_are_one_word() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Error>>(), size_of::<usize>());
    error::<Error>();
}

#[test]
fn engines_are_handles() {
    assert_eq!(size_of::<Engine>(), 2 * size_of::<usize>(), "a clone copies two counted pointers");
}

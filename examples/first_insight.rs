//! The example of the README: one text in, a verdict that explains itself out.
#![allow(clippy::print_stdout, reason = "a program speaks to its caller")]

use candor::{Engine, Feedback};

fn main() -> candor::Result<()> {
    let engine = Engine::builder().build()?;
    let feedback = Feedback::from_text("The lamp is beautiful, but delivery was too slow. 客服很耐心。");
    let insight = engine.analyze(&feedback);
    for opinion in insight.opinions() {
        let topic = opinion.topic.map_or("no topic", |topic| insight.path(topic));
        println!("{topic}: {}", opinion.polarity);
    }
    println!("{}", engine.explain(&insight, &feedback));
    Ok(())
}

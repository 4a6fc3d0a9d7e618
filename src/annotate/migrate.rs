//! Stored insights under a newer taxonomy.

use super::topic::OUTWEIGHS;
use crate::error::{Error, ErrorKind, Result};
use crate::taxonomy::{Migration, Moved};
use serde_json::{Value, json};

/// Moves a stored insight, the JSON form of a [`WireInsight`](super::WireInsight), to the paths of a newer taxonomy.
///
/// Opinions of a split topic go where their target and expression lead. Of topics that fall together the mentions
/// are added and the scores averaged by them. On an error nothing has changed. Time is linear in the insight and,
/// for split topics, in the words of the parts.
///
/// ```
/// use candor::{Engine, Feedback, annotate::migrate};
/// let engine = Engine::builder().build()?;
/// let taxonomy = engine.taxonomy();
/// let migration = taxonomy.migrate(taxonomy, "v2.toml", r#"
///     [[topic]]
///     from = "delivery/speed"
///     to = ["delivery/courier"]
/// "#)?;
/// let feedback = Feedback::from_text("Delivery was far too slow.");
/// let mut stored = serde_json::to_value(engine.analyze(&feedback).to_wire(&feedback)).unwrap();
/// assert_eq!(migrate(&mut stored, &migration)?.moved(), 2);
/// assert_eq!(stored["topics"][0]["topic"], "delivery/courier");
/// # Ok::<(), candor::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Unknown`] for a topic that the older taxonomy does not have, [`ErrorKind::Syntax`] when it is no insight;
/// with the path inside it.
pub fn migrate(insight: &mut Value, migration: &Migration) -> Result<Moved> {
    let mut moved = Moved::default();
    let (opinions, mut shares) = opinions(insight, migration, &mut moved)?;
    named(insight, migration, &mut shares, &mut moved)?;
    for (opinion, path) in array_mut(insight, "opinions").zip(opinions) {
        if let (Some(topic), Some(path)) = (opinion.get_mut("topic"), path) {
            *topic = json!(path);
        }
    }
    if let Some(topics) = insight.get_mut("topics") {
        *topics = summed(&shares);
    }
    Ok(moved)
}

/// What one older topic, or one opinion of a split one, gives to a newer topic.
struct Share<'a> {
    path: &'a str,
    polarity: String,
    score: f64,
    mentions: u64,
}

/// The new path of every opinion, and what those of split topics give.
type Opinions<'a> = (Vec<Option<&'a str>>, Vec<Share<'a>>);

fn opinions<'a>(insight: &Value, migration: &'a Migration, moved: &mut Moved) -> Result<Opinions<'a>> {
    let (mut paths, mut shares) = (Vec::new(), Vec::new());
    for (at, opinion) in array(insight, "opinions")?.iter().enumerate() {
        let Some(older) = opinion.get("topic").and_then(Value::as_str) else {
            paths.push(None);
            continue;
        };
        let words =
            ["/target/text", "/expression/text"].map(|part| opinion.pointer(part).and_then(Value::as_str));
        let words = words.map(Option::unwrap_or_default);
        let home =
            migration.home_of(older, &words).map_err(|e| e.at_path(format!("/opinions/{at}/topic")))?;
        moved.note(older, home, 1);
        paths.push(Some(home.path));
        if migration.is_split(older) {
            shares.push(Share { mentions: 1, ..share(opinion, home.path) });
        }
    }
    Ok((paths, shares))
}

/// Adds what the topics of the insight give, apart from those that are split and have opinions.
fn named<'a>(
    insight: &Value,
    migration: &'a Migration,
    shares: &mut Vec<Share<'a>>,
    moved: &mut Moved,
) -> Result<()> {
    for (at, topic) in array(insight, "topics")?.iter().enumerate() {
        let place = format!("/topics/{at}/topic");
        let Some(older) = topic.get("topic").and_then(Value::as_str) else {
            return Err(Error::new(ErrorKind::Syntax, "a topic has no path").at_path(place));
        };
        let home = migration.home(older).map_err(|e| e.at_path(place))?;
        let share = share(topic, home.path);
        if home.decided || share.mentions == 0 {
            moved.note(older, home, 1);
            shares.push(share);
        }
    }
    Ok(())
}

fn share<'a>(of: &Value, path: &'a str) -> Share<'a> {
    Share {
        path,
        polarity: of.get("polarity").and_then(Value::as_str).unwrap_or("neutral").to_owned(),
        score: of.get("score").and_then(Value::as_f64).unwrap_or_default(),
        mentions: of.get("mentions").and_then(Value::as_u64).unwrap_or_default(),
    }
}

/// One topic a path, in the order of first mention.
fn summed(shares: &[Share<'_>]) -> Value {
    let mut paths: Vec<&str> = Vec::new();
    for share in shares {
        if !paths.contains(&share.path) {
            paths.push(share.path);
        }
    }
    paths.into_iter().map(|path| sum(path, shares.iter().filter(|s| s.path == path))).collect()
}

fn sum<'a>(path: &str, shares: impl Iterator<Item = &'a Share<'a>> + Clone) -> Value {
    let mentions: u64 = shares.clone().map(|s| s.mentions).sum();
    // A topic that is only named says nothing beside opinions on it.
    let mut told = shares.filter(|s| s.mentions > 0 || mentions == 0);
    let weight = |s: &Share<'_>| s.mentions.max(1) as f64;
    let total: f64 = told.clone().map(weight).sum();
    let score: f64 = told.clone().map(|s| s.score * weight(s)).sum::<f64>() / total;
    let first = told.next().map_or("neutral", |s| s.polarity.as_str());
    let polarity = match score {
        _ if told.all(|s| s.polarity == first) => first,
        s if s > f64::from(OUTWEIGHS) => "positive",
        s if s < -f64::from(OUTWEIGHS) => "negative",
        _ => "mixed",
    };
    let score = (score * 10_000.0).round() / 10_000.0 + 0.0;
    json!({ "topic": path, "polarity": polarity, "score": score, "mentions": mentions })
}

fn array<'a>(insight: &'a Value, key: &str) -> Result<&'a [Value]> {
    let found = insight.get(key).and_then(Value::as_array);
    let missing = || Error::new(ErrorKind::Syntax, format!("an insight has a list of {key}"));
    found.map(Vec::as_slice).ok_or_else(missing)
}

fn array_mut<'a>(insight: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    insight.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Taxonomy;

    fn migration(toml: &str) -> Migration {
        let taxonomy = Taxonomy::commerce().unwrap();
        taxonomy.migrate(&taxonomy, "map.toml", toml).unwrap()
    }

    fn opinion(topic: &str, target: &str, score: f64) -> Value {
        json!({ "topic": topic, "polarity": "negative", "score": score, "target": { "text": target },
            "expression": { "text": "bad" } })
    }

    fn mention(topic: &str, score: f64, mentions: u64) -> Value {
        json!({ "topic": topic, "polarity": "negative", "score": score, "mentions": mentions })
    }

    #[test]
    fn merged_topics_are_averaged_by_mentions() {
        let map = migration("[[topic]]\nfrom = \"delivery/cost\"\nto = [\"price/fee\"]");
        let mut stored = json!({
            "opinions": [opinion("delivery/cost", "postage", -0.2), opinion("price/fee", "fee", -0.8)],
            "topics": [mention("delivery/cost", -0.2, 1), mention("price/fee", -0.8, 2)],
        });
        let moved = migrate(&mut stored, &map).unwrap();
        assert_eq!((moved.moved(), moved.undecided()), (2, 0));
        assert_eq!(stored["topics"], json!([mention("price/fee", -0.6, 3)]));
        assert_eq!(stored["opinions"][0]["topic"], "price/fee");
    }

    #[test]
    fn words_decide_where_a_split_topic_goes() {
        let map = migration(
            "[[topic]]\nfrom = \"service/speed\"\nto = [\"payment/method\", \"packaging\"]\ndefault = \"overall\"",
        );
        let mut stored = json!({
            "opinions": [opinion("service/speed", "The carton", -0.5), opinion("service/speed", "it", -0.1)],
            "topics": [mention("service/speed", -0.3, 2)],
        });
        let moved = migrate(&mut stored, &map).unwrap();
        assert_eq!((moved.moved(), moved.undecided()), (1, 1));
        assert_eq!(stored["topics"], json!([mention("packaging", -0.5, 1), mention("overall", -0.1, 1)]));
    }

    #[test]
    fn unknown_topics_are_refused_and_nothing_changes() {
        let mut stored = json!({ "opinions": [], "topics": [mention("delivery/sped", -0.3, 2)] });
        let before = stored.clone();
        let error = migrate(&mut stored, &migration("")).unwrap_err();
        let wanted = "/topics/0/topic: topic \"delivery/sped\" is not in the older taxonomy; did you mean \
                      \"delivery/speed\"?";
        assert_eq!((error.to_string().as_str(), &stored), (wanted, &before));
    }
}

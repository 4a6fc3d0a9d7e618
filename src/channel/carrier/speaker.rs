//! Who speaks in a conversation: the host's own people by name, others by what they are called.

use crate::feedback::{Customer, FeedbackBuilder, Role, Turn};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// `data/speaker.tsv`: label in lower case, and its role.
static LABELS: LazyLock<BTreeMap<&str, Role>> = LazyLock::new(|| {
    let lines = include_str!("data/speaker.tsv").lines().filter(|line| !line.starts_with('#'));
    let role = |name| match name {
        "agent" => Role::Agent,
        "bot" => Role::Bot,
        "system" => Role::System,
        "customer" => Role::Customer,
        _ => Role::Unknown,
    };
    lines.filter_map(|line| line.split_once('\t')).map(|(label, name)| (label, role(name))).collect()
});

/// Marks of direction and width that apps put around names and before words.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A name without marks and blanks around it.
pub(super) fn bare(name: &str) -> &str {
    name.trim_matches(|c: char| is_invisible(c) || c.is_whitespace())
}

/// The role that a label tells: `Agent`, `Agent 2`, `Lena (customer)`, `客服小王`.
pub(super) fn role_of(label: &str) -> Option<Role> {
    let label = bare(label).to_lowercase();
    let counted = label.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#' | '_' | '-'));
    let known = |name: &str| LABELS.get(bare(name)).copied();
    known(&label).or_else(|| known(counted)).or_else(|| in_brackets(counted, known)).or_else(|| part(counted))
}

/// What stands in the brackets behind a name.
fn in_brackets(label: &str, known: impl Fn(&str) -> Option<Role>) -> Option<Role> {
    let (name, rest) = label.split_once(['(', '（', '['])?;
    known(rest.trim_end_matches([')', '）', ']'])).or_else(|| known(name))
}

/// The longest label that a name begins or ends with, as a word of its own where words have blanks.
fn part(label: &str) -> Option<Role> {
    let stands_out = |known: &str, rest: &str, before: bool| {
        let edge = if before { rest.chars().next_back() } else { rest.chars().next() };
        !known.is_ascii() || edge.is_some_and(|c| !c.is_alphanumeric())
    };
    let fits = |known: &&str| {
        label.strip_prefix(*known).is_some_and(|rest| stands_out(known, rest, false))
            || label.strip_suffix(*known).is_some_and(|rest| stands_out(known, rest, true))
    };
    let longest = LABELS.keys().filter(|known| fits(known)).max_by_key(|known| known.len())?;
    LABELS.get(longest).copied()
}

/// Gives the turns their roles, and the record its customer, agent and times.
///
/// Known are the names the host gave and the labels of the list. Whoever is left is the customer when the host
/// gave names; of two speakers the one left is the other side of the one known; else nobody can tell.
pub(super) fn converse(builder: FeedbackBuilder, mut turns: Vec<Turn>, agents: &[String]) -> FeedbackBuilder {
    assign(&mut turns, agents);
    let mut builder = builder.customer(customer(&turns));
    if let Some(agent) = only(&turns, Role::Agent) {
        builder = builder.agent(agent);
    }
    if let Some(at) = turns.first().and_then(|turn| turn.at) {
        builder = builder.created_at(at);
    }
    if let Some(at) = turns.last().and_then(|turn| turn.at) {
        builder = builder.updated_at(at);
    }
    builder.turns(turns)
}

/// Gives the turns their roles, all speakers being known.
pub(super) fn assign(turns: &mut [Turn], agents: &[String]) {
    let agents: BTreeSet<String> = agents.iter().map(|name| bare(name).to_lowercase()).collect();
    let mut roles: BTreeMap<String, Option<Role>> = BTreeMap::new();
    for turn in turns.iter().filter(|turn| turn.role != Role::System) {
        if let Some(name) = turn.author.as_deref().filter(|name| !roles.contains_key(*name)) {
            let own = agents.contains(&name.to_lowercase()).then_some(Role::Agent);
            roles.insert(name.to_owned(), own.or_else(|| role_of(name)));
        }
    }
    let rest = match roles.values().flatten().next() {
        _ if !agents.is_empty() => Role::Customer,
        Some(known) if roles.len() == 2 => other_side(*known),
        _ => Role::Unknown,
    };
    for turn in turns.iter_mut().filter(|turn| turn.role != Role::System) {
        let known = turn.author.as_ref().and_then(|name| roles.get(name));
        turn.role = known.map_or(Role::Unknown, |role| role.unwrap_or(rest));
    }
}

fn other_side(role: Role) -> Role {
    match role {
        Role::Agent | Role::Bot => Role::Customer,
        Role::Customer => Role::Agent,
        _ => Role::Unknown,
    }
}

/// The one customer; a telephone number is an id, a label no name.
pub(super) fn customer(turns: &[Turn]) -> Customer {
    let Some(name) = only(turns, Role::Customer) else { return Customer::default() };
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let is_phone = digits >= 6 && !name.chars().any(char::is_alphabetic);
    let name = Some(name.to_owned());
    if is_phone {
        Customer { id: name, ..Customer::default() }
    } else {
        Customer { name, ..Customer::default() }
    }
}

/// The only name that speaks in this role, unless it is a mere label.
fn only(turns: &[Turn], role: Role) -> Option<&str> {
    let names: BTreeSet<&str> =
        turns.iter().filter(|turn| turn.role == role).filter_map(|turn| turn.author.as_deref()).collect();
    let name = names.first().copied().filter(|_| names.len() == 1)?;
    let label = name.to_lowercase();
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#' | '_' | '-'));
    (!LABELS.contains_key(label)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_known() {
        let lines: Vec<&str> =
            include_str!("data/speaker.tsv").lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.is_sorted(), "sort data/speaker.tsv");
        assert_eq!(lines.len(), LABELS.len(), "a label is given twice or has no role");
        for (label, role) in LABELS.iter() {
            assert_eq!(*label, label.to_lowercase());
            assert_ne!(*role, Role::Unknown, "{label}");
        }
    }

    #[test]
    fn labels_tell_roles() {
        for (label, role) in [
            ("Agent", Some(Role::Agent)),
            ("AGENT 2", Some(Role::Agent)),
            ("Customer_1", Some(Role::Customer)),
            ("Support agent Tom", Some(Role::Agent)),
            ("Lena (customer)", Some(Role::Customer)),
            ("客服小王", Some(Role::Agent)),
            ("智能客服", Some(Role::Bot)),
            ("李女士（客户）", Some(Role::Customer)),
            ("Agenta", None),
            ("Lena", None),
            ("说话人1", None),
        ] {
            assert_eq!(role_of(label), role, "{label}");
        }
    }

    fn roles(names: &[&str], agents: &[&str]) -> Vec<Role> {
        let turn = |name: &&str| Turn { author: Some((*name).to_owned()), ..Turn::default() };
        let turns = names.iter().map(turn).collect();
        let agents: Vec<String> = agents.iter().map(|name| (*name).to_owned()).collect();
        let item = converse(crate::feedback::Feedback::builder("1"), turns, &agents).build().unwrap();
        item.turns().iter().map(|turn| turn.role).collect()
    }

    #[test]
    fn who_is_left_is_told_by_who_is_known() {
        assert_eq!(roles(&["Lena", "Tom"], &[]), [Role::Unknown, Role::Unknown]);
        assert_eq!(roles(&["Lena", "Tom"], &["tom "]), [Role::Customer, Role::Agent]);
        assert_eq!(roles(&["Lena", "Agent"], &[]), [Role::Customer, Role::Agent]);
        assert_eq!(roles(&["Lena", "顾客"], &[]), [Role::Agent, Role::Customer]);
        assert_eq!(roles(&["Lena", "Tom", "Agent"], &[]), [Role::Unknown, Role::Unknown, Role::Agent]);
    }
}

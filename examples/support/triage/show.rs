//! What the terminal shows, as one text.

use super::clean::Aside;
use super::intake::Intake;
use super::table::{Table, short};
use candor::case::{Case, Playbook, RemedyKind};
use candor::metrics::share::Contrast;
use candor::metrics::{Direction, Estimate, Quote, Summary};
use candor::priority::{Move, Ranked};
use candor::sla::{Measure, Policy, Subject};
use candor::taxonomy::Topic;
use candor::text::mask;
use candor::{Feedback, Taxonomy};
use jiff::Timestamp;
use std::fmt::Write;

/// Issues shown; the report holds all.
const ISSUES: usize = 12;
/// Cases shown.
const CASES: usize = 6;
/// Dimensions that may cause a problem, and the customers it takes to point at one.
const CAUSES: &[&str] = &["product", "courier", "store", "region", "agent", "team"];
const LEAST: u64 = 5;
/// Columns of the name of a scope.
const PLACE: usize = 40;
/// Columns of a quote.
const QUOTE: usize = 110;

/// The data that every part of the page needs.
pub(crate) struct Page<'a> {
    pub(crate) summary: &'a Summary,
    pub(crate) ranked: &'a [Ranked],
    pub(crate) taxonomy: &'a Taxonomy,
    pub(crate) policy: &'a Policy,
    pub(crate) playbook: &'a Playbook,
}

/// How much was read, and what was set aside and why.
pub(crate) fn intake(out: &mut String, intake: &Intake<'_>, files: usize, summary: &Summary) {
    let s = if files == 1 { "" } else { "s" };
    _ = write!(out, "{} items read from {files} file{s}", intake.items);
    match summary.period {
        Some((from, to)) => _ = writeln!(out, ", {} from {from} to {to} count", summary.items),
        None => _ = writeln!(out, ", {} count", summary.items),
    }
    let reasons = Aside::ALL.iter().map(|reason| (intake.aside.get(reason).copied(), reason.as_str()));
    let rejects = (Some(intake.rejects).filter(|n| *n > 0), "unreadable");
    counts(out, "Set aside", [rejects].into_iter().chain(reasons));
    for reject in &intake.rejected {
        _ = writeln!(out, "  {}", short(reject, QUOTE));
    }
    counts(out, "Without a verdict, only ratings count", known(&intake.wordless, |reason| reason.as_str()));
    counts(out, "Marked", known(&intake.flags, |flag| flag.as_str()));
    counts(out, "Named by your rules", known(&intake.tags, String::as_str));
    counts(out, "Fields that nothing reads", known(&intake.unread, String::as_str));
    out.push('\n');
}

fn known<K, V: Copy>(
    map: &std::collections::BTreeMap<K, V>,
    name: fn(&K) -> &str,
) -> impl Iterator<Item = (Option<V>, &str)> {
    map.iter().map(move |(key, n)| (Some(*n), name(key)))
}

fn counts<'a>(out: &mut String, label: &str, counts: impl Iterator<Item = (Option<u64>, &'a str)>) {
    let parts: Vec<String> = counts.filter_map(|(n, name)| Some(format!("{} {name}", n?))).collect();
    if !parts.is_empty() {
        _ = writeln!(out, "{label}: {}", parts.join(", "));
    }
}

/// Satisfaction with intervals.
pub(crate) fn satisfaction(out: &mut String, summary: &Summary) {
    let s = &summary.satisfaction;
    let mut table = Table::new(&["Satisfaction", "value", "95 % interval", "n"]);
    let mut line = |name: &str, number: Option<&Estimate>| {
        let Some(x) = number else { return };
        let interval = format!("{:.2} to {:.2}", x.low, x.high);
        table.row(vec![name.to_owned(), format!("{:.2}", x.value), interval, x.n.to_string()], Vec::new());
    };
    line("rating, 1 to 5", s.rating.as_ref());
    line("NPS, -100 to 100", s.nps.as_ref());
    line("CSAT, share satisfied", s.csat.as_ref());
    line("sentiment, -1 to 1", s.sentiment.as_ref());
    for mean in s.ces.iter().chain(&s.others) {
        let kind = format!("{:?}", mean.kind).to_lowercase();
        line(&format!("{kind}, {} to {}", mean.min, mean.max), Some(&mean.mean));
    }
    table.print(out);
    out.push('\n');
}

/// How the ranks move under the weights asked for.
pub(crate) fn what_if(out: &mut String, moves: &[Move]) {
    if moves.is_empty() {
        return;
    }
    out.push_str("With the weights of --weights\n");
    let mut table = Table::new(&["#", "before", "problem", "score by"]);
    for moved in moves.iter().take(ISSUES) {
        let from = moved.from.map_or_else(|| "-".to_owned(), |from| from.to_string());
        let change = format!("{:+.1}", moved.change);
        table.row(vec![moved.to.to_string(), from, moved.topic.clone(), change], Vec::new());
    }
    table.print(out);
    out.push('\n');
}

impl Page<'_> {
    /// What must not wait for its place in the ranking.
    pub(crate) fn act_now(&self, out: &mut String) {
        for issue in self.ranked.iter().filter(|issue| issue.override_reason().is_some()) {
            let reason = issue.override_reason().unwrap_or_default();
            let customers = issue.issue().customers;
            _ = writeln!(
                out,
                "Act now ({reason}): {} {}, {customers} customers",
                issue.topic(),
                place(issue)
            );
            for q in &issue.issue().quotes {
                _ = writeln!(out, "      {}", quote(q));
            }
        }
        out.push('\n');
    }

    /// The ranking.
    pub(crate) fn issues(&self, out: &mut String) {
        let on = self
            .summary
            .basis
            .map_or_else(|| "impact".to_owned(), |basis| format!("impact on {}", basis.as_str()));
        _ = writeln!(
            out,
            "Problems, the first to solve first (trend: last {} days against those before)",
            self.summary.window_days
        );
        let mut table = Table::new(&[
            "#",
            "problem",
            "where",
            "customers",
            "share",
            "severity",
            "trend",
            "impact",
            "priority",
            "department",
            "due",
        ]);
        for ranked in self.ranked.iter().take(ISSUES) {
            let (cells, notes) = self.issue(ranked);
            table.row(cells, notes);
        }
        table.print(out);
        _ = writeln!(
            out,
            "  impact: {on}, leave-one-out; share: of the customers there; all with 95 % intervals"
        );
        if self.ranked.len() > ISSUES {
            _ = writeln!(out, "  and {} more in the report", self.ranked.len() - ISSUES);
        }
        out.push('\n');
    }

    fn issue(&self, ranked: &Ranked) -> (Vec<String>, Vec<String>) {
        let issue = ranked.issue();
        let topic = self.taxonomy.find(ranked.topic()).and_then(|id| self.taxonomy.topic(id));
        let class = topic.map(Topic::complaint_class).unwrap_or_default();
        let due = self
            .summary
            .now
            .and_then(|now| self.policy.due(Measure::Resolution, &Subject::new(class, issue.worst), now));
        let share = &issue.share;
        let cells = vec![
            ranked.rank().to_string(),
            ranked.topic().to_owned(),
            place(ranked),
            issue.customers.to_string(),
            format!("{:.1} % ({:.1}-{:.1})", 100.0 * share.value, 100.0 * share.low, 100.0 * share.high),
            format!("{:.2}", issue.severity.value),
            trend(ranked),
            issue.impact.map_or_else(
                || "-".to_owned(),
                |i| format!("{:+.2} ({:+.2} {:+.2})", i.value, i.low, i.high),
            ),
            format!("{:.1} ({:.0}-{:.0})", ranked.score(), ranked.low(), ranked.high()),
            topic.map_or("-", Topic::department).to_owned(),
            due.map(minute).unwrap_or_default(),
        ];
        let terms: Vec<String> =
            ranked.terms().iter().map(|t| format!("{} {:.1}", t.name.as_str(), t.contribution)).collect();
        let mut notes = vec![format!("{:.1} = {}", ranked.score(), terms.join(" + "))];
        notes.extend(issue.quotes.first().map(quote));
        notes.extend(self.stands_out(ranked));
        (cells, notes)
    }

    /// Where a problem of all is surely more frequent than elsewhere, though not mostly there.
    fn stands_out(&self, ranked: &Ranked) -> Option<String> {
        let summary = self.summary;
        let all = (ranked.issue().customers, summary.customers);
        let rows = summary.topics.iter().filter(|row| row.topic == ranked.topic() && row.customers >= LEAST);
        let (row, scope, contrast) = rows
            .filter_map(|row| {
                let scope = row.scope.as_ref().filter(|scope| CAUSES.contains(&scope.dimension.as_str()))?;
                let whole = summary.scopes.iter().find(|whole| whole.scope == *scope)?;
                let contrast = Contrast::new((row.customers, whole.customers), all, summary.confidence)?;
                Some((row, scope, contrast))
            })
            .max_by(|a, b| a.2.gap().total_cmp(&b.2.gap()).then_with(|| b.1.cmp(a.1)))
            .filter(|(.., contrast)| ranked.scope().is_none() && contrast.gap() > 0.0)?;
        let (share, rest) = (100.0 * contrast.inside.value, 100.0 * contrast.outside.value);
        let direction = row.trend.direction.as_str();
        Some(format!(
            "stands out: {scope}, {} customers, {share:.1} % against {rest:.1} %, {direction}",
            row.customers
        ))
    }

    /// The most urgent complaints.
    pub(crate) fn cases(&self, out: &mut String, cases: &[Case], words: &[&Feedback], all: u64) {
        _ = writeln!(out, "{all} items need a case; the most urgent:");
        for (case, feedback) in cases.iter().zip(words).take(CASES) {
            let opening = case.opening();
            let due = case.due(Measure::Resolution, self.policy).map(minute).unwrap_or_default();
            let topic = opening.triage.topics.first().map_or("overall", String::as_str);
            _ = writeln!(
                out,
                "  {} {} {topic}, {}, due {due}",
                case.id(),
                opening.triage.severity,
                case.department()
            );
            _ = writeln!(out, "      {}", short(&mask(&voice(feedback)), QUOTE));
            let remedy = self.playbook.remedies(topic).find(|remedy| remedy.kind == RemedyKind::Individual);
            if let Some(remedy) = remedy {
                _ = writeln!(out, "      -> {}", remedy.en);
            }
        }
    }
}

fn place(ranked: &Ranked) -> String {
    ranked.scope().map_or_else(|| "everywhere".to_owned(), |scope| short(&scope.to_string(), PLACE))
}

fn trend(ranked: &Ranked) -> String {
    let trend = &ranked.issue().trend;
    match (trend.direction, trend.change) {
        (Direction::Unknown, _) => "unknown".to_owned(),
        (direction, Some(change)) => format!("{} x{change:.2}", direction.as_str()),
        (direction, None) => format!("{}, new", direction.as_str()),
    }
}

fn quote(quote: &Quote) -> String {
    let item = format!("{}/{}", quote.source(), quote.id());
    format!("\"{}\" {}", short(&mask(quote.text()), QUOTE), short(&item, PLACE))
}

/// What the customer wrote, as one line.
fn voice(feedback: &Feedback) -> String {
    let turns = feedback.turns().iter().filter(|turn| turn.role.is_read()).map(|turn| turn.text.as_str());
    [feedback.title(), feedback.text()].into_iter().chain(turns).collect::<Vec<_>>().join(" ")
}

fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%MZ").to_string()
}

//! A report for people: Markdown.

use super::form::{Case, Impact, Issue, Number, Quote, Report};
use crate::sla::Measure;
use std::fmt::Write;

impl Report {
    /// The report as Markdown with tables (GitHub flavour).
    pub fn to_markdown(&self) -> String {
        let mut out = String::from("# Customer feedback\n\n");
        self.head(&mut out);
        self.satisfaction_table(&mut out);
        self.alert_table(&mut out);
        self.issue_table(&mut out);
        self.issues.iter().for_each(|issue| details(&mut out, issue));
        self.driver_table(&mut out);
        self.theme_list(&mut out);
        self.case_table(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let read = &self.read;
        if let (Some(from), Some(to)) = (self.period.from, self.period.to) {
            _ = write!(out, "{from} to {to}. ");
        }
        _ = writeln!(
            out,
            "{} items read; set aside: {} unreadable, {} duplicates, {} default reviews, {} advertising, {} others.\n",
            read.items, read.rejects, read.duplicates, read.templates, read.spam, read.others
        );
        if self.fingerprints.len() > 1 {
            out.push_str(
                "Verdicts of different engine versions are counted together: compare with care.\n\n",
            );
        }
    }

    fn satisfaction_table(&self, out: &mut String) {
        let s = &self.satisfaction;
        out.push_str("## Satisfaction\n\n| | Value | Interval | n |\n|---|---:|---|---:|\n");
        let mut line = |name: &str, number: Option<&Number>| {
            _ = match number {
                Some(x) => {
                    writeln!(out, "| {name} | {:.2} | {:.2} to {:.2} | {} |", x.value, x.low, x.high, x.n)
                }
                None => writeln!(out, "| {name} | not asked | | 0 |"),
            };
        };
        line("Rating (1 to 5)", s.rating.as_ref().map(|r| &r.number));
        line("CSAT (share satisfied)", s.csat.as_ref());
        line("NPS (points)", s.nps.as_ref());
        line("Sentiment (−1 to 1)", s.sentiment.as_ref());
        for mean in &s.ces {
            line(&format!("CES ({} to {})", mean.min, mean.max), Some(&mean.number));
        }
        out.push('\n');
    }

    fn alert_table(&self, out: &mut String) {
        if self.alerts.is_empty() {
            return;
        }
        out.push_str("## Act now\n\n| # | Problem | Why | Customers | Worst | Department | Due |\n|---:|---|---|---:|---|---|---|\n");
        for alert in &self.alerts {
            let cells = [
                alert.rank.to_string(),
                alert.topic.clone(),
                alert.reason.clone(),
                alert.customers.to_string(),
                alert.severity.to_string(),
                alert.department.clone().unwrap_or_default(),
                alert.due.map(|due| due.to_string()).unwrap_or_default(),
            ];
            _ = writeln!(out, "| {} |", cells.map(|text| escape(&text)).join(" | "));
        }
        out.push('\n');
    }

    fn issue_table(&self, out: &mut String) {
        out.push_str("## What to do first\n\n");
        if self.issues.is_empty() {
            out.push_str("No problem was found.\n\n");
            return;
        }
        out.push_str("| # | Problem | Where | Customers | Share | Severity | Trend | Impact | Priority | Department | Due |\n");
        out.push_str("|---:|---|---|---:|---|---:|---|---|---|---|---|\n");
        for issue in &self.issues {
            let cells = [
                name(issue),
                place(issue),
                issue.customers.to_string(),
                share(&issue.share),
                format!("{:.2}", issue.severity),
                trend(issue),
                issue.impact.as_ref().map(impact).unwrap_or_default(),
                priority(issue),
                issue.department.clone().unwrap_or_default(),
                issue.due.map(|due| due.to_string()).unwrap_or_default(),
            ];
            let cells: Vec<String> = cells.iter().map(|text| escape(text)).collect();
            _ = writeln!(out, "| {} | {} |", issue.rank, cells.join(" | "));
        }
        out.push('\n');
    }

    fn driver_table(&self, out: &mut String) {
        let Some(first) = self.drivers.first() else { return };
        _ = writeln!(out, "## What goes along with the {}\n", first.on.as_str());
        out.push_str("Spearman's correlation over the items that have both; impact: with the topic against without, leave-one-out. Neither proves a cause.\n\n");
        out.push_str("| Topic or aspect | Correlation | Interval | q | n | Mean | Impact |\n|---|---:|---|---:|---:|---:|---|\n");
        for driver in &self.drivers {
            let r = &driver.correlation;
            let cells = [
                format!("{} {}", driver.kind, driver.name),
                format!("{:+.2}", r.value),
                format!("{:+.2} to {:+.2}", r.low, r.high),
                driver.q.map(|q| format!("{q:.4}")).unwrap_or_default(),
                r.n.to_string(),
                format!("{:.2}", driver.mean.value),
                driver.impact.as_ref().map(impact).unwrap_or_default(),
            ];
            _ = writeln!(out, "| {} |", cells.map(|text| escape(&text)).join(" | "));
        }
        out.push('\n');
    }

    fn theme_list(&self, out: &mut String) {
        if self.themes.is_empty() {
            return;
        }
        out.push_str("## What no topic knows yet\n\n");
        for theme in &self.themes {
            let phrases = escape(&theme.phrases.join(", "));
            let (items, customers, q) = (theme.items, theme.customers, theme.q);
            _ = writeln!(out, "- **{phrases}**: {items} items, {customers} customers, q {q:.4}\n");
            theme.quotes.iter().for_each(|q| quote(out, "  ", q));
        }
    }

    fn case_table(&self, out: &mut String) {
        if self.cases.is_empty() {
            return;
        }
        out.push_str("## Cases\n\n| Case | Step | Class | Department | Resolution due | Remedies |\n|---|---|---|---|---|---|\n");
        for case in &self.cases {
            let cells = [
                case.id.clone(),
                case.step.as_str().to_owned(),
                case.complaint_class.as_str().to_owned(),
                case.department.clone(),
                due(case),
                case.remedies.join(", "),
            ];
            let cells: Vec<String> = cells.iter().map(|text| escape(text)).collect();
            _ = writeln!(out, "| {} |", cells.join(" | "));
        }
        out.push('\n');
    }
}

/// Terms, quotes and remedies of one issue.
fn details(out: &mut String, issue: &Issue) {
    _ = writeln!(out, "### {}. {}\n", issue.rank, escape(&name(issue)));
    let term = |t: &super::form::Term| format!("{} {:.1}", t.name.as_str(), t.contribution);
    let terms: Vec<String> = issue.priority.terms.iter().map(term).collect();
    _ = writeln!(out, "Priority {:.1} = {}\n", issue.priority.score, terms.join(" + "));
    issue.quotes.iter().for_each(|q| quote(out, "", q));
    for remedy in &issue.remedies {
        _ = writeln!(out, "- {} / {}", escape(&remedy.en), escape(&remedy.zh));
    }
    if !issue.remedies.is_empty() {
        out.push('\n');
    }
}

fn name(issue: &Issue) -> String {
    issue.name.as_ref().map_or_else(|| issue.topic.clone(), |name| format!("{} ({})", name.en, issue.topic))
}

fn place(issue: &Issue) -> String {
    let parts: Vec<String> =
        issue.scope.iter().map(|(dimension, value)| format!("{dimension}: {value}")).collect();
    if parts.is_empty() { "everywhere".to_owned() } else { parts.join(", ") }
}

fn share(share: &Number) -> String {
    let percent = |part: f64| 100.0 * part;
    format!("{:.1} % ({:.1} to {:.1})", percent(share.value), percent(share.low), percent(share.high))
}

fn trend(issue: &Issue) -> String {
    let trend = &issue.trend;
    match (trend.direction, trend.change) {
        (crate::metrics::Direction::Unknown, _) => "not enough data".to_owned(),
        (direction, Some(change)) => format!("{} (×{change:.2})", direction.as_str()),
        (direction, None) => direction.as_str().to_owned(),
    }
}

fn impact(i: &Impact) -> String {
    format!("{} {:+.2} ({:+.2} to {:+.2})", i.on.as_str(), i.value, i.low, i.high)
}

fn quote(out: &mut String, indent: &str, quote: &Quote) {
    let (text, source, id) = (escape(&quote.text), escape(&quote.source), escape(&quote.id));
    _ = writeln!(out, "{indent}> {text} ({source}/{id})\n");
}

fn priority(issue: &Issue) -> String {
    let p = &issue.priority;
    let first = p.override_reason.as_ref().map(|reason| format!(", first: {reason}")).unwrap_or_default();
    format!("{:.0} ({:.0} to {:.0}){first}", p.score, p.low, p.high)
}

fn due(case: &Case) -> String {
    let due = case.due.get(&Measure::Resolution).copied().flatten();
    due.map(|at| at.to_string()).unwrap_or_default()
}

/// One line that ends no table cell and starts no markup of its own.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

//! The issues as a table for spreadsheets.

use super::form::{Issue, Report};

const HEADER: &str = "rank,topic,scope,items,customers,share,share_low,share_high,severity,trend,change,q,impact_on,impact,\
impact_low,impact_high,score,score_low,score_high,override,department,complaint_class,due,quote";

impl Report {
    /// The issues as CSV (RFC 4180, comma, LF, with a header).
    ///
    /// Words that a spreadsheet would run as a formula get an apostrophe in front (OWASP, "CSV Injection");
    /// numbers stay numbers. Written without the `csv` crate, which is optional.
    pub fn to_csv(&self) -> String {
        let mut out = format!("{HEADER}\n");
        for issue in &self.issues {
            out.push_str(&row(issue).join(","));
            out.push('\n');
        }
        out
    }
}

fn row(issue: &Issue) -> Vec<String> {
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    let scope: Vec<String> =
        issue.scope.iter().map(|(dimension, value)| format!("{dimension}={value}")).collect();
    let impact = issue.impact.as_ref();
    vec![
        issue.rank.to_string(),
        cell(&issue.topic),
        cell(&scope.join("; ")),
        issue.items.to_string(),
        issue.customers.to_string(),
        number(Some(issue.share.value)),
        number(Some(issue.share.low)),
        number(Some(issue.share.high)),
        number(Some(issue.severity)),
        cell(issue.trend.direction.as_str()),
        number(issue.trend.change),
        number(issue.trend.q),
        cell(impact.map_or("", |i| i.on.as_str())),
        number(impact.map(|i| i.value)),
        number(impact.map(|i| i.low)),
        number(impact.map(|i| i.high)),
        number(Some(issue.priority.score)),
        number(Some(issue.priority.low)),
        number(Some(issue.priority.high)),
        cell(issue.priority.override_reason.as_deref().unwrap_or_default()),
        cell(issue.department.as_deref().unwrap_or_default()),
        cell(issue.complaint_class.as_str()),
        cell(&issue.due.map(|due| due.to_string()).unwrap_or_default()),
        cell(issue.quotes.first().map_or("", |q| q.text.as_str())),
    ]
}

/// A text cell: no formula, quoted where needed.
pub(super) fn cell(text: &str) -> String {
    let starts =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n');
    let formula = text.starts_with(starts) || text.trim_start().starts_with(starts);
    let safe = if formula { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r', ';']) || safe.trim() != safe {
        return format!("\"{}\"", safe.replace('"', "\"\""));
    }
    safe
}

//! How far the path of a walk agrees with a wanted one.

/// Whether `wanted` begins with, or `here` is, the path walked so far.
pub(super) fn leads_to(walked: &[String], wanted: &str, here: bool) -> bool {
    rest(walked, wanted).is_some_and(|mut rest| rest.next().is_none() == here)
}

/// Whether the path walked so far is that of a list on the way to `wanted`.
pub(super) fn leads_into_list(walked: &[String], wanted: &str) -> bool {
    rest(walked, wanted).is_some_and(|mut rest| rest.next() == Some("[]"))
}

/// The steps that are left of `wanted`, if it begins with the path walked.
fn rest<'w>(walked: &[String], wanted: &'w str) -> Option<std::str::Split<'w, char>> {
    let mut steps = wanted.split('/');
    let fits = walked.iter().all(|name| match steps.next() {
        Some("*") => true,
        Some("[]") => name.bytes().all(|b| b.is_ascii_digit()),
        step => step == Some(name),
    });
    fits.then_some(steps)
}

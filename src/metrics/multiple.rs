//! Many tests at once.

/// q-values of Benjamini and Hochberg (1995, JRSS B 57:289): calling everything with q < 0.05 a finding keeps
/// the expected part of false findings below 5 %. In the order of the p-values given.
///
/// ```
/// use candor::metrics::multiple::q_values;
/// let q = q_values(&[0.01, 0.04, 0.03, 0.005]);
/// assert_eq!(q, [0.02, 0.04, 0.04, 0.02]); // scipy.stats.false_discovery_control
/// ```
pub fn q_values(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let n = p.len() as f64;
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (below, (index, p)) in order.into_iter().enumerate() {
        least = least.min(p * n / (n - below as f64));
        if let Some(slot) = q.get_mut(index) {
            *slot = least;
        }
    }
    q
}

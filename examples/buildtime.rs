//! temp
use std::time::Instant;
fn main() {
    let mut best = f64::MAX;
    for _ in 0..15 {
        let t = Instant::now();
        let e = candor::Engine::builder().build().unwrap();
        best = best.min(t.elapsed().as_secs_f64() * 1e3);
        std::hint::black_box(&e);
    }
    println!("best {best:.1} ms");
    let t = Instant::now();
    let x = candor::Taxonomy::commerce().unwrap();
    println!("taxonomy {:.1} ms {}", t.elapsed().as_secs_f64() * 1e3, x.topics().len());
}

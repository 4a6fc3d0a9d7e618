//! temp
fn main() {
    let e = candor::Engine::builder().build().unwrap();
    let f = std::env::args().nth(1).unwrap();
    let t: Vec<_> = std::fs::read_to_string(f)
        .unwrap()
        .lines()
        .take(1500)
        .map(|l| candor::Feedback::from_text(l))
        .collect();
    let (mut s, mut i) = (e.scratch(), e.insight());
    for x in &t {
        if std::env::args().nth(2).is_some() {
            e.sentiment_into(x.text(), &mut s, &mut i);
        } else {
            e.analyze_into(x, &mut s, &mut i);
        }
        std::hint::black_box(i.sentiment());
    }
    println!("{}", t.iter().map(|f| f.text().len()).sum::<usize>());
}

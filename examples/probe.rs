//! temp
fn main(){ let t=std::time::Instant::now(); let e=candor::Engine::builder().build(); match e { Err(e)=>println!("{e}"), Ok(e)=>{ println!("{:?} {} bytes",t.elapsed(), e.memory());
 for l in std::io::stdin().lines(){ let l=l.unwrap(); let f=candor::Feedback::from_text(l.clone()); let i=e.analyze(&f); println!("{l}\n{}{}\n", e.explain(&i,&f), serde_json::to_string(&i.to_wire(&f)).unwrap()); } } } }

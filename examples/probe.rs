//! temp
use std::io::{BufRead, Write};
fn main(){ let mut b=candor::Engine::builder(); if let Some(p)=std::env::args().nth(2) { b=b.words(candor::lexicon::Lexicon::new().list(candor::lexicon::List::Valence,"w",&std::fs::read_to_string(p).unwrap()).unwrap()); } let e=b.build().unwrap(); let mode=std::env::args().nth(1).unwrap_or_default();
 let mut out=std::io::BufWriter::new(std::io::stdout().lock()); let (mut s, mut i)=(e.scratch(), e.insight());
 for l in std::io::stdin().lock().lines(){ let l=l.unwrap();
 if mode=="explain" { let f=candor::Feedback::from_text(l.clone()); let i=e.analyze(&f); writeln!(out,"{l}\n{}{}\n", e.explain(&i,&f), serde_json::to_string(&i.to_wire(&f)).unwrap()).unwrap(); continue; }
 let v: serde_json::Value=serde_json::from_str(&l).unwrap(); let g=|k:&str| v[k].as_str().unwrap_or("").to_string();
 let mut b=candor::Feedback::builder(g("id")).text(g("text")); if !g("title").is_empty(){ b=b.title(g("title")); }
 let f=match b.build(){Ok(f)=>f,Err(_)=>candor::Feedback::builder(g("id")).text(" ").build().unwrap()};
 e.analyze_into(&f,&mut s,&mut i);
 if mode=="features" { 
   let fs: Vec<(String,f32,f32)> = i.evidence().iter().map(|x| (i.rule(x), x.weight, i.steps(x).iter().map(|s|s.factor).product::<f32>())).collect();
   writeln!(out,"{}",serde_json::to_string(&serde_json::json!({"f":fs.iter().map(|(r,_w,k)|(r,(*k*1e3).round()/1e3)).collect::<Vec<_>>(),"score":i.sentiment().score})).unwrap()).unwrap();
 } else { writeln!(out,"{}",serde_json::to_string(&i.to_wire(&f)).unwrap()).unwrap(); } } }

use super::*;

#[track_caller]
fn finds(question: &SurveyQuestion, expected: &[(SurveyFault, &str)]) {
    let findings = lint_survey(std::slice::from_ref(question));
    let found: Vec<_> = findings.iter().map(|f| (f.kind, f.evidence.as_str())).collect();
    assert_eq!(found, expected, "{}", question.text);
    for finding in &findings {
        if let Some(span) = finding.span {
            assert_eq!(span.slice(&question.text), Some(finding.evidence.as_str()));
        }
    }
}

#[test]
fn the_list_is_sorted_and_known() {
    let list = include_str!("../data/lint.tsv");
    let lines: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.is_sorted(), "sort data/lint.tsv");
    assert_eq!(wording::entries().count(), lines.len(), "a class is not known");
    let mut wordings: Vec<&str> = wording::entries().map(|(wording, _)| wording).collect();
    wordings.dedup();
    assert_eq!(wordings.len(), lines.len(), "a wording is listed twice");
}

#[test]
fn leading_questions() {
    for (text, evidence) in [
        ("Don't you think the lamp is bright?", "Don't you think"),
        ("Don’t you agree?", "Don’t you agree"),
        ("How much did you love the new shop?", "How much did you love"),
        ("How helpful was our award-winning team?", "our award-winning"),
        ("您是否同意我们的客服很专业？", "您是否同意"),
        ("贴心的包装给您留下什么印象？", "贴心的"),
    ] {
        finds(&SurveyQuestion::new(text), &[(SurveyFault::Leading, evidence)]);
    }
    for plain in [
        "How easy was it to find the lamp?",
        "Which course did you take?",
        "How was the delivery?",
        "您对物流满意吗？",
        "您喜欢哪种灯？",
    ] {
        finds(&SurveyQuestion::new(plain), &[]);
    }
}

#[test]
fn double_barrelled_questions() {
    for (text, evidence) in [
        ("How satisfied are you with price and quality?", "and"),
        ("Was the courier fast, or friendly?", "or"),
        ("您对价格和质量满意吗？", "和"),
        ("How was the price? And the quality?", "And the quality?"),
    ] {
        finds(&SurveyQuestion::new(text), &[(SurveyFault::DoubleBarrelled, evidence)]);
    }
    for plain in [
        "How likely are you to recommend us to a friend or colleague?",
        "How is the brand seen??",
        "客服回复及时吗？",
        "您会向朋友或同事推荐我们吗？",
        "灯光柔和吗？",
    ] {
        finds(&SurveyQuestion::new(plain), &[]);
    }
    finds(&SurveyQuestion::open("What do you like and dislike?"), &[]);
    finds(&SurveyQuestion::open("Why? What else?"), &[(SurveyFault::DoubleBarrelled, "What else?")]);
}

#[test]
fn absolute_questions() {
    finds(&SurveyQuestion::new("Do you always read the manual?"), &[(SurveyFault::Absolute, "always")]);
    finds(&SurveyQuestion::new("快递总是准时吗？"), &[(SurveyFault::Absolute, "总是")]);
    finds(&SurveyQuestion::new("How often do you read the manual?"), &[]);
}

#[test]
fn scales_are_balanced() {
    let scale = |steps: &str| SurveyQuestion::new("How was it?").options(steps.split(", "));
    for (steps, evidence) in [
        ("Excellent, Very good, Good, Fair, Poor", "3 good, 1 bad"),
        ("Very satisfied, Satisfied, Dissatisfied", "2 good, 1 bad"),
        ("非常满意, 满意, 比较满意, 不满意", "3 good, 1 bad"),
        ("Bad, Very bad, Terrible, Good", "1 good, 3 bad"),
    ] {
        finds(&scale(steps), &[(SurveyFault::UnbalancedScale, evidence)]);
    }
    for steps in [
        "Very satisfied, Satisfied, Neither satisfied nor dissatisfied, Dissatisfied, Very dissatisfied",
        "Not at all likely, Unlikely, Neutral, Likely, Very likely",
        "Very easy, Easy, Difficult, Very difficult, Don't know",
        "非常满意, 满意, 一般, 不满意, 非常不满意",
        "很好, 好, 一般, 差, 很差",
        "不太可能, 一般, 可能",
        "1, 2, 3, 4, 5",
        "Red, Green, Blue",
        "Daily, Good, Poor, Weekly, Monthly",
    ] {
        finds(&scale(steps), &[]);
    }
    let choice = scale("Good price, Good light, Easy to clean").form(AnswerForm::Choice);
    finds(&choice, &[]);
}

#[test]
fn surveys_are_short() {
    let many = vec![SurveyQuestion::new("How was it?"); 11];
    let findings = lint_survey(&many);
    assert_eq!(
        findings[0].to_string(),
        "survey, too_many_questions: \"11 questions\"; keep what you will act on: at most 10 questions, at most 3 of them open"
    );
    let open = vec![SurveyQuestion::open("Why?"); 4];
    assert_eq!(lint_survey(&open)[0].evidence, "4 open questions");
    assert_eq!(lint_survey(&many[..10]), []);
    assert_eq!(lint_survey(&[]), []);
}

#[test]
fn findings_go_on_the_wire() {
    let findings = lint_survey(&[SurveyQuestion::new("Surely fine?")]);
    assert_eq!(
        serde_json::to_string(&findings).unwrap(),
        r#"[{"question":0,"kind":"leading","evidence":"Surely","span":{"start":0,"end":6},"advice":"ask without praise and without a hint at the answer you hope for"}]"#
    );
    let question: SurveyQuestion = serde_json::from_str(r#"{"text":"Why?","form":"open"}"#).unwrap();
    assert_eq!(question, SurveyQuestion::open("Why?"));
}

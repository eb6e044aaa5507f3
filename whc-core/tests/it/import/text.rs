//! Cleaning of texts.

use proptest::prelude::*;

use super::*;

fn name(raw: &str) -> String {
    try_name(raw).unwrap()
}

/// The name after an import; `None` where it is left out, as one with an entity that has no meaning is.
fn try_name(raw: &str) -> Option<String> {
    let json =
        serde_json::json!([{"id_no": 7, "name_en": raw, "date_inscribed": 1978, "category": "Natural"}]);
    let json = json.to_string();
    import::read(json.as_bytes(), None).ok()?;
    Some(only(json.as_bytes()).names.english().to_owned())
}

#[test]
fn markup_goes_and_what_only_looks_like_it_stays() {
    assert_eq!(name("<em>Speicherstadt</em> and <I>Kontorhaus</I>"), "Speicherstadt and Kontorhaus");
    assert_eq!(name("Line one<br />line two"), "Line one line two");
    assert_eq!(name("<p>One.</p><p>Two.</p>"), "One. Two.");
    assert_eq!(name("10 m<sup>2</sup><SMALL>!</SMALL>"), "10 m2!");
    assert_eq!(name("<!-- hidden -->Shown"), "Shown");
    assert_eq!(name("A <!-- x -->B<!----> <!-- c"), "A B <!-- c");
    assert_eq!(name("a < b and c > d"), "a < b and c > d");
    assert_eq!(name("<تلال"), "<تلال");
}

#[test]
fn entities_are_decoded_however_often_they_were_encoded() {
    assert_eq!(name("Ch&acirc;teau &amp; parc"), "Château & parc");
    assert_eq!(name("A&amp;nbsp;B&amp;amp;C"), "A B&C");
    assert_eq!(name("&lt;em&gt;Hidden&lt;/em&gt; tag"), "Hidden tag");
    assert_eq!(name("&#233;t&#xE9;"), "été");
}

#[test]
fn an_entity_without_a_meaning_is_no_text() {
    assert_eq!(try_name("Gal&foo;pagos"), None);
    assert_eq!(name("Research & development; more"), "Research & development; more");
}

#[test]
fn invisible_characters_go_and_spaces_are_single() {
    assert_eq!(name("soft\u{AD}hyphen zero\u{200B}width \u{200F}mark\u{91}"), "softhyphen zerowidth mark");
    assert_eq!(name("  a\u{A0}\tb\r\n c  "), "a b c");
    assert_eq!(name("Mad\u{101} \u{350} in"), "Madā in", "a diacritic on a space has nothing to sit on");
    assert_eq!(name("e\u{301}te\u{301}"), "été");
    assert_eq!(name("می\u{200C}خواهم"), "می\u{200C}خواهم", "joiners carry meaning");
}

#[test]
fn a_damaged_text_never_replaces_a_whole_one() {
    let header = "id_no,name_en,date_inscribed,category";
    let mut known = Known::default();
    known.import(&csv(header, &["7,Whole,2000,Natural"]));
    let plan = known.import(&csv(header, &["7,Dam\u{FFFD}ged,2000,Natural"]));
    assert_eq!(known.site(7).names.english(), "Whole");
    assert!(says(&plan, "U+FFFD"));
}

#[test]
fn embedded_names_are_clean_already() {
    for site in whc_core::site::embedded().unwrap() {
        for (language, text) in site.names.translations().iter() {
            // In front of it is a word, since no other site can have the name.
            let text = format!("x {text}");
            assert_eq!(name(&text), text, "site {} in {language}", site.id);
        }
    }
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once(raw in "[a-z<>/&;#0-9 \u{AD}\u{300}\u{A0}é]{0,40}") {
        let once = try_name(&format!("x{raw}"));
        prop_assert_eq!(once.as_deref().and_then(try_name), once);
    }
}

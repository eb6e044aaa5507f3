//! Words: in which language they are, in which encoding, and which of them stand for nothing.

use whc_core::Language;

use super::table::{Table, worse};
use super::*;

/// The XML of the list in another language, as the channel has it: without a language in its names.
fn xml(language: &str) -> Vec<u8> {
    let table = Table::embedded().only(&["id_no", &format!("name_{language}"), "date_inscribed", "name_en"]);
    let text = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let rows = table.rows.iter().map(|row| {
        let [id, name, year, english] = [0, 1, 2, 3].map(|at| text(&row[at]));
        let name = if name.is_empty() { english } else { name };
        format!(
            "<row><id_number>{id}</id_number><site>{name}</site><date_inscribed>{year}</date_inscribed>\
             <states>Équateur</states><short_description>{name}.</short_description></row>"
        )
    });
    format!("<query>{}</query>", rows.collect::<String>()).into_bytes()
}

#[test]
fn names_are_stored_in_the_language_they_are_in() {
    for (file, language) in [(xml("fr"), Language::French), (xml("zh"), Language::Chinese)] {
        let mut known = Known::embedded();
        let name = known.site(1).names.translations().get(language).unwrap().to_owned();
        let mut names = known.site(1).names.translations().clone();
        names.set(language, "");
        let at = known.0.iter().position(|site| site.id.get() == 1).unwrap();
        known.0[at] = Arc::new(Site { names: names.try_into().unwrap(), ..Site::clone(&known.0[at]) });
        let plan = known.import(&file);
        assert!(says(&plan, "the names are in "), "{:?}", plan.findings.first());
        assert_eq!(known.site(1).names.translations().get(language), Some(&*name));
        assert_eq!(known.site(1).short_descriptions.get(language), Some(&*format!("{name}.")));
        assert_eq!(worse(&known), Vec::<String>::new());
    }
    let said = refusal(&Table::embedded().swapped("name_fr", "name_es").csv());
    assert!(said.contains("the column name_fr has names in Spanish"), "{said}");
    let said = refusal(&Table::embedded().renamed("name_en", "x").renamed("name_fr", "name_en").csv());
    assert!(said.contains("the column name_en has names in French"), "{said}");
}

#[test]
fn words_for_nothing_are_empty_and_namibia_is_not() {
    let words = ["NA", "NULL", "None", "\\N", "N/A", "-", "nan", "#NAME?"];
    let header = "id_no,name_en,name_fr,date_inscribed,category,area_hectares,states_name_en,iso_code";
    let lines: Vec<_> = words
        .iter()
        .zip(9001..)
        .map(|(word, id)| format!("{id},A,{word},2000,Natural,{word},{word},{word}"))
        .collect();
    let lines: Vec<_> =
        lines.iter().map(String::as_str).chain(["9100,B,,2000,Natural,1,Namibia,NA"]).collect();
    let mut known = Known::default();
    let plan = known.import(&csv(header, &lines));
    for id in 9001..9009 {
        let site = known.site(id);
        assert_eq!((site.states.len(), site.names.translations().iter().count()), (0, 1), "{id}");
    }
    assert_eq!(known.site(9100).states[0].iso.unwrap().as_str(), "NA");
    assert!(says(&plan, "32 cells have a word that stands for nothing, as NULL, NA or -; read as empty"));
}

#[test]
fn an_encoding_is_believed_by_the_names_it_gives() {
    let text =
        String::from_utf8(Table::embedded().only(&["id_no", "name_fr", "date_inscribed"]).csv()).unwrap();
    let in_encoding = |letters: &[(char, u8)], latin: bool| -> Vec<u8> {
        let byte = |c: char| {
            let listed = letters.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
            listed.or_else(|| u8::try_from(u32::from(c)).ok().filter(|byte| latin || byte.is_ascii()))
        };
        text.chars().map(|c| byte(c).unwrap_or(b'?')).collect()
    };
    let windows = in_encoding(&[('’', 0x92), ('œ', 0x9C), ('–', 0x96), ('Œ', 0x8C)], true);
    let mac = in_encoding(
        &[('é', 0x8E), ('è', 0x8F), ('à', 0x88), ('â', 0x89), ('ê', 0x90), ('ô', 0x99), ('É', 0x83)],
        false,
    );
    let said = refusal(&mac);
    assert!(said.contains("the text is not UTF-8") && said.contains("--encoding"), "{said}");
    let plan = harmless(&windows).1;
    assert!(says(&plan, "are right as Windows-1252"));
    let reading = import::Reading::new(None, Some("macintosh".parse().unwrap()));
    assert!(import::read_with(&mac, &reading, &mut |_, _| {}).is_ok());
    assert!("latin-99".parse::<import::Encoding>().unwrap_err().to_string().contains("macintosh"));
}

#[test]
fn what_was_read_in_another_encoding_is_read_back() {
    let header = "id_no,name_en,name_fr,date_inscribed,category";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &["9001,CafÃ© â€œZ,Ã\u{93}rfÃ¡,2000,Cultural"]));
    assert_eq!(known.site(9001).names.english(), "Café “Z");
    assert_eq!(known.site(9001).names.translations().get(Language::French), Some("Órfá"), "Latin 1");
    assert!(says(&plan, "is UTF-8 that was read as another encoding"));
}

#[test]
fn a_text_that_lost_letters_never_wins() {
    let accepting = Options::default().accepting(["name_en".parse().unwrap()]);
    for name in [
        "Gal?pagos Islands",
        "Gal\u{FFFD}pagos Islands",
        "Gal\u{FFFD}\u{FFFD}pagos Islands",
        "GalÃ¡pagos Islands",
        "Gal&foo;pagos Islands",
    ] {
        let mut known = Known::embedded();
        known.import_with(&read(&Table::embedded().set(1, "name_en", name).csv()), &accepting);
        assert_eq!(known.site(1).names.english(), "Galápagos Islands", "{name}");
    }
    for name in ["Gal?pagos Islands", "Gal\u{FFFD}\u{FFFD}pagos Islands", "GalÃ¡pagos Islands"] {
        let mut known = Known::embedded();
        known.import(format!("id,name,language\n1,{name},en\n").as_bytes());
        let names = serde_json::json!([{"id": 1, "names": {"en": name}}]);
        known.import(names.to_string().as_bytes());
        assert_eq!(known.site(1).names.english(), "Galápagos Islands", "{name}, in an export of ours");
    }
}

/// A table with Russian names, saved in an encoding that has no Cyrillic.
#[test]
fn a_text_without_its_letters_is_none() {
    let header = "id_no,name_en,name_fr,name_ru,name_zh,short_description_ru,date_inscribed,category";
    let line = "9001,Old Town (part?),Ville?,???????? ????? – 2,??,<p>????? ? ?????</p>,2000,Cultural";
    let mut known = Known::default();
    let plan = known.import(&csv(header, &[line]));
    let site = known.site(9001);
    let names: Vec<_> = site.names.translations().iter().collect();
    assert_eq!(names, [(Language::English, "Old Town (part?)"), (Language::French, "Ville?")]);
    assert_eq!(site.short_descriptions.iter().count(), 0);
    assert!(says(
        &plan,
        "3 texts are mostly ? in place of letters that an encoding lacks; they are left out"
    ));
    let ours = r#"{"id":9001,"name":"????","language":"ru","names":{"en":"Old Town","ru":"??? ?????"},"category":"Cultural",
        "date_inscribed":2000,"short_description":"??? – ??"}"#;
    let mut known = Known::default();
    let plan = known.import(ours.as_bytes());
    assert_eq!(known.site(9001).names.translations().iter().count(), 1);
    assert!(says(&plan, "3 texts are mostly ?"));
    known.import("id,name,language\n9001,??? ?????,ru\n".as_bytes());
    assert_eq!(known.site(9001).names.translations().iter().count(), 1);
}

/// A column that had room for so many letters.
#[test]
fn a_text_that_was_cut_never_wins() {
    let header = "id_no,name_en,short_description_en,date_inscribed,category";
    let text = "A valley with terraces and a road of stones. ".repeat(5);
    let line = |text: &str| format!("9001,A,{text},2000,Cultural");
    let mut known = Known::default();
    known.import(&csv(header, &[&line(&text)]));
    let whole = known.site(9001).short_descriptions.clone();
    known.import(&csv(header, &[&line(&text[..200])]));
    known.import(&csv(header, &[&line(&format!("{}…", &text[..150]))]));
    assert_eq!(known.site(9001).short_descriptions, whole);
    known.import(&csv(header, &[&line("A valley.")]));
    assert_ne!(known.site(9001).short_descriptions, whole, "that is another text");
    // A name may be the start of another one, but not where a column ends.
    let name = "Old Town, Harbour, Walls and Gardens ".repeat(4);
    let accepting = Options::default().accepting(["name_en".parse().unwrap()]);
    for (letters, is_taken) in [(110, false), (36, true)] {
        let mut known = Known::default();
        known.import(&csv(header, &[&format!("9001,\"{name}\",,2000,Cultural")]));
        let start = format!("9001,\"{}\",,2000,Cultural", &name[..letters]);
        known.import_with(&read(&csv(header, &[&start])), &accepting);
        assert_eq!(known.site(9001).names.english() == &name[..letters], is_taken, "{letters}");
    }
}

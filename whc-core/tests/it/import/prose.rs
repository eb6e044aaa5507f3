//! Descriptions and justifications, of which nothing is compiled in: what is none is left out, what is another site's refused.

use whc_core::{Language, Translations};

use super::table::Table;
use super::*;

/// A description of a site of this name.
fn described(language: Language, name: &str) -> String {
    let (start, end) = match language {
        Language::English => (
            "In the heart of the old country lies ",
            ", which is known for the beauty of its houses and of the land around them.",
        ),
        Language::French => (
            "Au cœur de ce vieux pays se trouve ",
            ", qui est connu pour la beauté de ses maisons et de la campagne des environs.",
        ),
        Language::Spanish => (
            "En el corazón de este viejo país se encuentra ",
            ", que es conocido por la belleza de sus casas y del campo que las rodea.",
        ),
        Language::Russian => (
            "В самом сердце этой старой страны находится ",
            ", который известен красотой своих домов и всей окружающей земли.",
        ),
        Language::Arabic => {
            ("في قلب هذا البلد القديم يقع ", "، وهو معروف بجمال بيوته وبجمال الأرض التي تحيط بها من كل جانب.")
        }
        Language::Chinese => ("在这个古老国家的中心坐落着", "，它以其房屋和周围土地的美丽而闻名于世。"),
    };
    format!("{start}{name}{end}")
}

/// The list with a description of every site in a language, made of its name by `text`.
fn with_texts(column: &str, language: Language, text: impl Fn(&str) -> String) -> Table {
    let mut table = Table::embedded();
    let name = table.column(&format!("name_{language}"));
    let texts: Vec<_> = table.rows.iter().map(|row| row[name].clone()).collect();
    table.header.push(column.to_owned());
    for (row, name) in table.rows.iter_mut().zip(texts) {
        row.push(if name.is_empty() { String::new() } else { text(&name) });
    }
    table
}

fn column(language: Language) -> String {
    format!("short_description_{language}")
}

fn planned(table: &Table) -> Plan {
    import::plan(&Known::embedded().0, &read(&table.csv()), &Options::default()).unwrap()
}

fn descriptions(plan: &Plan) -> usize {
    plan.sites.iter().filter(|site| !site.short_descriptions.is_empty()).count()
}

#[test]
fn texts_that_are_right_are_taken_in_every_language() {
    for language in Language::ALL {
        let plan = planned(&with_texts(&column(language), language, |name| described(language, name)));
        let named = plan.sites.iter().filter(|site| site.names.translations().get(language).is_some());
        assert!(descriptions(&plan) > 1000 && descriptions(&plan) == named.count(), "{language}");
        assert!(
            plan.findings.iter().all(|finding| !finding.done.contains("left out")),
            "{:?}",
            plan.findings
        );
    }
}

#[test]
fn texts_in_another_language_are_left_out() {
    for (told, language) in [
        (Language::English, Language::French),
        (Language::Spanish, Language::Russian),
        (Language::Arabic, Language::Chinese),
        (Language::French, Language::Spanish),
    ] {
        let plan = planned(&with_texts(&column(told), language, |name| described(language, name)));
        assert!(says(&plan, "texts are in another language; they are left out"), "{told} {language}");
        assert!(descriptions(&plan) < 10, "{told} {language}: {}", descriptions(&plan));
    }
    // One that no official file has.
    let german = |name: &str| {
        format!(
            "Mitten in dem alten Land liegt {name}, das für die Schönheit seiner Häuser und der Gegend bekannt ist."
        )
    };
    let plan = planned(&with_texts(&column(Language::English), Language::English, german));
    assert!(descriptions(&plan) < 100, "{}", descriptions(&plan));
    // One among many, over one that is known.
    let before = described(Language::English, "Aachen");
    let mut known = Known::some(&[3]);
    let description = [(Language::English, before.as_str())].into_iter().collect::<Translations>();
    known = Known::of(vec![Site { short_descriptions: description, ..known.site(3).clone() }]);
    let text = described(Language::French, "Aix");
    known.import(&csv("id_no,name_en,short_description_en", &[&format!("3,Aachen Cathedral,\"{text}\"")]));
    assert_eq!(known.site(3).short_descriptions.get(Language::English), Some(before.as_str()));
}

#[test]
fn texts_of_other_sites_are_refused() {
    for language in Language::ALL {
        let mut table = with_texts(&column(language), language, |name| described(language, name));
        let texts: Vec<_> = table.rows.iter().map(|row| row.last().unwrap().clone()).collect();
        table.rows.iter_mut().zip(texts.iter().cycle().skip(1)).for_each(|(row, text)| {
            row.last_mut().unwrap().clone_from(text);
        });
        for known in [Known::embedded(), Known::default()] {
            let error = import::plan(&known.0, &read(&table.csv()), &Options::default()).unwrap_err();
            let said = error.to_string();
            assert!(
                said.contains(&format!("the texts of {} are not about their sites", column(language))),
                "{said}"
            );
            assert!(said.contains(&format!("--accept-changes {}", column(language))), "{said}");
        }
        let accepting = Options::default().accepting([column(language).parse().unwrap()]);
        assert!(import::plan(&Known::embedded().0, &read(&table.csv()), &accepting).is_ok());
    }
    // Descriptions in place of justifications.
    let table = with_texts("justification_en", Language::English, |name| described(Language::English, name));
    assert!(refusal(&table.csv()).contains("the texts of justification_en are not about their sites"));
}

#[test]
fn what_is_no_text_of_a_site_is_left_out() {
    let english = Language::English;
    for (text, fault) in [
        ("Nothing is known about this place in the mountains yet.", "are the same for several sites"),
        ("1204", "are the same for several sites"),
    ] {
        let plan = planned(&with_texts(&column(english), english, |_| text.to_owned()));
        assert!(says(&plan, &format!("texts {fault}; they are left out")), "{text}");
        assert_eq!(descriptions(&plan), 0, "{text}");
    }
    for (text, fault) in [
        ("https://example.org/{}", "are addresses or numbers"),
        ("Criterion (ii): {} is of value.", "are justifications"),
    ] {
        let plan = planned(&with_texts(&column(english), english, |name| {
            text.replace("{}", &name.replace(' ', "_"))
        }));
        assert!(
            says(&plan, &format!("1273 texts {fault}; they are left out")),
            "{text}: {:?}",
            plan.findings
        );
        assert_eq!(descriptions(&plan), 0, "{text}");
    }
}

#[test]
fn a_few_texts_show_whether_they_are_of_their_sites() {
    let known = Known::embedded();
    let sites = &known.0[..12];
    for (shifted, is_refused) in [(5, false), (12, true)] {
        let line = |at: usize| {
            let told = if at < shifted { &sites[(at + 1) % 12] } else { &sites[at] };
            let text = described(Language::English, told.names.english());
            format!("{},\"{}\",\"{text}\"", sites[at].id, sites[at].names.english())
        };
        let lines: Vec<_> = (0..12).map(line).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let export = read(&csv("id_no,name_en,short_description_en", &lines));
        let said = import::plan(sites, &export, &Options::default()).map(|_| ()).err();
        let said = said.map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(said.contains("are not about their sites"), is_refused, "{said}");
        assert_eq!(said.is_empty(), !is_refused, "{said}");
    }
}

/// A number in place of the description of one site.
#[test]
fn a_number_is_no_text() {
    for text in ["1204", "12,5"] {
        let mut known = Known::some(&[3]);
        let plan = known
            .import(&csv("id_no,name_en,short_description_en", &[&format!("3,Aachen Cathedral,\"{text}\"")]));
        assert!(says(&plan, "1 texts are addresses or numbers; they are left out"), "{:?}", plan.findings);
        assert!(known.site(3).short_descriptions.is_empty(), "{text}");
    }
}

/// Each text is nearly as it was, as after a conversion.
#[test]
fn texts_that_change_a_little_everywhere_are_refused() {
    let english = Language::English;
    let text = |site: &Site| described(english, site.names.english());
    let site = |site: &Site| {
        let short_descriptions = [(english, &*text(site))].into_iter().collect();
        Site { short_descriptions, ..site.clone() }
    };
    let known = Known::of(Known::embedded().0.iter().take(40).map(|known| site(known)).collect());
    let planned = |count: usize| {
        let line = |(at, site): (usize, &Arc<Site>)| {
            let text = if at < count { text(site).to_uppercase() } else { text(site) };
            format!("{},\"{}\",\"{text}\"", site.id, site.names.english())
        };
        let lines: Vec<_> = known.0.iter().enumerate().map(line).collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let file = csv("id_no,name_en,short_description_en", &lines);
        import::plan(&known.0, &read(&file), &Options::default())
    };
    assert_eq!(planned(10).unwrap().sites.len(), 10);
    let said = planned(11).unwrap_err().to_string();
    assert!(said.contains("short_description_en of 11 (at most 10)"), "{said}");
}

#[test]
fn texts_that_were_cut_or_are_messages_of_pages_are_none() {
    let english = Language::English;
    let cut =
        with_texts(&column(english), english, |name| described(english, name).chars().take(60).collect());
    assert!(refusal(&cut.csv()).contains("end in the midst"), "{}", refusal(&cut.csv()));
    let number = std::cell::Cell::new(0);
    let failed = |name: &str| {
        number.set(number.get() + 1);
        let right = number.get() % 6 > 0;
        if right {
            described(english, name)
        } else {
            format!("Error 503: the page of item {} is not there.", number.get())
        }
    };
    let plan = planned(&with_texts(&column(english), english, failed));
    assert!(says(&plan, "212 texts are the same for several sites"), "{:?}", plan.findings);
    // A fifth of them are of other sites.
    let mut table = with_texts(&column(english), english, |name| described(english, name));
    let texts: Vec<_> = table.rows.iter().map(|row| row.last().unwrap().clone()).collect();
    for at in (0..table.rows.len() - 1).step_by(4) {
        table.rows[at].last_mut().unwrap().clone_from(&texts[at + 1]);
    }
    assert!(refusal(&table.csv()).contains("are not about their sites"));
    // A tenth of them, here and there.
    let mut table = with_texts(&column(english), english, |name| described(english, name));
    for at in (0..table.rows.len() - 1).step_by(10) {
        table.rows[at].last_mut().unwrap().clone_from(&texts[at + 1]);
    }
    let said = refusal(&table.csv());
    assert!(said.contains("of 1258 have the name of another one instead"), "{said}");
    // Some rows slid.
    let mut table = with_texts(&column(english), english, |name| described(english, name));
    for at in 400..430 {
        table.rows[at].last_mut().unwrap().clone_from(&texts[at + 1]);
    }
    let said = refusal(&table.csv());
    assert!(said.contains("of 20 neighbouring rows, from row 40"), "{said}");
    // The start of a text that is known.
    let whole = described(english, "Aachen");
    let descriptions = [(english, whole.as_str())].into_iter().collect::<Translations>();
    let known = Site { short_descriptions: descriptions, ..Known::some(&[3]).site(3).clone() };
    let mut known = Known::of(vec![known]);
    let start: String = whole.chars().take(30).collect();
    known.import(&csv("id_no,name_en,short_description_en", &[&format!("3,Aachen Cathedral,\"{start}\"")]));
    assert_eq!(known.site(3).short_descriptions.get(english), Some(whole.as_str()));
}

/// An export of ours is judged as any other.
#[test]
fn our_own_exports_are_judged_as_well() {
    let line = |site: &Site, text: String| {
        format!(
            "{{\"id\":{},\"language\":\"en\",\"short_description\":{}}}\n",
            site.id,
            serde_json::json!(text)
        )
    };
    let known = Known::embedded();
    let names: Vec<_> =
        known.0.iter().map(|site| described(Language::English, site.names.english())).collect();
    let lines = |shift: usize| -> String {
        let texts = names.iter().cycle().skip(shift);
        known.0.iter().zip(texts).map(|(site, text)| line(site, text.clone())).collect::<Vec<_>>().concat()
    };
    assert_eq!(
        descriptions(&import::plan(&known.0, &read(lines(0).as_bytes()), &Options::default()).unwrap()),
        1277
    );
    assert!(
        refusal(lines(1).as_bytes()).contains("the texts of short_description_en are not about their sites")
    );
    let french: Vec<_> =
        known.0.iter().map(|site| line(site, described(Language::French, site.names.english()))).collect();
    let plan = import::plan(&known.0, &read(french.concat().as_bytes()), &Options::default()).unwrap();
    assert!(descriptions(&plan) < 10, "but where the name is most of the text: {}", descriptions(&plan));
}

//! How to cite a site.

use crate::site::Site;

/// A reference to a site.
pub(super) struct Citation {
    /// As a sentence.
    pub(super) plain: String,
    /// As an entry for BibTeX.
    pub(super) bibtex: String,
}

impl Citation {
    /// To the site at this address.
    pub(super) fn new(site: &Site, address: &str) -> Self {
        let (id, name, year) = (site.id, site.names.english(), site.inscribed);
        Self {
            plain: format!("{name} ({id}). World Heritage Sites, open data, CC BY-SA 4.0. {address}"),
            bibtex: format!(
                "@misc{{whc{id},\n  title = {{{}}},\n  note  = {{World Heritage site {id}, inscribed in {year}}},\n  \
                 url   = {{{address}}}\n}}",
                escaped(name)
            ),
        }
    }
}

/// The text with the signs that mean something in TeX as they are printed.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', letter]),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '\\' => escaped.push_str("\\textbackslash{}"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_of_tex_are_printed() {
        assert_eq!(escaped(r"a & b_c {50%} \x~"), r"a \& b\_c \{50\%\} \textbackslash{}x\textasciitilde{}");
    }
}

//! Addresses in pages: paths below the prefix of this scope, in the language that the address of the page names.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::site::{CountryCode, Criterion, Language, SiteId};
use crate::web::format::map::SiteAddresses;

/// What is encoded in a query. Commas, colons and slashes stay, so that an address can be read.
const VALUE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>');

/// Where the links of a page begin.
#[derive(Clone, Copy)]
pub(crate) struct Addresses<'a> {
    /// The path the service is mounted under.
    pub(crate) prefix: &'a str,
    /// The language that the address of this page names, which its links go on with.
    pub(crate) language: Option<Language>,
}

impl<'a> Addresses<'a> {
    /// The address of something without texts.
    pub(crate) fn at(self, path: impl Into<Cow<'a, str>>) -> Address<'a> {
        Address { prefix: self.prefix, path: path.into(), query: Query::default() }
    }

    /// The address of a page.
    pub(crate) fn page(self, path: impl Into<Cow<'a, str>>) -> Address<'a> {
        self.with(path, Query::default())
    }

    /// The address of a page with a query.
    pub(crate) fn with(self, path: impl Into<Cow<'a, str>>, query: Query) -> Address<'a> {
        let query = match self.language {
            Some(language) => query.with("lang", language.code()),
            None => query,
        };
        Address { query, ..self.at(path) }
    }

    /// The address of a file that has its name from its content.
    pub(crate) fn asset(self, name: &str) -> Address<'a> {
        self.at(format!("/assets/{name}"))
    }

    /// The page of a site.
    pub(crate) fn site(self, id: SiteId) -> Address<'a> {
        self.page(format!("/sites/{id}"))
    }

    /// The pages of all sites.
    pub(crate) fn all_sites(self) -> SiteAddresses {
        let after = self.language.map(|language| format!("?lang={}", language.code()));
        SiteAddresses::new(&self.at("/sites/").to_string(), &after.unwrap_or_default())
    }

    /// The page of a country.
    pub(crate) fn country(self, iso: CountryCode) -> Address<'a> {
        self.page(format!("/countries/{}", iso.as_str().to_ascii_lowercase()))
    }

    /// The page of a criterion.
    pub(crate) fn criterion(self, criterion: Criterion) -> Address<'a> {
        self.page(format!("/criteria/{}", criterion.numeral()))
    }

    /// The page of the sites that pass one filter.
    pub(crate) fn sites(self, name: &'static str, value: impl fmt::Display) -> Address<'a> {
        self.with("/sites", Query::default().with(name, value))
    }
}

/// An address, shown as it stands in an attribute before that is escaped.
pub(crate) struct Address<'a> {
    prefix: &'a str,
    path: Cow<'a, str>,
    query: Query,
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix)?;
        f.write_str(&self.path)?;
        if self.query.is_empty() { Ok(()) } else { write!(f, "?{}", self.query) }
    }
}

/// The query of an address: names and values in the order of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query(Vec<(&'static str, String)>);

impl Query {
    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// The values of a name that takes several.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.get(name).into_iter().flat_map(|value| value.split(',').map(str::trim))
    }

    /// The names and values.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, &**value))
    }

    /// The same with this value, in the place of the one before.
    pub(crate) fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value.to_string(),
            None => self.0.push((name, value.to_string())),
        }
        self
    }

    /// The same without these names.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.contains(name));
        self
    }

    /// The same without one of the values of a name, and without the name after its last one.
    pub(crate) fn without_value(self, name: &'static str, value: &str) -> Self {
        let others: Vec<_> = self.values(name).filter(|other| *other != value).collect();
        let others = others.join(",");
        if others.is_empty() { self.without(&[name]) } else { self.with(name, others) }
    }
}

impl FromIterator<(&'static str, String)> for Query {
    fn from_iter<I: IntoIterator<Item = (&'static str, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (name, value)) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "&" };
            write!(f, "{separator}{name}={}", utf8_percent_encode(value, VALUE))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Addresses, Query};
    use crate::site::Language;

    #[test]
    fn addresses_keep_the_prefix_and_the_language_that_was_asked_for() {
        let to = Addresses { prefix: "/whc", language: Some(Language::Arabic) };
        assert_eq!(to.sites("country", "it,fr").to_string(), "/whc/sites?country=it,fr&lang=ar");
        assert_eq!(to.at("/favicon.svg").to_string(), "/whc/favicon.svg");
        let to = Addresses { prefix: "", language: None };
        assert_eq!(to.sites("q", "a&b=c #1%").to_string(), "/sites?q=a%26b%3Dc%20%231%25");
    }

    #[test]
    fn a_query_loses_one_value_after_the_other() {
        let query = Query::default().with("country", "it,fr").with("danger", true);
        let query = query.without_value("country", "it");
        assert_eq!(query.to_string(), "country=fr&danger=true");
        assert_eq!(query.without_value("country", "fr").to_string(), "danger=true");
    }
}

//! What all pages have around their own part: title, menu, links to the same page in other languages.

use http::Request;

use super::address::{Address, Addresses, Query};
use super::language::{self, Direction, Foreign};
use super::text::Text;
use crate::app::App;
use crate::site::Language;
use crate::web::context::Context;
use crate::web::format::Format;
use crate::web::problem::Problem;
use crate::web::request::{Parameters, Representation, RequestHeaders, negotiation};

/// A page that the menu leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Sites,
    Countries,
    Criteria,
    Danger,
    Statistics,
}

impl Section {
    const ALL: [Self; 5] = [Self::Sites, Self::Countries, Self::Criteria, Self::Danger, Self::Statistics];

    /// The path of its page.
    fn path(self) -> &'static str {
        ["/sites", "/countries", "/criteria", "/danger", "/statistics"][self as usize]
    }
}

/// An entry of the menu.
pub(crate) struct MenuEntry<'a> {
    pub(crate) address: Address<'a>,
    pub(crate) name: &'static str,
    pub(crate) is_here: bool,
}

/// A link to the same page in another language, or in the same.
pub(crate) struct LanguageLink {
    pub(crate) address: String,
    pub(crate) language: Language,
    pub(crate) name: &'static str,
    pub(crate) direction: Direction,
    pub(crate) is_here: bool,
}

/// What all pages have.
#[derive(Clone)]
pub(crate) struct Frame<'a> {
    /// The texts of the interface, in the language they exist in.
    pub(crate) text: &'static Text,
    /// The language of names, which not all texts of the interface exist in.
    pub(crate) language: Language,
    /// Where links begin.
    pub(crate) to: Addresses<'a>,
    /// The title, with the name of the service.
    pub(crate) title: String,
    /// What search engines show below the title.
    pub(crate) description: String,
    /// Where the menu says that this is.
    pub(crate) here: Option<Section>,
    /// Whether the head has the search; a page with a search of its own leaves it out.
    pub(crate) has_search: bool,
    /// Whether people can log in.
    pub(crate) has_account: bool,
    /// Whether a browser gets at contacts, and there are any.
    pub(crate) has_desk: bool,
    /// The address of the data that are on the page.
    pub(crate) data: Option<String>,
    /// The address that stands for all that lead to the same page; `None` where there is one only.
    pub(crate) canonical: Option<String>,
    /// The beginning of addresses that other programs are told; it names no host where none is configured.
    pub(crate) base: String,
    path: &'a str,
    query: Query,
}

impl<'a> Frame<'a> {
    /// The frame of the answer to a request, and how that is represented. `names` are the parameters of the path beside those of
    /// every page; they are repeated in links.
    ///
    /// # Errors
    /// The client accepts no page.
    pub(crate) fn read(
        context: &Context<'a>,
        parameters: &mut Parameters<'_>,
        names: &[&'static str],
    ) -> Result<(Self, Representation), Problem> {
        let representation = Representation::negotiate(context.headers, parameters, &[Format::Html])?;
        let language = representation.language;
        let asked = parameters.text("lang").is_some().then_some(language);
        let query = names.iter().filter_map(|name| Some((*name, parameters.joined(name)?))).collect();
        let frame = Self::new(context.app, context.request, language, asked, query);
        Ok((Self { base: context.base.to_string(), ..frame }, representation))
    }

    /// The frame of a page that says what is wrong with a request, whatever its parameters.
    pub(crate) fn of_error(app: &'a App, request: &'a Request<()>, headers: &RequestHeaders<'_>) -> Self {
        let names = request.uri().query().filter(|query| query.contains("lang="));
        let mut parameters = Parameters::parse(names, &["lang"], app.clock());
        let language = negotiation::language(headers, &mut parameters);
        let asked = parameters.text("lang").and_then(|code| code.parse().ok());
        Self::new(app, request, language, asked, Query::default())
    }

    fn new(
        app: &'a App,
        request: &'a Request<()>,
        language: Language,
        asked: Option<Language>,
        query: Query,
    ) -> Self {
        let text = Text::of(language);
        Self {
            text,
            language,
            to: Addresses { prefix: app.web().public_path(), language: asked },
            title: text.service.to_owned(),
            description: text.description.to_owned(),
            here: None,
            has_search: true,
            has_account: app.has_logins(),
            has_desk: app.contacts().is_some() && (app.has_logins() || app.auth_is_disabled()),
            data: None,
            canonical: None,
            base: String::new(),
            path: request.uri().path(),
            query,
        }
    }

    /// The same under this title.
    pub(crate) fn titled(mut self, title: &str) -> Self {
        self.title = format!("{title}{}{}", self.text.comma, self.text.service);
        self
    }

    /// The same for a page that the menu leads to.
    pub(crate) fn within(self, section: Section) -> Self {
        Self { here: Some(section), ..self }
    }

    /// The same with what search engines show below the title.
    pub(crate) fn described(self, description: &str) -> Self {
        Self { description: description.to_owned(), ..self }
    }

    /// The same for a page that has a search of its own.
    pub(crate) fn with_own_search(self) -> Self {
        Self { has_search: false, ..self }
    }

    /// The same for a page whose data programs get from this path of the API.
    pub(crate) fn with_data(self, path: &str) -> Self {
        let data = format!("{}{path}", self.to.prefix);
        Self { data: Some(data), ..self }
    }

    /// The same for a page that has one address in its own right: that without a query.
    pub(crate) fn with_permanent(self) -> Self {
        Self { canonical: Some(self.permanent()), ..self }
    }

    /// The same for a page of a list, whose query can be written in many ways: in any order, and with names without a value, as
    /// forms send them.
    pub(crate) fn with_canonical(self, offset: u64) -> Self {
        let query = self.query.clone();
        let query = if offset == 0 { query } else { query.with("offset", offset) };
        let to = Addresses { prefix: &self.base, language: self.to.language };
        let canonical = to.with(self.path, query).to_string();
        Self { canonical: Some(canonical), ..self }
    }

    /// What the query of this page has, without its language.
    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// The attributes of a part whose texts are in English only.
    pub(crate) fn english(&self) -> Foreign {
        self.foreign(Language::English)
    }

    /// The attributes of a text in this language.
    pub(crate) fn foreign(&self, language: Language) -> Foreign {
        Foreign { language, around: self.text.language }
    }

    /// The entries of the menu.
    pub(crate) fn menu(&self) -> impl Iterator<Item = MenuEntry<'a>> {
        Section::ALL.into_iter().map(|section| MenuEntry {
            address: self.to.page(section.path()),
            name: self.text.sections[section as usize],
            is_here: self.here == Some(section),
        })
    }

    /// The same page in each language.
    pub(crate) fn languages(&self) -> impl Iterator<Item = LanguageLink> {
        Language::ALL.into_iter().map(|language| LanguageLink {
            address: self.in_language(language),
            language,
            name: language::name(language),
            direction: Direction(language),
            is_here: language == self.language,
        })
    }

    fn in_language(&self, language: Language) -> String {
        format!("{}{}?{}", self.to.prefix, self.path, self.query.clone().with("lang", language.code()))
    }

    /// The address that other programs and people reach this page by.
    pub(crate) fn permanent(&self) -> String {
        format!("{}{}", self.base, self.path)
    }

    /// Where the search is described, for browsers; the description needs an address with a host.
    pub(crate) fn open_search(&self) -> Option<String> {
        self.base.contains("://").then(|| self.to.at("/opensearch.xml").to_string())
    }
}

//! Whether a row is about the site its number says.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::limit::alike;
use crate::import::basis::Basis;
use crate::import::damaged::lost_letters;
use crate::import::finding::Findings;
use crate::import::place::far;
use crate::site::{Language, Site, SiteId, Status, Translations, WikidataId, Year, fold};

/// Names by year, by which a known site is found under another number.
pub(super) struct Names(HashMap<Year, Vec<(SiteId, Translations)>>);

impl Names {
    /// The names as they will be once `revised` has taken the place of what is stored: what a file takes from one site, it
    /// may give to another.
    pub(super) fn after(revised: &[Site], basis: &Basis<'_>) -> Self {
        let replaced: HashSet<_> = revised.iter().map(|site| site.id).collect();
        let stays = basis.stored_all().filter(|site| !replaced.contains(&site.id));
        let mut names: HashMap<_, Vec<_>> = HashMap::new();
        for site in basis.compiled_all().chain(stays).chain(revised) {
            names.entry(site.inscribed).or_default().push((site.id, site.names.translations().clone()));
        }
        Self(names)
    }

    /// The known site that has this name, of the first language told, be it without some of its letters, and this year.
    pub(super) fn find(&self, names: &Translations, inscribed: Option<Year>) -> Option<SiteId> {
        let (language, told) = names.iter().next()?;
        let folded = fold(told);
        let is_name = |known: &str| fold(known) == folded || lost_letters(told, known);
        let is_it = |names: &Translations| names.get(language).is_some_and(is_name);
        self.0.get(&inscribed?)?.iter().find(|(_, names)| is_it(names)).map(|(id, _)| *id)
    }
}

/// The names of the sites on the list compiled in, each of one site: no other site can have it.
pub(super) struct Taken(HashMap<(Language, String), Option<SiteId>>);

impl Taken {
    /// Made once: a program that plans more than one import plans many.
    pub(super) fn of(basis: &Basis<'_>) -> &'static Self {
        static TAKEN: OnceLock<Taken> = OnceLock::new();
        TAKEN.get_or_init(|| {
            let mut taken = HashMap::new();
            for site in basis.compiled_all().filter(|site| site.status == Status::Inscribed) {
                for (language, name) in site.names.translations().iter() {
                    let of = taken.entry((language, fold(name))).or_insert(Some(site.id));
                    *of = of.filter(|of| *of == site.id);
                }
            }
            Self(taken)
        })
    }

    /// The other site that has this name.
    pub(super) fn by_another(&self, id: SiteId, language: Language, name: &str) -> Option<SiteId> {
        self.0.get(&(language, fold(name))).copied().flatten().filter(|of| *of != id)
    }
}

/// The Wikidata items of the known sites, each about one of them.
pub(super) struct Items(HashMap<WikidataId, SiteId>);

impl Items {
    pub(super) fn of(basis: &Basis<'_>) -> Self {
        let sites = basis.compiled_all().chain(basis.stored_all());
        Self(sites.filter_map(|site| Some((site.wikidata?, site.id))).collect())
    }

    /// Gives back to a site the item `before` where it has that of another one, and minds the one that it has.
    pub(super) fn give_back(&mut self, site: &mut Site, before: Option<WikidataId>, findings: &mut Findings) {
        let Some(item) = site.wikidata.filter(|item| Some(*item) != before) else { return };
        let of = *self.0.entry(item).or_insert(site.id);
        if of != site.id {
            findings.warn("wikidata", format!("{item} is about site {of}"), "it is left out");
            site.wikidata = before;
        }
    }
}

/// Whether what a row with these names tells is of another site than `known`: of what tells sites apart, two things are otherwise. Sites are
/// renamed and grow across borders, but their names, years, categories and places do not all change at once.
pub(super) fn is_another(known: &Site, told: &Site, names: &Translations) -> bool {
    let renamed = !names.is_empty()
        && names.iter().all(|(language, name)| {
            known.names.translations().get(language).is_some_and(|known| !alike(known, name))
        });
    let moved = far(known.point, told.point);
    let elsewhere = !known.states.is_empty()
        && !told.states.is_empty()
        && !told.states.iter().any(|state| known.states.contains(state));
    let others =
        [renamed, moved, elsewhere, known.inscribed != told.inscribed, known.category != told.category];
    others.into_iter().filter(|other| *other).count() >= 2
}

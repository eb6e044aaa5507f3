//! The texts of the interface, in one place for each language they exist in. Whole pages of prose have theirs in their template.

mod arabic;
mod english;

use super::language::Direction;
use crate::site::{Category, ChangeKind, Language, Region};

/// The texts of the interface in one language.
pub(crate) struct Text {
    /// The language.
    pub(crate) language: Language,
    // Around every page.
    pub(crate) service: &'static str,
    pub(crate) description: &'static str,
    /// What stands between two parts of a title, or two members of a list.
    pub(crate) comma: &'static str,
    pub(crate) colon: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) main_menu: &'static str,
    pub(crate) more: &'static str,
    pub(crate) sections: [&'static str; 5],
    pub(crate) find_a_site: &'static str,
    pub(crate) search: &'static str,
    pub(crate) search_hint: &'static str,
    pub(crate) changes: &'static str,
    pub(crate) api: &'static str,
    pub(crate) about_the_data: &'static str,
    /// The link for whoever can log in.
    pub(crate) account: &'static str,
    /// The link to the contacts of cases.
    pub(crate) contacts: &'static str,
    pub(crate) feed: &'static str,
    pub(crate) feed_of_changes: &'static str,
    /// With markup.
    pub(crate) licence: &'static str,
    // Words about sites.
    pub(crate) categories: [&'static str; 3],
    pub(crate) regions: [&'static str; 5],
    /// The same, shorter.
    pub(crate) short_regions: [&'static str; 5],
    pub(crate) in_danger: &'static str,
    pub(crate) across_borders: &'static str,
    pub(crate) hectares: &'static str,
    pub(crate) sites: &'static str,
    pub(crate) how_many_sites: fn(u64) -> String,
    pub(crate) and_more_states: fn(usize) -> String,
    pub(crate) region: &'static str,
    pub(crate) country: &'static str,
    pub(crate) category: &'static str,
    pub(crate) criterion: &'static str,
    pub(crate) criteria: &'static str,
    pub(crate) decade: &'static str,
    pub(crate) decade_name: fn(u16) -> String,
    pub(crate) total: &'static str,
    pub(crate) share: &'static str,
    pub(crate) take_the_data: &'static str,
    pub(crate) inscribed: &'static str,
    pub(crate) left_the_list: fn(u16) -> String,
    // The beginning.
    pub(crate) the_list: &'static str,
    pub(crate) lede: fn(u64, u64) -> String,
    pub(crate) map_of_the_world: fn(u64) -> String,
    pub(crate) same_as_list: &'static str,
    pub(crate) closer: &'static str,
    pub(crate) as_it_was: &'static str,
    pub(crate) as_of_a_year: &'static str,
    pub(crate) today: &'static str,
    pub(crate) known_of_year: fn(u16) -> String,
    pub(crate) what_is_known: &'static str,
    pub(crate) newest: &'static str,
    pub(crate) all_of_year: fn(u64, u16) -> String,
    pub(crate) by_region: &'static str,
    pub(crate) both_regions: &'static str,
    pub(crate) no_changes: &'static str,
    pub(crate) all_changes: &'static str,
    pub(crate) kinds_of_change: [&'static str; 3],
    // The list.
    pub(crate) heading: fn(&Heading<'_>) -> String,
    pub(crate) danger_among: fn(u64, u64) -> String,
    pub(crate) change_filters: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) map_of_these: &'static str,
    /// What the title of a page begins with where something is wrong.
    pub(crate) error: &'static str,
    pub(crate) wrong_filters: &'static str,
    pub(crate) outside_map: fn(usize) -> String,
    pub(crate) in_this_result: &'static str,
    pub(crate) all_countries: &'static str,
    pub(crate) order: &'static str,
    pub(crate) orders: [&'static str; 7],
    pub(crate) pages: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) range_of: fn(u64, u64, u64) -> String,
    pub(crate) take_this_result: &'static str,
    pub(crate) filters: &'static str,
    pub(crate) words: &'static str,
    pub(crate) any: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) all_of_these: &'static str,
    pub(crate) inscribed_hint: &'static str,
    pub(crate) further_filters: &'static str,
    pub(crate) area_in_hectares: &'static str,
    pub(crate) area_hint: &'static str,
    pub(crate) status: &'static str,
    pub(crate) statuses: [&'static str; 3],
    pub(crate) as_of_end: &'static str,
    pub(crate) show_sites: &'static str,
    pub(crate) reset: &'static str,
    pub(crate) not_in_danger: &'static str,
    pub(crate) not_across_borders: &'static str,
    pub(crate) chosen: fn(&str, &str) -> String,
    pub(crate) none_passes: &'static str,
    pub(crate) drop_one: &'static str,
    pub(crate) drop_several: &'static str,
    pub(crate) without: fn(&str) -> String,
    pub(crate) start_again: &'static str,
    // A site.
    pub(crate) kind: fn(Category, usize, u16) -> String,
    pub(crate) danger_since: fn(Option<u16>) -> String,
    pub(crate) where_this_is: &'static str,
    pub(crate) components_at_scale: fn(usize, &str) -> String,
    pub(crate) components_of: fn(usize) -> String,
    pub(crate) one_point: fn(&str) -> String,
    pub(crate) history: &'static str,
    pub(crate) extended: &'static str,
    pub(crate) inscribed_event: &'static str,
    pub(crate) left_event: &'static str,
    pub(crate) superseded_event: &'static str,
    pub(crate) list_in_danger: &'static str,
    pub(crate) superseded: fn(u16) -> String,
    pub(crate) why: &'static str,
    pub(crate) why_it_was: &'static str,
    pub(crate) in_our_words: &'static str,
    pub(crate) criteria_incomplete: &'static str,
    pub(crate) no_criteria: &'static str,
    pub(crate) names: &'static str,
    pub(crate) languages: [&'static str; 6],
    pub(crate) by_state: &'static str,
    pub(crate) state: &'static str,
    pub(crate) states: &'static str,
    pub(crate) components: &'static str,
    pub(crate) nearby: &'static str,
    pub(crate) site: &'static str,
    pub(crate) kilometres: &'static str,
    pub(crate) description_of_site: &'static str,
    pub(crate) changes_of_site: &'static str,
    pub(crate) cite: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) number: &'static str,
    pub(crate) area: &'static str,
    pub(crate) not_known: &'static str,
    pub(crate) point: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) data: &'static str,
    pub(crate) neighbours: &'static str,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    // Tables about the list.
    pub(crate) countries: &'static str,
    pub(crate) countries_lede: fn(u64) -> String,
    pub(crate) first: &'static str,
    pub(crate) criteria_lede: &'static str,
    pub(crate) group_of_criterion: [&'static str; 2],
    pub(crate) criterion_name: fn(&str) -> String,
    pub(crate) all_with_criterion: fn(u64) -> String,
    pub(crate) danger_title: &'static str,
    pub(crate) danger_lede: fn(u64) -> String,
    pub(crate) danger_before: &'static str,
    pub(crate) years: &'static str,
    pub(crate) changes_lede: &'static str,
    pub(crate) when: &'static str,
    pub(crate) what: &'static str,
    pub(crate) fields: &'static str,
    pub(crate) source: &'static str,
    pub(crate) statistics: &'static str,
    pub(crate) statistics_lede: fn(u16) -> String,
    /// What follows the name of a plot in that of its table.
    pub(crate) as_table: &'static str,
    pub(crate) year: &'static str,
    pub(crate) per_year: &'static str,
    pub(crate) regions_over_time: &'static str,
    pub(crate) end_of: &'static str,
    pub(crate) one_scale: fn(u64) -> String,
    pub(crate) danger_over_time: &'static str,
    pub(crate) danger_in: fn(u64, u16) -> String,
    pub(crate) on_the_list: &'static str,
    pub(crate) several_criteria: &'static str,
    pub(crate) most_sites: &'static str,
    pub(crate) all_n_countries: fn(u64) -> String,
}

/// What the heading of a list says.
#[derive(Default)]
pub(crate) struct Heading<'a> {
    /// How many sites there are.
    pub(crate) total: u64,
    /// The categories chosen.
    pub(crate) categories: Vec<Category>,
    /// The names of the countries or regions chosen.
    pub(crate) places: Vec<&'a str>,
    /// Whether they are those in danger.
    pub(crate) in_danger: bool,
    /// Whether other filters are chosen.
    pub(crate) filtered: bool,
    /// The end of this year is meant.
    pub(crate) as_of: Option<u16>,
    /// The words looked for.
    pub(crate) words: Option<&'a str>,
    /// Whether those are meant that left the List.
    pub(crate) delisted: bool,
}

impl Text {
    /// The texts in this language, in English where nobody has translated them.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::Arabic => &arabic::TEXT,
            _ => &english::TEXT,
        }
    }

    /// The attribute `dir` of a page.
    pub(crate) fn direction(&self) -> Direction {
        Direction(self.language)
    }

    /// The name of a category.
    pub(crate) fn category_of(&self, category: Category) -> &'static str {
        self.categories[category as usize]
    }

    /// The name of a region.
    pub(crate) fn region_of(&self, region: Region) -> &'static str {
        self.regions[region as usize]
    }

    /// What kind of change it was.
    pub(crate) fn kind_of(&self, kind: ChangeKind) -> &'static str {
        self.kinds_of_change[kind as usize]
    }
}

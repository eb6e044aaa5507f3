//! The texts of the interface in English.

use super::{Heading, Text};
use crate::site::{Category, Language};
use crate::web::page::number::Number;

pub(super) static TEXT: Text = Text {
    language: Language::English,
    service: "World Heritage Sites",
    description: "The World Heritage List as open data",
    comma: ", ",
    colon: ":",
    skip: "Skip to the page",
    main_menu: "Main",
    more: "More",
    sections: ["Sites", "Countries", "Criteria", "In danger", "Statistics"],
    find_a_site: "Find a site",
    search: "Search",
    search_hint: "In any of six languages; small slips do not matter",
    changes: "Changes",
    api: "API",
    about_the_data: "About the data",
    account: "Your account",
    contacts: "Contacts",
    feed: "Feed",
    feed_of_changes: "Changes of the World Heritage List",
    licence: "Facts from the World Heritage List and from Wikidata, under \
              <a href=\"https://creativecommons.org/licenses/by-sa/4.0/\">CC BY-SA 4.0</a>. Not a service of UNESCO; the \
              List itself is at <a href=\"https://whc.unesco.org/en/list/\">whc.unesco.org</a>.",
    categories: ["Cultural", "Natural", "Mixed"],
    regions: [
        "Africa",
        "Arab States",
        "Asia and the Pacific",
        "Europe and North America",
        "Latin America and the Caribbean",
    ],
    short_regions: ["Africa", "Arab States", "Asia, Pacific", "Europe, North America", "Latin America"],
    in_danger: "In danger",
    across_borders: "Across borders",
    hectares: "ha",
    sites: "Sites",
    how_many_sites: sites,
    and_more_states: |more| format!("and {more} more states"),
    region: "Region",
    country: "Country",
    category: "Category",
    criterion: "Criterion",
    criteria: "Criteria",
    decade: "Decade",
    decade_name: |first| format!("{first}s"),
    total: "Together",
    share: "Share",
    take_the_data: "Take the data",
    inscribed: "Inscribed",
    left_the_list: |year| format!("Left the List in {year}"),
    the_list: "The World Heritage List",
    lede: |sites, countries| {
        format!(
            "{} places in {countries} countries, as open data. Look one up, draw a map, take the list with you.",
            Number(sites)
        )
    },
    map_of_the_world: |sites| format!("World map of {} sites.", Number(sites)),
    same_as_list: "The same sites as a list",
    closer: "Closer:",
    as_it_was: "The List as it was",
    as_of_a_year: "The List as of a year",
    today: "Today",
    known_of_year: |year| format!("What can be known of {year}:"),
    what_is_known: "which sites were on the List at the end of that year, and which of them in danger. Names, areas, borders \
                    and states are those of today.",
    newest: "Newest inscriptions",
    all_of_year: |count, year| match count {
        1 => format!("The one site of {year}"),
        count => format!("All {} sites of {year}", Number(count)),
    },
    by_region: "By region",
    both_regions: "A site in two regions counts in both.",
    no_changes: "Nothing has changed since this list was loaded.",
    all_changes: "All changes",
    kinds_of_change: ["Added", "Changed", "Removed"],
    heading,
    danger_among: |sites, danger| format!("{}, {} of them in danger", self::sites(sites), Number(danger)),
    change_filters: "Change filters",
    remove: "Remove",
    error: "Error: ",
    wrong_filters: "Some of these filters cannot be",
    outside_map: |count| format!("{count} outside this map"),
    map_of_these: "Map of these sites. The same sites are in the list below.",
    in_this_result: "In this result",
    all_countries: "All countries",
    order: "Order:",
    orders: ["Best match", "Nearest", "Newest", "Oldest", "Name", "Area", "Number"],
    pages: "Pages",
    previous: "Previous",
    next: "Next",
    range_of: |first, last, total| format!("{}–{} of {}", Number(first), Number(last), Number(total)),
    take_this_result: "Take this result",
    filters: "Filters",
    words: "Words",
    any: "Any",
    yes: "Yes",
    no: "No",
    all_of_these: "All of these",
    inscribed_hint: "A year or a range: 1978..1990, 2000..",
    further_filters: "Further filters",
    area_in_hectares: "Area in hectares",
    area_hint: "A range: ..100, 5000..20000",
    status: "On the List",
    statuses: ["Now", "No longer", "Now or before"],
    as_of_end: "As of the end of",
    show_sites: "Show sites",
    reset: "Reset",
    not_in_danger: "Not in danger",
    not_across_borders: "In one state",
    chosen: |name, value| format!("{name}: {value}"),
    none_passes: "No site passes all of these filters",
    drop_one: "Drop one of them and there are some:",
    drop_several: "There are none either with any one of them dropped.",
    without: |filter| format!("Without “{filter}”"),
    start_again: "Start again with all sites",
    kind: |category, states, year| {
        let kind = format!("{} site", TEXT.category_of(category));
        match states {
            0 | 1 => format!("{kind}, inscribed in {year}"),
            states => format!("{kind}, across the borders of {states} states, inscribed in {year}"),
        }
    },
    danger_since: |since| match since {
        Some(year) => format!("In danger since {year}"),
        None => "In danger".to_owned(),
    },
    where_this_is: "Where this is",
    components_at_scale: |parts, latitude| {
        format!("{} component parts; the scale is true at {latitude}", Number(parts as u64))
    },
    components_of: |parts| format!("{} component parts", Number(parts as u64)),
    one_point: |latitude| format!("The scale is true at {latitude}"),
    history: "History",
    extended: "Extended or modified",
    inscribed_event: "Inscribed",
    left_event: "Left the List",
    superseded_event: "Became part of another site",
    list_in_danger: "On the List of World Heritage in Danger",
    superseded: |year| format!("Part of another site since {year}:"),
    why: "Why it is on the List",
    why_it_was: "Why it was on the List",
    in_our_words: "In our words. Those that count are in the Operational Guidelines.",
    criteria_incomplete: "It may have been inscribed under criterion (vi) too: the source of this site leaves it out.",
    no_criteria: "The criteria are not known.",
    names: "Names",
    languages: ["English", "French", "Spanish", "Russian", "Arabic", "Chinese"],
    by_state: "Components by state",
    state: "State",
    states: "States",
    components: "Components",
    nearby: "Nearby",
    site: "Site",
    kilometres: "km",
    description_of_site: "What it is",
    changes_of_site: "Changes of these facts",
    cite: "Cite this site",
    facts: "Facts",
    number: "Number",
    area: "Area",
    not_known: "Not known",
    point: "Point",
    elsewhere: "Elsewhere",
    data: "Data",
    neighbours: "Neighbours by number",
    before: "Before:",
    after: "After:",
    countries: "Countries",
    countries_lede: |count| {
        format!("{count} countries have sites on the List. A site of several countries counts in each.")
    },
    first: "First",
    criteria_lede: "A site is inscribed under one of ten criteria or several: six cultural, four natural. A mixed site has \
                    some of both.",
    group_of_criterion: ["Cultural criterion", "Natural criterion"],
    criterion_name: |numeral| format!("Criterion ({numeral})"),
    all_with_criterion: |count| format!("All {}", self::sites(count)),
    danger_title: "World Heritage in danger",
    danger_lede: |count| {
        format!(
            "{} are on the List of World Heritage in Danger: threatened by war, neglect, building or nature.",
            self::sites(count)
        )
    },
    danger_before: "In danger before, and saved",
    years: "Years",
    changes_lede: "What imports and curators changed in this list, the latest first. A site that leaves the List changes its \
                   status.",
    when: "When",
    what: "What",
    fields: "Fields",
    source: "From",
    statistics: "Statistics",
    statistics_lede: |first| {
        format!("The List since its first year, {first}. Every plot has its numbers as a table below it.")
    },
    as_table: " as a table",
    year: "Year",
    per_year: "Inscriptions in each year",
    regions_over_time: "Regions over time",
    end_of: "End of",
    one_scale: |most| format!("All at one scale: up to {most} sites on the List."),
    danger_over_time: "In danger at the end of each year",
    danger_in: |count, year| format!("{count} in {year}"),
    on_the_list: "On the List",
    several_criteria: "A site has one criterion or several. Criterion (vi) is counted short where its source omits it.",
    most_sites: "Countries with the most sites",
    all_n_countries: |count| format!("All {count} countries"),
};

fn sites(count: u64) -> String {
    if count == 1 { "1 site".to_owned() } else { format!("{} sites", Number(count)) }
}

/// `56 cultural sites in Italy`.
fn heading(heading: &Heading<'_>) -> String {
    let count = match heading.total {
        0 => "No".to_owned(),
        count => Number(count).to_string(),
    };
    let kind =
        heading.categories.iter().map(|category| adjective(*category)).collect::<Vec<_>>().join(" or ");
    let noun = if heading.total == 1 { "site" } else { "sites" };
    let mut text = [count.as_str(), &kind, noun]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if heading.in_danger {
        text.push_str(" in danger");
    }
    if !heading.places.is_empty() && heading.places.len() < 4 {
        text = format!("{text} in {}", heading.places.join(" or "));
    }
    if let Some(words) = heading.words {
        text = format!("{text} for “{words}”");
    }
    if heading.delisted {
        text.push_str(" that left the List");
    }
    match heading.as_of {
        Some(year) if !heading.filtered => format!("The List at the end of {year}"),
        Some(year) => format!("{text} at the end of {year}"),
        None => text,
    }
}

fn adjective(category: Category) -> &'static str {
    match category {
        Category::Cultural => "cultural",
        Category::Natural => "natural",
        Category::Mixed => "mixed",
    }
}

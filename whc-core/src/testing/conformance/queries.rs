//! The fields of a query: each alone, and some together.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::{Outcome, equal, equal_sites, failed, fixture};
use crate::error::Result;
use crate::page::Window;
use crate::repository::SiteRepository;
use crate::site::{
    Between, BoundingBox, Category, CriteriaMatch, Criterion, Hectares, Kilometres, Language, Near, Order,
    Point, Region, Search, SiteId, SiteQuery, SortKey, StatusFilter, Year,
};

/// The queries, each about one field or two.
const ALL: SiteQuery = SiteQuery::ALL;

pub(super) async fn answers(repository: &dyn SiteRepository) -> Outcome {
    let sites: Vec<_> = fixture().into_iter().map(Arc::new).collect();
    for query in queries().map_err(failed)? {
        let expected = query.select(&sites);
        let page = repository.list(&query).await.map_err(failed)?;
        equal(&format!("the total for {query:?}"), &page.total, &expected.total)?;
        equal_sites(&format!("the list for {query:?}"), &page.items, &expected.items)?;
        let facets = repository.facets(&query).await.map_err(failed)?;
        equal(&format!("the facets for {query:?}"), &facets, &query.facets(&sites))?;
    }
    Ok(())
}

fn queries() -> Result<Vec<SiteQuery>> {
    let mut queries = facts()?;
    queries.extend(places()?);
    queries.extend(searches()?);
    queries.extend(orders());
    Ok(queries)
}

fn facts() -> Result<Vec<SiteQuery>> {
    let criteria = [Criterion::I, Criterion::Vi].into_iter().collect();
    let [ids, unknown] = [[1, 3, 11], [77_777, 1, 9]].map(|ids| ids.into_iter().map(SiteId::new));
    let year = |year| Year::new(year).map(Some);
    let area = |hectares| Hectares::new(hectares).map(Some);
    let mut queries = vec![
        SiteQuery { ids: ids.collect::<Result<_>>()?, ..ALL },
        SiteQuery { ids: unknown.collect::<Result<_>>()?, status: StatusFilter::Inscribed, ..ALL },
        SiteQuery { except: Some(SiteId::new(3)?), ..ALL },
        SiteQuery { categories: [Category::Natural, Category::Mixed].into(), ..ALL },
        SiteQuery { criteria, ..ALL },
        SiteQuery { criteria, criteria_match: CriteriaMatch::All, ..ALL },
        SiteQuery { regions: [Region::Africa, Region::ArabStates].into_iter().collect(), ..ALL },
        SiteQuery { countries: ["CH".parse()?, "FR".parse()?].into(), ..ALL },
        SiteQuery { countries: ["XX".parse()?].into(), ..ALL },
        SiteQuery { inscribed: Between::new(year(Year::LAST)?, None)?, ..ALL },
        SiteQuery { inscribed: Between::new(year(1978)?, year(1978)?)?, ..ALL },
        SiteQuery { area: Between::new(area(0.1)?, None)?, ..ALL },
        SiteQuery { area: Between::new(None, area(0.1)?)?, ..ALL },
    ];
    for yes in [true, false] {
        queries.push(SiteQuery { danger: Some(yes), ..ALL });
        queries.push(SiteQuery { transboundary: Some(yes), ..ALL });
    }
    for (as_of, danger) in
        [(1978, None), (1984, Some(true)), (1988, Some(true)), (1995, Some(false)), (2009, None)]
    {
        queries.push(SiteQuery { as_of: year(as_of)?, danger, ..ALL });
        queries.push(SiteQuery { as_of: year(as_of)?, status: StatusFilter::Inscribed, ..ALL });
        let search = Some(Search::new("site")?);
        queries.push(SiteQuery { as_of: year(as_of)?, status: StatusFilter::Delisted, search, ..ALL });
    }
    Ok(queries)
}

fn places() -> Result<Vec<SiteQuery>> {
    let edges = [
        [-180.0, -90.0, 180.0, 90.0],
        [170.0, -20.0, -170.0, 0.0],
        [0.0, 0.0, 0.0, 0.0],
        [1.0, 1.0, 40.0, 40.0],
    ];
    let boxes = edges.map(|[west, south, east, north]| BoundingBox::new(west, south, east, north));
    let mut queries = Vec::new();
    for bounding_box in boxes {
        queries.push(SiteQuery { bounding_box: Some(bounding_box?), ..ALL });
    }
    let point = Point::new(179.9, -16.5)?;
    for radius in [None, Some(Kilometres::new(200.0)?), Some(Kilometres::new(Kilometres::MAX)?)] {
        for nearest in [None, NonZeroU32::new(1), NonZeroU32::new(2)] {
            let near = Some(Near { point, radius, nearest });
            queries.push(SiteQuery { near, ..ALL });
            let sort = Some(Order::by_descending(SortKey::Id));
            queries.push(SiteQuery { near, sort, ..ALL });
        }
    }
    Ok(queries)
}

fn searches() -> Result<Vec<SiteQuery>> {
    let words = ["site", "SIT 7", "oeuvre ete", "Ano", "мир", "قلعه", "长", "quotd", "français", "nowhere"];
    let search = |text| Ok(SiteQuery { search: Some(Search::new(text)?), ..ALL });
    words.into_iter().map(search).collect()
}

/// Every order in both directions, whole and as a page from the middle.
fn orders() -> Vec<SiteQuery> {
    let mut queries = Vec::new();
    for (key, language) in SortKey::ALL.into_iter().zip(Language::ALL.into_iter().cycle()) {
        for descending in [false, true] {
            let sort = Some(Order { key, descending });
            let window = Window::default().next();
            for window in [Window::ALL, window, Window::new(3, 4).unwrap_or_default()] {
                queries.push(SiteQuery { sort, language, window, ..ALL });
            }
        }
    }
    queries
}

//! What a snapshot takes over from the one before is what it would have made itself.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use whc_core::{
    App, Danger, InDanger, MemorySites, Names, Point, ReplicatedSites, Result, Site, SiteQuery,
    SiteRepository, SiteStore, WikidataId, Year, web,
};

/// Answers of every index and of the texts made ready.
const PATHS: [&str; 12] = [
    "/api/whcsites?limit=10000",
    "/api/whcsites?limit=10000&lang=fr&f=geojson",
    "/api/whcsites?limit=10000&fields=summary",
    "/api/whcsites?limit=3&offset=7",
    "/api/whcsites?q=renamed&limit=10000",
    "/api/whcsites?q=quito&limit=10000",
    "/api/whcsites?near=0,0&radius=500&limit=10000",
    "/api/whcsites?bbox=-1,-1,1,1&limit=10000",
    "/api/whcsites?danger=true&limit=10000",
    "/api/whcsites?inscribed=1999&limit=10000",
    "/api/whcsites?sort=-inscribed&limit=50",
    "/api/whcsites/facets",
];

type Edit = fn(&mut Site) -> Result<()>;

const EDITS: [Edit; 6] = [
    |site| {
        site.wikidata = WikidataId::new(7).ok();
        Ok(())
    },
    |site| {
        site.names = Names::new("Renamed")?;
        Ok(())
    },
    |site| {
        site.point = Some(Point::new(0.5, 0.5)?);
        Ok(())
    },
    |site| {
        site.danger = Danger::new(InDanger::Yes { since: None }, []);
        Ok(())
    },
    |site| {
        site.inscribed = Year::new(1999)?;
        Ok(())
    },
    |site| {
        site.short_descriptions.set(whc_core::Language::English, "It is called renamed, too.");
        Ok(())
    },
];

async fn answers(sites: Arc<dyn SiteRepository>) -> Vec<Bytes> {
    let app = App::new(sites);
    let mut answers = Vec::new();
    for path in PATHS {
        let answer = web::handle(&app, Request::get(path).body(Bytes::new()).unwrap()).await;
        assert_eq!(answer.status(), 200, "{path}");
        answers.push(answer.into_body().into_bytes());
    }
    answers
}

#[tokio::test]
async fn it_answers_as_one_made_anew() {
    let store = Arc::new(MemorySites::embedded().unwrap());
    let replica = Arc::new(ReplicatedSites::new(Arc::clone(&store) as _));
    replica.refresh().await.unwrap();
    // So that texts of all kinds are there to be taken over.
    for _ in 0..2 {
        answers(Arc::clone(&replica) as _).await;
    }
    let places = [0, 1, 700, 1200];
    for (number, edit) in EDITS.into_iter().enumerate() {
        store
            .revise(&mut |known| {
                let site = |place: usize| {
                    let mut site = Site::clone(&known[place + number]);
                    edit(&mut site).map(|()| site)
                };
                places.into_iter().map(site).collect()
            })
            .await
            .unwrap();
        replica.refresh().await.unwrap();
        let anew = MemorySites::new(
            store.list_all(&SiteQuery::ALL).await.unwrap().iter().map(|site| Site::clone(site)),
        );
        let (taken_over, anew) = (answers(Arc::clone(&replica) as _).await, answers(Arc::new(anew)).await);
        for (path, (taken_over, anew)) in PATHS.iter().zip(taken_over.iter().zip(&anew)) {
            assert!(taken_over == anew, "{path} after edit {number}");
        }
    }
}

//! `POST /sites/{id}/hand-back`: a field that a curator has set, handed back to the files.

use super::{history, put, reason, record, said};
use crate::if_match::IfMatch;
use crate::repository::{Edited, SitePlacement, SitePut};
use crate::site::{FieldName, Site, SiteRecord};
use crate::violation::Violation;
use crate::web::answer::Answer;
use crate::web::context::Context;
use crate::web::page::desk::Desk;
use crate::web::problem::Problem;
use crate::web::request::Flash;
use crate::web::visitor::Visitor;

/// Lets imports set the field again. Its value stays until one does, so that nothing of others is lost by it, and no state of
/// the site is demanded.
pub(crate) async fn hand_back(context: &Context<'_>, visitor: &Visitor) -> Result<Answer, Problem> {
    let (desk, frame) = Desk::plain(context, visitor)?;
    let curator = desk.caller().curator()?;
    let id = record(context).await?.site.id;
    let sent = desk.form(&[]).await?;
    let field: FieldName = sent.value("field").unwrap_or_default().parse()?;
    let mut edit = |record: Option<&SiteRecord>| match record {
        Some(record) => Ok(Edited::from(Site::clone(&record.site)).handing_back([field])),
        None => Err(Violation::of_all("is about a site that is not there").into()),
    };
    let trace = context.trace();
    let wanted = SitePut::new(id, Some(&IfMatch::Any), &trace).because(reason(&sent));
    let placed = put(context, &curator, &wanted, &mut edit).await?;
    match &placed.placement {
        SitePlacement::Changed { .. } => {
            Ok(desk.done(said(Flash::FieldHandedBack, &placed), &history(&frame, id)))
        }
        SitePlacement::Unchanged(_) => Ok(desk.done(Flash::Unchanged, &history(&frame, id))),
        _ => Err(super::missing("the site is not there any more")),
    }
}

//! Answers with the validator of their representation.

use crate::app::App;
use crate::body::Body;
use crate::cache::Validator;
use crate::repository::Version;
use crate::site::SiteRevision;
use crate::web::answer::Answer;
use crate::web::request::Representation;
use http::Response;

impl Representation {
    /// The answer with this response, made of data of this version.
    pub(crate) fn answer(&self, app: &App, version: &Version, response: Response<Body>) -> Answer {
        Answer::public(response, self.validator(app, version), &self.vary)
    }

    /// The same for a single site, in this state where it can be changed: its tag begins with that.
    pub(crate) fn answer_of(
        &self,
        app: &App,
        version: &Version,
        revision: Option<SiteRevision>,
        response: Response<Body>,
    ) -> Answer {
        let mut validator = self.validator(app, version);
        if let Some(revision) = revision {
            validator.prepend(&format!("{revision}."));
        }
        Answer::public(response, validator, &self.vary)
    }

    /// Names all that the bytes depend on beside the URL. It is visible ASCII, as validators must be.
    fn validator(&self, app: &App, version: &Version) -> Validator {
        let (build, format, language) = (app.build(), self.format.name(), self.language);
        Validator::new(&format!("{version}-{build}-{format}-{language}"), version.modified())
    }
}

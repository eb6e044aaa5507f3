//! Asks a person before many sites change.

use std::io::{IsTerminal as _, Write as _, stderr, stdin};

use whc_core::import::Plan;
use whc_core::{Error, Result};

/// Whether a person is there to be asked.
pub(super) fn is_possible() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

/// Asks where more than 5 % of the sites would change.
pub(super) fn confirm(plan: &Plan) -> Result<()> {
    let summary = &plan.summary;
    let changing = summary.changed.len() + summary.delisted.len();
    let known = changing + summary.unchanged + summary.gone.len() + summary.newer;
    if changing * 20 <= known {
        return Ok(());
    }
    let asked = write!(stderr(), "{changing} of {known} sites change. Write them? [y/N] ");
    asked.map_err(|error| Error::unavailable("nobody can be asked").with_source(error))?;
    let mut answer = String::new();
    stdin()
        .read_line(&mut answer)
        .map_err(|error| Error::unavailable("nobody answered").with_source(error))?;
    if answer.trim().eq_ignore_ascii_case("y") || answer.trim().eq_ignore_ascii_case("yes") {
        return Ok(());
    }
    Err(Error::refused("nothing was written, as answered; --yes writes without a question"))
}

//! What an operator lets a file change that it would not change of itself.

use clap::Args;
use whc_core::FieldName;
use whc_core::import::Options;

#[derive(Args, Debug)]
pub(super) struct Belief {
    /// Mark sites that are missing from the file as delisted; more than 10 % of the list with `--accept-changes status` only
    #[arg(long)]
    allow_removals: bool,
    /// Take this field from the file however old it is, and however many sites change; can be repeated
    #[arg(long, value_name = "FIELD")]
    accept_changes: Vec<FieldName>,
    /// Take what a file says that is older than what is known
    #[arg(long)]
    older: bool,
    /// Take this field from the file also where a curator has set it, by its name in the history; can be repeated
    #[arg(long, value_name = "FIELD")]
    pub(super) overrule: Vec<FieldName>,
}

impl Belief {
    pub(super) fn options(&self) -> Options {
        Options::with_removals(self.allow_removals)
            .overruling(self.overrule.iter().copied())
            .accepting(self.accept_changes.iter().copied())
            .believing_older(self.older)
    }
}

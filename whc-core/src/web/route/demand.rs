//! What a private route demands of its caller.

use crate::auth::{Caller, Denied, Scope};
use crate::web::context::Context;
use crate::web::problem::Problem;

/// What a private route demands of its caller, before its handler looks anything up.
pub(crate) struct Demand {
    scopes: &'static [Scope],
    is_about_a_case: bool,
}

impl Demand {
    /// That somebody asks, whoever it is: the answer is about themselves.
    #[cfg(feature = "oidc")]
    pub(super) const NOTHING: Self = Self::scopes_of(&[]);

    /// All of these scopes.
    pub(super) const fn scopes_of(scopes: &'static [Scope]) -> Self {
        Self { scopes, is_about_a_case: false }
    }

    /// All of these scopes, and to be somebody who may see the case in the path.
    pub(super) const fn case_with(scopes: &'static [Scope]) -> Self {
        Self { scopes, is_about_a_case: true }
    }

    /// The scopes.
    pub(crate) fn scopes(&self) -> &'static [Scope] {
        self.scopes
    }

    #[cfg(test)]
    pub(super) fn is_about_a_case(&self) -> bool {
        self.is_about_a_case
    }

    /// Checks `caller`. The problem is the same whether the case exists or not.
    ///
    /// # Errors
    /// A scope is missing, the case is none, or the caller may see others only.
    pub(crate) fn check(&self, caller: &Caller, context: &Context<'_>) -> Result<(), Problem> {
        if let Some(scope) = self.scopes.iter().find(|scope| !caller.scopes().contains(**scope)) {
            return Err(Denied::MissingScope(*scope).into());
        }
        if self.is_about_a_case {
            let case = context.case()?;
            if !caller.cases().contains(case) {
                return Err(Denied::OtherCase(case).into());
            }
        }
        Ok(())
    }
}

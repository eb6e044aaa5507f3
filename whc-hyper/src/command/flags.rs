//! Flags that stand for variables, where a person would type one.

use clap::Args;
use whc_core::config::Variables;

/// What a command was given instead of variables.
pub(super) type Given = Vec<Flag>;

/// A flag as typed, the variable it stands for, and its value.
#[derive(Clone)]
pub(super) struct Flag {
    name: &'static str,
    pub(super) variable: &'static str,
    value: String,
}

/// Flags of a command that reads or writes the database.
#[derive(Args, Debug, Default)]
pub(super) struct Database {
    /// The database, instead of DATABASE_URL; other users of this machine can see a password in it
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

/// Flags of a command that listens or asks.
#[derive(Args, Debug, Default)]
pub(super) struct Address {
    /// The IP address to listen on, instead of HOST
    #[arg(long, value_name = "ADDRESS")]
    host: Option<String>,
    /// The port to listen on, instead of PORT
    #[arg(long)]
    port: Option<String>,
}

/// Flags of the server.
#[derive(Args, Debug, Default)]
pub(super) struct Server {
    #[command(flatten)]
    address: Address,
    #[command(flatten)]
    database: Database,
    /// Where clients reach the service, a URL or a path, instead of the variable
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
}

impl Database {
    pub(super) fn given(&self) -> Given {
        given([("--database-url", "DATABASE_URL", &self.database_url)])
    }
}

impl Address {
    pub(super) fn given(&self) -> Given {
        given([("--host", "HOST", &self.host), ("--port", "PORT", &self.port)])
    }
}

impl Server {
    pub(super) fn given(&self) -> Given {
        let own = given([("--public-url", "PUBLIC_URL", &self.public_url)]);
        [self.address.given(), self.database.given(), own].concat()
    }
}

fn given<const N: usize>(flags: [(&'static str, &'static str, &Option<String>); N]) -> Given {
    let flag =
        |(name, variable, value): (_, _, &Option<_>)| Some(Flag { name, variable, value: value.clone()? });
    flags.into_iter().filter_map(flag).collect()
}

/// The environment, where no flag says otherwise; what is wrong with a flag is told of the flag.
pub(super) fn variables(given: &Given) -> Variables<'_> {
    let environment = Variables::from_env();
    let names: Vec<_> = environment.names().map(str::to_owned).collect();
    let flag = |name: &str| given.iter().find(|flag| flag.variable == name);
    Variables::new(move |name| flag(name).map(|flag| flag.value.clone()).or_else(|| environment.text(name)))
        .among(names)
        .typed_as(move |name| flag(name).map(|flag| flag.name))
}

//! Flags that stand for variables, where a person would type one.

use clap::Args;
use whc_core::config::Variables;

/// What a command was given instead of variables: names and values.
pub(super) type Given = Vec<(&'static str, String)>;

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
        given([("DATABASE_URL", &self.database_url)])
    }
}

impl Address {
    pub(super) fn given(&self) -> Given {
        given([("HOST", &self.host), ("PORT", &self.port)])
    }
}

impl Server {
    pub(super) fn given(&self) -> Given {
        let own = given([("PUBLIC_URL", &self.public_url)]);
        [self.address.given(), self.database.given(), own].concat()
    }
}

fn given<const N: usize>(flags: [(&'static str, &Option<String>); N]) -> Given {
    flags.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
}

/// The environment, where no flag says otherwise.
pub(super) fn variables(given: &Given) -> Variables<'_> {
    let environment = Variables::from_env();
    Variables::new(move |name| {
        let flag = given.iter().find(|(known, _)| *known == name);
        flag.map(|(_, value)| value.clone()).or_else(|| environment.text(name))
    })
}

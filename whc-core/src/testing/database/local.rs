//! A throwaway cluster from PostgreSQL's own programs, where they are installed.

use std::fs;
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const LOG: &str = "log";

/// A running cluster; stopped and removed when dropped.
pub(super) struct Cluster {
    programs: Programs,
    server: Child,
    port: u16,
    folder: TempDir,
}

/// Where the programs are and who runs them.
struct Programs {
    folder: PathBuf,
    /// User and group; `None` for the present ones. PostgreSQL refuses to run as root.
    user: Option<(u32, u32)>,
}

impl Cluster {
    /// Makes a cluster and starts it on a free port of 127.0.0.1; its administrator is `postgres`, with this password.
    /// It accepts connections shortly after.
    pub(super) fn start(secret: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("whc-postgres-").tempdir()?;
        let programs = Programs { folder: programs()?, user: substitute(folder.path())? };
        if let Some((user, group)) = programs.user {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let password = folder.path().join("password");
        fs::write(&password, secret)?;
        let initdb = programs
            .command("initdb", folder.path())
            .args(["-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync"])
            .arg("--pwfile")
            .arg(password)
            .output()?;
        if !initdb.status.success() {
            return Err(io::Error::other(String::from_utf8_lossy(&initdb.stderr).into_owned()));
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let server = programs
            .command("postgres", folder.path())
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
            .args([
                "-c",
                "unix_socket_directories=",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=200",
            ])
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join(LOG))?)
            .spawn()?;
        Ok(Self { programs, server, port, folder })
    }

    /// What it has written into its log.
    pub(super) fn log(&self) -> io::Result<Vec<u8>> {
        fs::read(self.folder.path().join(LOG))
    }

    /// The port it listens on.
    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Killed outright, the server would leave its shared memory behind.
        let stopped = self
            .programs
            .command("pg_ctl", self.folder.path())
            .args(["stop", "-m", "immediate", "--silent"])
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

impl Programs {
    /// A program working on the cluster in `folder`.
    fn command(&self, name: &str, folder: &Path) -> Command {
        let mut command = Command::new(self.folder.join(name));
        command.current_dir(folder).arg("-D").arg(folder.join("data"));
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        command
    }
}

/// The folder of the programs: on the path, where `pg_config` says, or where Debian puts them, newest first.
fn programs() -> io::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(String::from_utf8_lossy(&output.stdout).trim().into());
    }
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort_unstable();
    folders.extend(versions.into_iter().rev().map(|(_, folder)| folder));
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_ctl"].iter().all(|program| folder.join(program).is_file())
    };
    folders.into_iter().find(complete).ok_or_else(|| {
        io::Error::other("initdb, postgres and pg_ctl are in no folder where they usually are")
    })
}

/// The user that runs the programs in place of root: `postgres` if it exists, else `nobody`.
fn substitute(folder: &Path) -> io::Result<Option<(u32, u32)>> {
    if fs::metadata(folder)?.uid() != 0 {
        return Ok(None);
    }
    let id = |kind: &str, user: &str| -> Option<u32> {
        let output = Command::new("id").args([kind, user]).stderr(Stdio::null()).output().ok()?;
        String::from_utf8_lossy(&output.stdout).trim().parse().ok()
    };
    ["postgres", "nobody"]
        .iter()
        .find_map(|user| Some((id("-u", user)?, id("-g", user)?)))
        .map(Some)
        .ok_or_else(|| io::Error::other("root may not run PostgreSQL, and no user postgres or nobody exists"))
}

//! A throwaway server from the program of this machine, Valkey's or Redis'.

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// The programs that will do, the first of which is taken.
const PROGRAMS: [&str; 2] = ["valkey-server", "redis-server"];

/// A running server; stopped and removed when dropped.
pub(super) struct LocalServer {
    server: Child,
    port: u16,
    _folder: TempDir,
}

impl LocalServer {
    /// Starts one on a free port of 127.0.0.1. `files` are put beside its settings.
    pub(super) fn start(settings: &str, files: &[(&str, String)], port_setting: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("whc-valkey-").tempdir()?;
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text)?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let settings = format!("{settings}\nbind 127.0.0.1\n{port_setting} {port}\n");
        std::fs::write(folder.path().join("settings"), settings)?;
        let server = spawn(folder.path())?;
        Ok(Self { server, port, _folder: folder })
    }

    /// The port it listens on.
    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

fn spawn(folder: &Path) -> io::Result<Child> {
    let start = |program| {
        let mut command = Command::new(program);
        command.arg("settings").current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(Stdio::null()).spawn()
    };
    let mut tried = PROGRAMS.into_iter().map(start);
    tried
        .find_map(Result::ok)
        .ok_or_else(|| io::Error::other(format!("none of {} is on the path", PROGRAMS.join(" and "))))
}

impl Drop for LocalServer {
    fn drop(&mut self) {
        // It keeps nothing.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

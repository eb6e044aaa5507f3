//! A person at a terminal, who is shown something and types an answer.

use std::fs::File;
use std::io::{Read as _, Write as _};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::{text, whc};

/// What came of a command at a terminal.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) code: Option<i32>,
    /// Standard output, which is no part of the terminal.
    pub(crate) output: String,
    /// What the terminal showed.
    pub(crate) screen: String,
}

/// Runs a command whose input and errors are a terminal. What is typed comes after a question.
pub(crate) async fn at_terminal(
    arguments: &[&str],
    variables: &[(&str, &str)],
    typed: &'static str,
) -> Session {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap();
    let terminal = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let mut command = whc(arguments, variables);
    let child = command.stdin(terminal.try_clone().unwrap()).stderr(terminal).spawn().unwrap();
    // The command has the terminal too, which ends only when nobody has it.
    drop(command);
    tokio::task::spawn_blocking(move || {
        let screen = answered(controller.into(), typed);
        let ended = child.wait_with_output().unwrap();
        Session { code: ended.status.code(), output: text(&ended.stdout), screen }
    })
    .await
    .unwrap()
}

/// Reads until the end, and types once when there is a question.
fn answered(mut controller: File, typed: &str) -> String {
    let (mut screen, mut buffer, mut asked) = (Vec::new(), [0; 4096], false);
    // A terminal that nobody has any more is an error on Linux, and an end elsewhere.
    while let Ok(count @ 1..) = controller.read(&mut buffer) {
        screen.extend_from_slice(&buffer[..count]);
        if !asked && text(&screen).contains("[y/N]") {
            asked = true;
            controller.write_all(typed.as_bytes()).unwrap();
        }
    }
    text(&screen)
}

//! Installs the peers from their pinned lock files, and builds nothing twice.

use std::path::Path;
use std::process::Command;

use crate::Failure;
use crate::contender::{Contender, Trust};

/// The peers in Node and Python, installed into `folder`.
///
/// # Errors
/// When `npm` or `python3` is not there or fails.
pub fn install(root: &Path, folder: &Path) -> Result<Vec<Contender>, Failure> {
    let sources = root.join("tests/bench/peers");
    let (node, python) = (folder.join("node"), folder.join("python"));
    once(&sources.join("node"), &node, |folder| {
        run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))?;
        let mut bundle = Command::new(folder.join("node_modules/.bin/esbuild"));
        let required = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
        bundle.args(["runtime.mjs", "--bundle", "--minify", "--platform=node", "--target=node20", "--format=esm"]);
        bundle.args(["--outfile=bundled/runtime.mjs", "--log-level=warning", &format!("--banner:js={required}")]);
        run(bundle.current_dir(folder))?;
        // What is deployed has no bundler in it.
        run(Command::new("npm").args(["prune", "--omit=dev", "--no-audit", "--no-fund"]).current_dir(folder))
    })?;
    once(&sources.join("python"), &python, |folder| {
        run(Command::new("python3").args(["-m", "venv", "env"]).current_dir(folder))?;
        let lock = ["--requirement", "requirements.lock", "--target", "packages"];
        let mut pip = Command::new(folder.join("env/bin/python"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]).args(lock);
        run(pip.current_dir(folder))?;
        std::fs::copy(folder.join("reserve_seats.py"), folder.join("packages/reserve_seats.py"))?;
        // As in a package that was made with care: nothing is compiled when the function starts.
        run(Command::new(folder.join("env/bin/python"))
            .args(["-m", "compileall", "-q", "packages"])
            .current_dir(folder))
    })?;
    // The program itself: what stands on the path may be a script that looks for it first.
    let program = Command::new("node").args(["-p", "process.execPath"]).output()?;
    let program = String::from_utf8(program.stdout)?.trim().to_owned();
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let path = |path: &Path| path.display().to_string();
    let packages = python.join("packages");
    Ok(vec![
        Contender {
            key: "node-bundled".into(),
            title: "Node, bundled by esbuild".into(),
            command: words(&[&program, &path(&node.join("bundled/runtime.mjs"))]),
            deployed: node.join("bundled"),
            trust: Trust::Node,
            packages: None,
        },
        Contender {
            key: "node".into(),
            title: "Node".into(),
            command: words(&[&program, &path(&node.join("runtime.mjs"))]),
            deployed: node.join("node_modules"),
            trust: Trust::Node,
            packages: None,
        },
        Contender {
            key: "python".into(),
            title: "Python".into(),
            command: words(&[&path(&python.join("env/bin/python")), "-m", "awslambdaric", "reserve_seats.handler"]),
            deployed: packages.clone(),
            trust: Trust::Python,
            packages: Some(packages),
        },
    ])
}

/// Copies `from` to a new `to` and finishes it, unless that was done with the same files.
fn once(from: &Path, to: &Path, finish: impl Fn(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut files: Vec<_> =
        std::fs::read_dir(from)?.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    let mut wanted = Vec::new();
    for file in &files {
        wanted.extend(std::fs::read(file)?);
    }
    let stamp = to.join("installed");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for file in &files {
        std::fs::copy(file, to.join(file.file_name().unwrap_or_default()))?;
    }
    finish(to)?;
    Ok(std::fs::write(stamp, wanted)?)
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let words = || {
        let words: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).collect();
        words.iter().take(3).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    };
    let words = words();
    let status = command.status().map_err(|error| format!("`{words}` cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{words}` failed; its message is above").into()) }
}

//! What hashing a password costs with the parameters that OWASP and RFC 9106 propose:
//! `cargo run -p identity --example argon2_parameters`.
//!
//! A function of 1,024 MB has 1,024/1,769 of a core, so its times are those of this machine multiplied by 1.7, if the
//! cores are alike. argon2 is optimised in every build of this workspace, so `--release` makes no difference.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};

/// Memory in KiB, passes, lanes.
const CANDIDATES: [(u32, u32, u32, &str); 11] = [
    (7_168, 5, 1, "OWASP"),
    (9_216, 4, 1, "OWASP"),
    (12_288, 3, 1, "OWASP"),
    (19_456, 2, 1, "OWASP"),
    (47_104, 1, 1, "OWASP"),
    (30_720, 2, 1, ""),
    (30_720, 3, 1, ""),
    (47_104, 2, 1, ""),
    (47_104, 3, 1, ""),
    (65_536, 3, 1, "RFC 9106, second choice, but for its 4 lanes"),
    (131_072, 2, 1, ""),
];

const RUNS: usize = 15;

/// What 1,769 MB of memory, a whole core, are to 1,024.
const OF_A_CORE: f64 = 1_024.0 / 1_769.0;

fn main() -> Result<(), argon2::Error> {
    // In a thread of its own, as passwords are hashed: there memory comes from another part of the heap.
    std::thread::scope(|scope| scope.spawn(table).join().unwrap_or(Ok(())))
}

fn table() -> Result<(), argon2::Error> {
    println!("    KiB  passes   median      min  at 0.58 core");
    for (memory, passes, lanes, source) in CANDIDATES {
        let params = Params::new(memory, passes, lanes, Some(32))?;
        let mut times = Vec::with_capacity(RUNS);
        for run in 0..RUNS {
            let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
            let (salt, mut hash) = ([u8::try_from(run).unwrap_or_default(); 16], [0; 32]);
            let started = Instant::now();
            // Asking for the memory is a part of the price: a function does it for each password.
            let mut blocks = vec![Block::default(); params.block_count()];
            argon2.hash_password_into_with_memory(b"correct horse battery", &salt, &mut hash, &mut blocks)?;
            times.push(started.elapsed());
        }
        times.sort_unstable();
        let (median, least) = (times[RUNS / 2], times[0]);
        println!(
            "{memory:>7}  {passes:>6}  {:>4.0} ms  {:>4.0} ms  {:>9.0} ms  {source}",
            millis(median),
            millis(least),
            millis(median) / OF_A_CORE,
        );
    }
    Ok(())
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

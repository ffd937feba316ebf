//! What `template.yaml` says of functions and their triggers.

const TEMPLATE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml"));

/// The other files of the stack that have what is paid by the month.
const OTHERS: [&str; 2] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/observability.yaml")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/signing.yaml")),
];

/// The memory of a function that says nothing else, in megabytes: `Globals` has it.
const MEMORY: u32 = 256;

/// The memory of the function of this name, in megabytes.
///
/// # Errors
/// When there is no such function.
pub fn memory(function: &str) -> Result<u32, String> {
    let resource = resource(function, "Function");
    Ok(property(&resource, "MemorySize").ok_or(format!("the template has no {resource}"))?.unwrap_or(MEMORY))
}

/// The most messages or records that a trigger hands over at once.
///
/// # Errors
/// When there is no such trigger.
pub fn batch_size(trigger: &str) -> Result<usize, String> {
    let resource = resource(trigger, "Trigger");
    let size = property(&resource, "BatchSize").flatten().ok_or(format!("the template has no size for {resource}"))?;
    Ok(size as usize)
}

/// How many resources of this type there are.
#[must_use]
pub fn resources(kind: &str) -> usize {
    let lines = OTHERS.iter().chain([&TEMPLATE]).flat_map(|file| file.lines());
    lines.filter(|line| line.trim() == format!("Type: {kind}")).count()
}

/// How many queues trigger a function; all other triggers are streams, and say where to begin.
#[must_use]
pub fn queue_triggers() -> usize {
    let streams = TEMPLATE.lines().filter(|line| line.trim().starts_with("StartingPosition:")).count();
    resources("AWS::Lambda::EventSourceMapping") - streams
}

/// `reserve-seats` is the resource `ReserveSeatsFunction`.
fn resource(name: &str, kind: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).chain([kind.to_owned()]).collect()
}

/// A number among the lines of a resource; `None` when there is no such resource.
fn property(resource: &str, name: &str) -> Option<Option<u32>> {
    let mut lines = TEMPLATE.lines().skip_while(|line| *line != format!("  {resource}:"));
    lines.next()?;
    let mut lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    Some(lines.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": ")?.parse().ok()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_read() {
        assert_eq!(memory("reserve-seats"), Ok(512));
        assert_eq!(memory("log-in").unwrap() % 64, 0);
        assert!(batch_size("settle-reservation").unwrap() >= 1);
        assert!(memory("no-such-function").is_err() && batch_size("reserve-seats").is_err());
        assert!(resources("AWS::CloudWatch::Alarm") > 10 && queue_triggers() > 10);
        assert!(TEMPLATE.contains(&format!("    MemorySize: {MEMORY}\n    Timeout")), "the default is still this one");
    }
}

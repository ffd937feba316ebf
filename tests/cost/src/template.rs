//! What `template.yaml` says of functions and their triggers.

const TEMPLATE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml"));

/// The other files of the stack that have what is paid by the month.
const OTHERS: [&str; 2] = [
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/observability.yaml")),
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/signing.yaml")),
];

/// The file of the stack that has its queues.
const QUEUES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../infra/messaging.yaml"));

/// The memory of a function that says nothing else, in megabytes: `Globals` has it.
const MEMORY: u32 = 256;

/// The memory of the function of this name, in megabytes.
///
/// # Errors
/// When there is no such function.
pub fn memory(function: &str) -> Result<u32, String> {
    let resource = resource(function, "Function");
    let memory = property(TEMPLATE, &resource, "MemorySize").ok_or(format!("the template has no {resource}"))?;
    Ok(memory.and_then(|size| size.parse().ok()).unwrap_or(MEMORY))
}

/// The most messages or records that a trigger hands over at once.
///
/// # Errors
/// When there is no such trigger.
pub fn batch_size(trigger: &str) -> Result<usize, String> {
    of_trigger(trigger, "BatchSize")
}

/// Into how many lanes a stream's trigger parts its records: those of one key stay in one.
///
/// # Errors
/// When there is no such trigger.
pub fn lanes(trigger: &str) -> Result<usize, String> {
    of_trigger(trigger, "ParallelizationFactor")
}

fn of_trigger(trigger: &str, name: &str) -> Result<usize, String> {
    let resource = resource(trigger, "Trigger");
    let number = property(TEMPLATE, &resource, name).flatten().and_then(|number| number.parse().ok());
    number.ok_or(format!("the template has no {name} for {resource}"))
}

/// Whether the queue before this function is first in, first out.
#[must_use]
pub fn is_behind_fifo(function: &str) -> bool {
    let queue = property(TEMPLATE, &resource(function, "Trigger"), "EventSourceArn").flatten();
    queue.is_some_and(is_fifo)
}

/// By what a trigger has for its source: `!GetAtt Messaging.Outputs.LiveChangesQueueArn`.
fn is_fifo(source: &str) -> bool {
    let queue = source.rsplit('.').next().and_then(|name| name.strip_suffix("Arn")).unwrap_or_default();
    property(QUEUES, queue, "FifoQueue").flatten() == Some("true")
}

/// How many resources of this type there are.
#[must_use]
pub fn resources(kind: &str) -> usize {
    let lines = OTHERS.iter().chain([&TEMPLATE]).flat_map(|file| file.lines());
    lines.filter(|line| line.trim() == format!("Type: {kind}")).count()
}

/// How many queues trigger a function, and how many queues that are first in, first out. All other triggers are streams,
/// and say where to begin.
#[must_use]
pub fn queue_triggers() -> (usize, usize) {
    let lines = || TEMPLATE.lines().map(str::trim);
    let streams = lines().filter(|line| line.starts_with("StartingPosition:")).count();
    let fifo =
        lines().filter_map(|line| line.strip_prefix("EventSourceArn: ")).filter(|source| is_fifo(source)).count();
    (resources("AWS::Lambda::EventSourceMapping") - streams - fifo, fifo)
}

/// `reserve-seats` is the resource `ReserveSeatsFunction`.
fn resource(name: &str, kind: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).chain([kind.to_owned()]).collect()
}

/// A property among the lines of a file's resource; `None` when there is no such resource.
fn property(file: &'static str, resource: &str, name: &str) -> Option<Option<&'static str>> {
    let mut lines = file.lines().skip_while(|line| *line != format!("  {resource}:"));
    lines.next()?;
    let mut lines = lines.take_while(|line| line.is_empty() || line.starts_with("    "));
    Some(lines.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": ")))
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
        assert!(resources("AWS::CloudWatch::Alarm") > 10 && queue_triggers().0 > 10);
        assert_eq!(lanes("append-booking-events"), Ok(10));
        assert!(is_behind_fifo("broadcast-changes") && !is_behind_fifo("deliver-news"));
        assert_eq!(queue_triggers().1, 1);
        assert!(TEMPLATE.contains(&format!("    MemorySize: {MEMORY}\n    Timeout")), "the default is still this one");
    }
}

//! What something is measured on.

/// The processors of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processors {
    /// How many of them this program may use.
    pub number: usize,
    /// What Linux calls the first of them; where it does not say, their architecture.
    pub model: String,
}

impl Processors {
    /// As this machine tells.
    #[must_use]
    pub fn here() -> Self {
        let facts = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = facts.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
        Self {
            number: std::thread::available_parallelism().map_or(1, usize::from),
            model: model.map_or(std::env::consts::ARCH, |(_, name)| name.trim()).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_at_least_one_and_it_has_a_name() {
        let Processors { number, model } = Processors::here();
        assert!(number >= 1);
        assert!(!model.is_empty() && model.trim() == model, "{model:?}");
    }
}

//! What is called how: `ReserveSeatsFunction` in the templates is `reserve-seats` everywhere else.

/// How the names of resources end that have a name of ours.
const KINDS: [&str; 3] = ["Function", "Trigger", "Table"];

/// The name of a function, a trigger or a context's table, by its resource: `ReserveSeatsFunction` is `reserve-seats`,
/// `WaitingRoomTable` is `waiting-room`.
#[must_use]
pub fn name_of(resource: &str) -> String {
    let stem = KINDS.into_iter().find_map(|kind| resource.strip_suffix(kind)).unwrap_or(resource);
    let mut name = String::new();
    for letter in stem.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_lose_their_kind_and_gain_hyphens() {
        assert_eq!(name_of("ReserveSeatsFunction"), "reserve-seats");
        assert_eq!(name_of("AppendWaitingRoomEventsTrigger"), "append-waiting-room-events");
        assert_eq!(name_of("WaitingRoomTable"), "waiting-room");
    }
}

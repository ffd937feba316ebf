//! Writes the mail about a reservation.

use askama::Template;
use contracts::booking::{CancelledBy, ReservationLine, ReservationState, ReservedSeat};
use contracts::identity::Locale;

use super::text::{shortened, single_line};
use super::wording::{Words, greeting, in_row, words};
use super::{Contact, EmailAddress, Showing, money, when};

/// The most characters of a title in a subject: with the words before it still whole in most mailboxes.
const TITLE_IN_SUBJECT: usize = 80;

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// The reservation is paid, the seats are sold.
    Confirmed,
    /// The buyer's reservation is cancelled, as they wished, and refunded.
    Cancelled,
    /// The performance was called off, the reservation is cancelled and all of it refunded.
    CalledOff,
}

impl News {
    /// What there is to tell of a reservation that was cancelled.
    #[must_use]
    pub fn of_cancelled(reservation: &ReservationState) -> Self {
        match reservation.cancelled_by {
            Some(CancelledBy::Organizer) => Self::CalledOff,
            Some(CancelledBy::Buyer) | None => Self::Cancelled,
        }
    }
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// To whom.
    pub to: EmailAddress,
    /// One line.
    pub subject: String,
    /// For readers that show HTML.
    pub html: String,
    /// The same for all others.
    pub text: String,
}

/// A mail could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The venue's zone is not in our time-zone data.
    #[error("the time zone {0} is unknown")]
    UnknownTimeZone(String, #[source] jiff::Error),
    /// A template failed, a mistake of ours.
    #[error("a template failed")]
    Template(#[from] askama::Error),
}

/// The mail that tells `contact` this news of their reservation; `public_url` is where the web pages are.
///
/// # Errors
/// When the venue's time zone is unknown.
pub fn compose(
    news: News,
    reservation: &ReservationState,
    contact: &Contact,
    showing: &Showing,
    public_url: &str,
) -> Result<Mail, ComposeError> {
    let locale = contact.locale;
    let words = words(news, locale);
    let title = single_line(&showing.title);
    let starts = when::at_venue(showing.starts_at, &showing.time_zone)
        .map_err(|error| ComposeError::UnknownTimeZone(showing.time_zone.clone(), error))?;
    let page = Page {
        words,
        greeting: greeting(&single_line(&contact.name), locale),
        venue: single_line(&showing.venue),
        starts: when::format(&starts, locale),
        starts_machine: starts.strftime("%Y-%m-%dT%H:%M%:z").to_string(),
        rows: rows(reservation, contact, showing),
        total: money::format(reservation.total(), &reservation.currency, locale),
        number: reservation.id.to_string(),
        link: format!("{}/reservations/{}", public_url.trim_end_matches('/'), reservation.id),
        title,
    };
    Ok(Mail {
        to: contact.email.clone(),
        subject: format!("{}: {}", words.subject, shortened(&page.title, TITLE_IN_SUBJECT)),
        html: Html { page: &page }.render()?,
        text: Text { page: &page }.render()?,
    })
}

/// What both forms of a mail show.
struct Page {
    words: &'static Words,
    greeting: String,
    title: String,
    venue: String,
    starts: String,
    starts_machine: String,
    rows: Vec<Row>,
    total: String,
    number: String,
    link: String,
}

/// Seats of one section and price class.
struct Row {
    section: String,
    seats: String,
    ticket_type: String,
    count: usize,
    amount: String,
}

#[derive(Template)]
#[template(path = "reservation.html")]
struct Html<'a> {
    page: &'a Page,
}

#[derive(Template)]
#[template(path = "reservation.txt", escape = "none")]
struct Text<'a> {
    page: &'a Page,
}

/// One row a section and price class: in which blocks seats are kept is nothing to a guest.
fn rows(reservation: &ReservationState, contact: &Contact, showing: &Showing) -> Vec<Row> {
    let mut groups: Vec<Vec<&ReservationLine>> = Vec::new();
    for line in &reservation.lines {
        let alike = |other: &&ReservationLine| {
            (&other.section, other.ticket_type_id, other.price) == (&line.section, line.ticket_type_id, line.price)
        };
        match groups.iter_mut().find(|group| group.first().is_some_and(alike)) {
            Some(group) => group.push(line),
            None => groups.push(vec![line]),
        }
    }
    let row = |group: Vec<&ReservationLine>| {
        let first = group.first()?;
        let seats: Vec<_> = group.iter().flat_map(|line| &line.seats).collect();
        let amount = group.iter().map(|line| line.price * i64::try_from(line.seats.len()).unwrap_or(i64::MAX)).sum();
        let ticket_type = showing.ticket_types.get(&first.ticket_type_id).map(|name| single_line(name));
        Some(Row {
            section: single_line(&first.section),
            seats: named(&seats, contact.locale),
            ticket_type: ticket_type.unwrap_or_default(),
            count: seats.len(),
            amount: money::format(amount, &reservation.currency, contact.locale),
        })
    };
    groups.into_iter().filter_map(row).collect()
}

/// Seats as they are found in the hall: row by row.
fn named(seats: &[&ReservedSeat], locale: Locale) -> String {
    let rows = seats.chunk_by(|one, next| one.row == next.row).filter_map(|seats| {
        let labels = seats.iter().map(|seat| single_line(&seat.label)).filter(|label| !label.is_empty());
        let labels = labels.collect::<Vec<_>>().join(", ");
        let row = single_line(&seats.first()?.row);
        (!labels.is_empty()).then(|| if row.is_empty() { labels } else { in_row(&row, &labels, locale) })
    });
    rows.collect::<Vec<_>>().join("; ")
}

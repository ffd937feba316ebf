//! What the mails say.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot set itself up must stop"
)]

mod common;

use common::{performance, reservation, user};
use contracts::booking::CancelledBy;
use contracts::identity::Locale;
use notifications::domain::{ComposeError, Contact, Mail, News, Showing, compose};

const URL: &str = "https://jari.example/";

fn parts(locale: Locale) -> (Contact, Showing) {
    (Contact::from(user(locale)), Showing::of(performance()).unwrap())
}

fn mail(news: News, locale: Locale) -> Mail {
    let (contact, showing) = parts(locale);
    compose(news, &reservation(), &contact, &showing, URL).unwrap()
}

/// What a reader of the HTML sees, and a check that every element is closed where it should be.
fn visible(html: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        if !open.contains(&"style") {
            text.push_str(before);
        }
        let (tag, tail) = tail.split_once('>').expect("a tag ends");
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "in {tag}"),
            None if matches!(name, "!doctype" | "meta") => {}
            None => open.push(name),
        }
        rest = tail;
    }
    assert!(open.is_empty(), "left open: {open:?}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_confirmation_in_korean() {
    let mail = mail(News::Confirmed, Locale::Ko);
    assert_eq!(mail.to.expose(), "minji@example.com");
    assert_eq!(mail.subject, "[자리] 예매 완료: 뮤지컬 〈빨래〉");
    let expected = "\
김민지님, 안녕하세요.

결제가 완료되어 좌석이 확정되었습니다.

뮤지컬 〈빨래〉
일시: 2026년 12월 24일 (목) 19:30 KST
장소: 자리 아트센터
예매 번호: rsv_019a0000-0000-7000-8000-000000000001

좌석:
- 1층 A구역 / A열 12, 13; B열 14 (VIP × 3): ₩135,000
- 플로어 (스탠딩 × 2): ₩60,000

결제 금액: ₩195,000

예매 내역 보기:
https://jari.example/reservations/rsv_019a0000-0000-7000-8000-000000000001

예매 내역은 위 링크에서 언제든지 확인할 수 있습니다.

--
이 메일은 발신 전용이므로 회신할 수 없습니다. — 자리 (Jari)";
    assert_eq!(mail.text.trim_end(), expected);
}

#[test]
fn a_cancellation_in_english() {
    let mail = mail(News::Cancelled, Locale::En);
    assert_eq!(mail.subject, "[Jari] Booking cancelled: 뮤지컬 〈빨래〉");
    let expected = "\
Hello 김민지,

Your booking was cancelled and your payment refunded.

뮤지컬 〈빨래〉
When: Thursday, 24 December 2026, 19:30 KST
Where: 자리 아트센터
Booking number: rsv_019a0000-0000-7000-8000-000000000001

Seats:
- 1층 A구역 / row A: 12, 13; row B: 14 (VIP × 3): KRW\u{a0}135,000
- 플로어 (스탠딩 × 2): KRW\u{a0}60,000

Refunded: KRW\u{a0}195,000

View your booking:
https://jari.example/reservations/rsv_019a0000-0000-7000-8000-000000000001

A refund to a card can take a few days to appear on your statement.

--
Replies to this address are not read. — Jari (자리)";
    assert_eq!(mail.text.trim_end(), expected);
}

#[test]
fn who_did_not_wish_it_reads_that_the_performance_was_called_off() {
    let mut reservation = reservation();
    for (cancelled_by, news) in [
        (None, News::Cancelled),
        (Some(CancelledBy::Buyer), News::Cancelled),
        (Some(CancelledBy::Organizer), News::CalledOff),
    ] {
        reservation.cancelled_by = cancelled_by;
        assert_eq!(News::of_cancelled(&reservation), news);
    }
    let (korean, english) = (mail(News::CalledOff, Locale::Ko), mail(News::CalledOff, Locale::En));
    assert_eq!(korean.subject, "[자리] 행사 취소 및 환불: 뮤지컬 〈빨래〉");
    assert_eq!(english.subject, "[Jari] Called off and refunded: 뮤지컬 〈빨래〉");
    for (mail, sentences) in [
        (korean, ["주최 측 사정으로 아래 행사가 취소되어", "환불 금액: ₩195,000"]),
        (english, ["The organiser has called off the event below", "Refunded: KRW\u{a0}195,000"]),
    ] {
        for sentence in sentences {
            assert!(mail.text.contains(sentence), "{sentence} in {}", mail.text);
        }
    }
}

#[test]
fn the_html_says_the_same_in_every_language() {
    for (news, locale, lang, said) in [
        (News::Confirmed, Locale::Ko, "ko", ["예매가 완료되었습니다", "결제 금액 ₩195,000", "예매 내역 보기"]),
        (
            News::Confirmed,
            Locale::En,
            "en",
            ["Your booking is confirmed", "Paid KRW\u{a0}195,000", "View your booking"],
        ),
        (News::Cancelled, Locale::Ko, "ko", ["예매가 취소되었습니다", "환불 금액 ₩195,000", "예매 내역 보기"]),
        (
            News::Cancelled,
            Locale::En,
            "en",
            ["Your booking is cancelled", "Refunded KRW\u{a0}195,000", "View your booking"],
        ),
        (
            News::CalledOff,
            Locale::Ko,
            "ko",
            ["예매하신 행사가 취소되었습니다", "환불 금액 ₩195,000", "전액 환불되었습니다"],
        ),
        (
            News::CalledOff,
            Locale::En,
            "en",
            ["Your event was called off", "Refunded KRW\u{a0}195,000", "All you paid was refunded"],
        ),
    ] {
        let mail = mail(news, locale);
        // `split_whitespace` takes a no-break space for a gap; so does a reader.
        let (seen, spaced) = (visible(&mail.html), |text: &str| text.replace('\u{a0}', " "));
        for sentence in said {
            assert!(seen.contains(&spaced(sentence)), "{sentence} in {seen}");
        }
        let seats = match locale {
            Locale::Ko => "1층 A구역 / A열 12, 13; B열 14 VIP × 3",
            Locale::En => "1층 A구역 / row A: 12, 13; row B: 14 VIP × 3",
        };
        assert!(seen.contains(seats) && seen.contains("플로어 스탠딩 × 2"), "{seen}");
        assert!(mail.html.contains(&format!("<html lang=\"{lang}\">")));
        assert!(mail.html.contains("<time datetime=\"2026-12-24T19:30+09:00\">"));
        assert!(mail.html.contains(&format!("href=\"https://jari.example/reservations/{}\"", common::RESERVATION)));
    }
}

#[test]
fn what_others_wrote_is_text_and_stays_on_its_line() {
    let evil = "<script>alert(1)</script>\"'&\r\nBcc: victim@example.com\n\n결제 금액: ₩1";
    let (mut contact, mut showing) = parts(Locale::Ko);
    evil.clone_into(&mut contact.name);
    evil.clone_into(&mut showing.title);
    evil.clone_into(&mut showing.venue);
    showing.ticket_types.values_mut().for_each(|name| evil.clone_into(name));
    let mut reservation = reservation();
    evil.clone_into(&mut reservation.lines[0].section);
    evil.clone_into(&mut reservation.lines[0].seats[0].label);
    let mail = compose(News::Confirmed, &reservation, &contact, &showing, URL).unwrap();

    assert!(!mail.html.contains("<script") && !visible(&mail.html).is_empty());
    assert!(!mail.subject.chars().any(char::is_control));
    let lines: Vec<_> = mail.text.lines().collect();
    assert!(!lines.iter().any(|line| line.starts_with("Bcc") || *line == "결제 금액: ₩1"), "{}", mail.text);
    assert!(mail.text.contains("<script>alert(1)</script>\"'& Bcc: victim@example.com 결제 금액: ₩1님"));
}

#[test]
fn long_names_are_cut_in_the_subject_only() {
    let (mut contact, mut showing) = parts(Locale::En);
    contact.name = "이름".repeat(50);
    showing.title = "긴".repeat(500);
    let mail = compose(News::Confirmed, &reservation(), &contact, &showing, URL).unwrap();
    assert!(mail.subject.chars().count() <= 110 && mail.subject.ends_with('…'), "{}", mail.subject);
    assert!(mail.text.contains(&showing.title) && mail.html.contains(&showing.title));
    assert!(mail.text.contains(&contact.name));
}

#[test]
fn a_price_class_nobody_told_us_of_is_left_out() {
    let (contact, mut showing) = parts(Locale::Ko);
    showing.ticket_types.clear();
    let mail = compose(News::Confirmed, &reservation(), &contact, &showing, URL).unwrap();
    assert!(mail.text.contains("- 1층 A구역 / A열 12, 13; B열 14 (× 3): ₩135,000"), "{}", mail.text);
}

#[test]
fn an_unknown_zone_is_no_reason_to_guess_a_time() {
    let (contact, mut showing) = parts(Locale::Ko);
    showing.time_zone = "Asia/Atlantis".into();
    let error = compose(News::Confirmed, &reservation(), &contact, &showing, URL).unwrap_err();
    assert!(matches!(error, ComposeError::UnknownTimeZone(zone, _) if zone == "Asia/Atlantis"));
}

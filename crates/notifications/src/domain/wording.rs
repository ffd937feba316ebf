//! Every sentence of every mail, in every language.

use contracts::identity::Locale;

use super::News;

/// The sentences of one mail.
#[derive(Debug)]
pub struct Words {
    /// The language, as HTML names it.
    pub lang: &'static str,
    /// Before the event's title in the subject.
    pub subject: &'static str,
    /// What happened, in a few words.
    pub heading: &'static str,
    /// What happened, in a sentence.
    pub intro: &'static str,
    /// Before the time.
    pub when: &'static str,
    /// Before the venue.
    pub venue: &'static str,
    /// Before the reservation's id.
    pub number: &'static str,
    /// Over the seats.
    pub seats: &'static str,
    /// Over the price classes.
    pub ticket_type: &'static str,
    /// Over the prices.
    pub price: &'static str,
    /// Before the sum.
    pub total: &'static str,
    /// On the link to the reservation.
    pub button: &'static str,
    /// What else to know.
    pub closing: &'static str,
    /// At the very end.
    pub footer: &'static str,
}

/// The sentences for this news in this language.
pub const fn words(news: News, locale: Locale) -> &'static Words {
    match (news, locale) {
        (News::Confirmed, Locale::Ko) => &CONFIRMED_KO,
        (News::Confirmed, Locale::En) => &CONFIRMED_EN,
        (News::Cancelled, Locale::Ko) => &CANCELLED_KO,
        (News::Cancelled, Locale::En) => &CANCELLED_EN,
        (News::CalledOff, Locale::Ko) => &CALLED_OFF_KO,
        (News::CalledOff, Locale::En) => &CALLED_OFF_EN,
    }
}

/// How a person is addressed.
pub fn greeting(name: &str, locale: Locale) -> String {
    match locale {
        Locale::Ko => format!("{name}님, 안녕하세요."),
        Locale::En => format!("Hello {name},"),
    }
}

/// Seats, after the row they are in.
pub fn in_row(row: &str, seats: &str, locale: Locale) -> String {
    match locale {
        Locale::Ko => format!("{row}열 {seats}"),
        Locale::En => format!("row {row}: {seats}"),
    }
}

const CONFIRMED_KO: Words = Words {
    lang: "ko",
    subject: "[자리] 예매 완료",
    heading: "예매가 완료되었습니다",
    intro: "결제가 완료되어 좌석이 확정되었습니다.",
    when: "일시",
    venue: "장소",
    number: "예매 번호",
    seats: "좌석",
    ticket_type: "권종",
    price: "금액",
    total: "결제 금액",
    button: "예매 내역 보기",
    closing: "예매 내역은 위 링크에서 언제든지 확인할 수 있습니다.",
    footer: "이 메일은 발신 전용이므로 회신할 수 없습니다. — 자리 (Jari)",
};

const CONFIRMED_EN: Words = Words {
    lang: "en",
    subject: "[Jari] Booking confirmed",
    heading: "Your booking is confirmed",
    intro: "Your payment went through and the seats are yours.",
    when: "When",
    venue: "Where",
    number: "Booking number",
    seats: "Seats",
    ticket_type: "Ticket",
    price: "Price",
    total: "Paid",
    button: "View your booking",
    closing: "You can look at your booking under this link at any time.",
    footer: "Replies to this address are not read. — Jari (자리)",
};

const CANCELLED_KO: Words = Words {
    subject: "[자리] 예매 취소",
    heading: "예매가 취소되었습니다",
    intro: "예매가 취소되고 결제 금액이 환불되었습니다.",
    total: "환불 금액",
    closing: "카드 환불은 카드사에 따라 며칠 뒤에 명세서에 표시될 수 있습니다.",
    ..CONFIRMED_KO
};

const CANCELLED_EN: Words = Words {
    subject: "[Jari] Booking cancelled",
    heading: "Your booking is cancelled",
    intro: "Your booking was cancelled and your payment refunded.",
    total: "Refunded",
    closing: "A refund to a card can take a few days to appear on your statement.",
    ..CONFIRMED_EN
};

const CALLED_OFF_KO: Words = Words {
    subject: "[자리] 행사 취소 및 환불",
    heading: "예매하신 행사가 취소되었습니다",
    intro: "주최 측 사정으로 아래 행사가 취소되어 예매가 자동으로 취소되었습니다. 결제하신 금액은 전액 환불되었습니다.",
    closing: "따로 신청하실 일은 없습니다. 카드 환불은 카드사에 따라 며칠 뒤에 명세서에 표시될 수 있습니다.",
    ..CANCELLED_KO
};

const CALLED_OFF_EN: Words = Words {
    subject: "[Jari] Called off and refunded",
    heading: "Your event was called off",
    intro: "The organiser has called off the event below, so your booking was cancelled. All you paid was refunded.",
    closing: "There is nothing you need to do. A refund to a card can take a few days to appear on your statement.",
    ..CANCELLED_EN
};

//! The page in Korean and English.

/// What is written on the page in one language.
#[derive(Debug)]
pub(super) struct Words {
    pub language: &'static str,
    pub title: &'static str,
    pub notice: &'static str,
    pub order: &'static str,
    pub order_id: &'static str,
    pub customer: &'static str,
    pub amount: &'static str,
    pub card: &'static str,
    pub card_hint: &'static str,
    pub pay: &'static str,
    pub cancel: &'static str,
    pub instead: &'static str,
    /// Key, button and what happens then, in the order of the page.
    pub outcomes: [(&'static str, &'static str, &'static str); 5],
    pub refused: &'static str,
    pub refused_hint: &'static str,
    /// Toss's sentence for `PAY_PROCESS_CANCELED`.
    pub cancelled: &'static str,
}

impl Words {
    /// Those of a locale; Korean unless English is asked for.
    pub fn of(locale: &str) -> &'static Self {
        if locale == "en" { &ENGLISH } else { &KOREAN }
    }

    /// An amount of won as people write it.
    pub fn money(&self, amount: u64) -> String {
        let amount = grouped(amount);
        if self.language == "en" { format!("₩{amount}") } else { format!("{amount}원") }
    }
}

fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}

static KOREAN: Words = Words {
    language: "ko",
    title: "가상 결제창",
    notice: "연습용 결제창입니다. 실제로 결제되지 않습니다.",
    order: "주문",
    order_id: "주문번호",
    customer: "구매자",
    amount: "결제 금액",
    card: "카드 번호",
    card_hint: "실제 카드 번호를 입력하지 마세요. 비워 두어도 됩니다.",
    pay: "결제하기",
    cancel: "취소",
    instead: "다른 결과 시험하기",
    outcomes: [
        ("decline_", "승인 거절", "카드사가 결제를 거절합니다."),
        ("timeout_ok_", "응답 없음, 승인됨", "은행이 결제를 승인하지만 응답하지 않습니다."),
        ("timeout_no_", "응답 없음, 승인 안 됨", "은행이 승인도 응답도 하지 않습니다."),
        ("late_", "늦은 승인", "몇 초 뒤에 승인되었다고 알려 줍니다."),
        ("error_", "결제사 장애", "결제사에서 오류가 납니다."),
    ],
    refused: "결제를 시작할 수 없습니다",
    refused_hint: "상점에서 보낸 값이 올바르지 않습니다.",
    cancelled: "사용자에 의해 결제가 취소되었습니다.",
};

static ENGLISH: Words = Words {
    language: "en",
    title: "Virtual payment",
    notice: "A payment page for practice. No money moves.",
    order: "Order",
    order_id: "Order number",
    customer: "Buyer",
    amount: "To pay",
    card: "Card number",
    card_hint: "Do not type a real one. It may stay empty.",
    pay: "Pay",
    cancel: "Cancel",
    instead: "Try another ending",
    outcomes: [
        ("decline_", "Decline", "The card company refuses."),
        ("timeout_ok_", "No answer, approved", "The bank takes the money and keeps silent."),
        ("timeout_no_", "No answer, not approved", "The bank neither approves nor answers."),
        ("late_", "Late approval", "The bank says yes after some seconds."),
        ("error_", "Gateway broken", "The payment gateway itself fails."),
    ],
    refused: "This payment cannot begin",
    refused_hint: "The shop has sent something that cannot be used.",
    cancelled: "Payment has been canceled by the customer.",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::virtual_pg::Behaviour;

    #[test]
    fn writes_money_in_groups() {
        for (amount, written) in [(1, "1원"), (999, "999원"), (1_000, "1,000원"), (12_055_000, "12,055,000원")] {
            assert_eq!(KOREAN.money(amount), written);
        }
        assert_eq!(ENGLISH.money(55_000), "₩55,000");
    }

    #[test]
    fn every_button_is_a_behaviour_of_its_own() {
        for words in [&KOREAN, &ENGLISH] {
            let keys = words.outcomes.map(|(key, ..)| key);
            assert_eq!(keys, super::super::OTHER_OUTCOMES);
            for (index, key) in keys.iter().enumerate() {
                let behaviour = Behaviour::of(key);
                assert!(behaviour.is_some() && keys[..index].iter().all(|other| Behaviour::of(other) != behaviour));
            }
        }
    }
}

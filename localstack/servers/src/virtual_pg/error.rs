//! The refusals of Toss Payments that the virtual PG can give.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal: HTTP status, Toss's code and sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TossError {
    /// The secret key is missing or wrong.
    #[error("인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.")]
    UnauthorizedKey,
    /// The body or a field is not usable.
    #[error("잘못된 요청입니다.")]
    InvalidRequest,
    /// The `Idempotency-Key` is longer than 300 characters.
    #[error("멱등키는 300자 이하여야 합니다.")]
    InvalidIdempotencyKey,
    /// The first request with this `Idempotency-Key` has no answer yet.
    #[error("이전 멱등 요청이 처리중입니다.")]
    IdempotentRequestProcessing,
    /// The order or the amount is not what the buyer saw.
    #[error("허용되지 않은 요청입니다.")]
    ForbiddenRequest,
    /// No buyer ever began a payment with this key.
    #[error("결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.")]
    NotFoundPaymentSession,
    /// There is no such payment.
    #[error("존재하지 않는 결제 정보 입니다.")]
    NotFoundPayment,
    /// The order is approved already, or about to be.
    #[error("이미 처리된 결제 입니다.")]
    AlreadyProcessedPayment,
    /// The card company declined.
    #[error("결제 승인이 거절되었습니다.")]
    RejectCardCompany,
    /// The PG itself failed.
    #[error("내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요.")]
    FailedInternalSystemProcessing,
    /// Everything was given back already.
    #[error("이미 취소된 결제 입니다.")]
    AlreadyCanceledPayment,
    /// More was to be given back than is left.
    #[error("취소 할 수 없는 금액 입니다.")]
    NotCancelableAmount,
    /// The payment was never approved.
    #[error("취소 할 수 없는 결제 입니다.")]
    NotCancelablePayment,
}

impl TossError {
    /// Toss's stable name of the refusal.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UnauthorizedKey => "UNAUTHORIZED_KEY",
            Self::InvalidRequest => "INVALID_REQUEST",
            Self::InvalidIdempotencyKey => "INVALID_IDEMPOTENCY_KEY",
            Self::IdempotentRequestProcessing => "IDEMPOTENT_REQUEST_PROCESSING",
            Self::ForbiddenRequest => "FORBIDDEN_REQUEST",
            Self::NotFoundPaymentSession => "NOT_FOUND_PAYMENT_SESSION",
            Self::NotFoundPayment => "NOT_FOUND_PAYMENT",
            Self::AlreadyProcessedPayment => "ALREADY_PROCESSED_PAYMENT",
            Self::RejectCardCompany => "REJECT_CARD_COMPANY",
            Self::FailedInternalSystemProcessing => "FAILED_INTERNAL_SYSTEM_PROCESSING",
            Self::AlreadyCanceledPayment => "ALREADY_CANCELED_PAYMENT",
            Self::NotCancelableAmount => "NOT_CANCELABLE_AMOUNT",
            Self::NotCancelablePayment => "NOT_CANCELABLE_PAYMENT",
        }
    }

    /// The HTTP status it comes with.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::UnauthorizedKey => StatusCode::UNAUTHORIZED,
            Self::ForbiddenRequest | Self::NotCancelableAmount | Self::NotCancelablePayment => StatusCode::FORBIDDEN,
            Self::NotFoundPaymentSession | Self::NotFoundPayment => StatusCode::NOT_FOUND,
            Self::IdempotentRequestProcessing => StatusCode::CONFLICT,
            Self::FailedInternalSystemProcessing => StatusCode::INTERNAL_SERVER_ERROR,
            Self::InvalidRequest
            | Self::InvalidIdempotencyKey
            | Self::AlreadyProcessedPayment
            | Self::RejectCardCompany
            | Self::AlreadyCanceledPayment => StatusCode::BAD_REQUEST,
        }
    }

    /// Toss's error body.
    #[must_use]
    pub fn body(self) -> Value {
        json!({ "code": self.code(), "message": self.to_string() })
    }
}

impl IntoResponse for TossError {
    fn into_response(self) -> Response {
        (self.status(), Json(self.body())).into_response()
    }
}

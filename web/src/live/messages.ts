// The messages of docs/websocket.yaml that the pages use.

interface SeatDelta {
  readonly at: string;
  readonly performanceId: string;
  readonly previousVersion: number;
  readonly version: number;
}

/** What the server says. */
export type ServerMessage =
  | {
      readonly type: "room-info";
      readonly eventId?: string;
      readonly performanceId?: string;
      readonly viewers: number;
      readonly version?: number;
    }
  | (SeatDelta & {
      readonly type: "seat-locked";
      readonly seats: readonly { readonly id: string; readonly expiresAt: string }[];
    })
  | (SeatDelta & {
      readonly type: "seat-update";
      readonly reload?: boolean;
      readonly seats: readonly { readonly id: string; readonly status: "FREE" | "SOLD" | "NOT_FOR_SALE" }[];
    })
  | { readonly type: "seat-selection"; readonly performanceId: string; readonly seats: readonly string[] }
  | {
      readonly type: "ticket-updated";
      readonly eventId?: string;
      readonly performanceId: string;
      readonly ticketTypeId: string;
      readonly available: number;
    }
  | {
      readonly type: "queue-updated";
      readonly eventId: string;
      readonly position: number;
      readonly ahead: number;
      readonly estimatedWaitSeconds: number | null;
      readonly ticket?: string;
    }
  | {
      readonly type: "queue-entry-allowed";
      readonly eventId: string;
      readonly admissionToken: string;
      readonly expiresAt: string;
    }
  | { readonly type: "queue-cleared"; readonly eventId: string }
  | {
      readonly type: "payment-result";
      readonly paymentId: string;
      readonly reservationId: string | null;
      readonly status: "SUCCESS" | "FAILED" | "REFUNDED";
      readonly failureCode: string | null;
    }
  | {
      readonly type: "reservation-updated";
      readonly performanceId: string;
      readonly reservationId: string;
      readonly status: "PENDING" | "CONFIRMED" | "CANCELLED" | "EXPIRED";
      readonly paymentStatus: string;
      readonly version: number;
    }
  | { readonly type: "pong" }
  | {
      readonly type: "error";
      readonly status: number;
      readonly code: string;
      readonly action?: string | null;
    };

/** What a client says. */
export type ClientMessage =
  | { readonly action: "join-event" | "leave-event" | "leave-queue"; readonly eventId: string }
  | { readonly action: "join-queue"; readonly eventId: string; readonly ticket: string }
  | { readonly action: "join-seat-selection" | "leave-seat-selection"; readonly performanceId: string }
  | {
      readonly action: "seat-selection-changed";
      readonly performanceId: string;
      readonly seatIds: readonly string[];
    }
  | { readonly action: "ping" };

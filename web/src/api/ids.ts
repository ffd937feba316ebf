import { serverNow } from "./clock";

/**
 * A new id that sorts by when it was made (UUID version 7 of RFC 9562), with the prefix of its kind: `pay_0192f0c4-…`.
 * The client makes an id where a request must be repeatable before the server has heard of it.
 */
export function newId(prefix: string, now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setBigUint64(
    0,
    (BigInt(now) << 16n) | BigInt(new DataView(bytes.buffer).getUint16(6)),
  );
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${prefix}_${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A new payment's id, by the server's clock: it refuses ids from the future. */
export function newPaymentId(): string {
  return newId("pay", serverNow());
}

/** What the draw of a waiting room gives a ticket; docs/fairness.md has the scheme. */
export interface Drawn {
  /** Whether the seed is the one whose hash was published before anybody entered. */
  readonly isSeedGenuine: boolean;
  /** The place that follows from seed and ticket, from 0. */
  readonly place: number;
}

/** Draws again, from what is public: `place = ⌊score · entrants / 2^64⌋`, with a score that is an HMAC of the ticket's id. */
export async function drawAgain(
  seed: string,
  seedHash: string,
  ticketId: string,
  entrants: number,
): Promise<Drawn> {
  const bytes = fromHex(seed);
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const [hash, mac] = await Promise.all([
    crypto.subtle.digest("SHA-256", bytes),
    crypto.subtle.sign("HMAC", key, new TextEncoder().encode(ticketId)),
  ]);
  const score = new DataView(mac).getBigUint64(0);
  return {
    isSeedGenuine: toHex(hash) === seedHash,
    place: Number((score * BigInt(entrants)) >> 64n),
  };
}

/** Whether a ticket took part in the draw; those of later are numbers in the order in which people came. */
export function tookPart(ticketId: string): boolean {
  return /^[0-9a-f]{32}$/.test(ticketId);
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

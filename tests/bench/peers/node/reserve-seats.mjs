// `POST /seats/reserve` in JavaScript, as one would write it for Lambda: AWS SDK v3, its client made while the module
// loads.
//
// The same reads, the same two conditional writes and the same answers as Jari's own function, for seats of one block of
// a sale without a waiting room. What it leaves out: the same request sent again, admissions, seats of several blocks.

import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

const TABLE = process.env.BOOKING_TABLE;
const HOLD_SECONDS = 300;
const MAX_SEATS = 8;
const TAG_SPACE = 10n ** 18n;

const dynamodb = new DynamoDBClient({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 4000 },
});

class Problem extends Error {
  constructor(status, code, detail, members = {}) {
    super(detail);
    Object.assign(this, { status, code, members });
  }
}

/** Answers a request of the HTTP API, and logs one line. */
export async function handler(event) {
  const started = performance.now();
  let status = 201;
  let kind = 'application/json';
  let document;
  try {
    document = await reserve(event);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    status = problem.status;
    kind = 'application/problem+json';
    document = {
      type: `https://jari.dev/problems/${problem.code}`,
      title: problem.code.replaceAll('_', ' '),
      status,
      code: problem.code,
      detail: problem.message,
      instance: event.rawPath,
      requestId: event.requestContext.requestId,
      ...problem.members,
    };
  }
  const duration_ms = Math.round(performance.now() - started);
  console.log(JSON.stringify({ function: 'reserve-seats', status, duration_ms }));
  const headers = { 'content-type': kind, 'cache-control': 'no-store' };
  return { statusCode: status, headers, body: JSON.stringify(document), isBase64Encoded: false };
}

async function reserve(event) {
  const user = event.requestContext.authorizer.jwt.claims.sub;
  const body = JSON.parse(event.body);
  const { performanceId, seatIds } = body;
  if (seatIds.length < 1 || seatIds.length > MAX_SEATS || new Set(seatIds).size < seatIds.length) {
    throw invalid('/seatIds', `must name 1 to ${MAX_SEATS} different seats`);
  }
  const now = Date.now();
  const sale = await read(`PRF#${performanceId}`, 'SALE', true);
  if (!sale) throw new Problem(404, 'not_found', 'There is nothing here for you.');
  const { state } = sale;
  const layout = await read(`LAY#${state.layoutId}`, 'LAY');
  const places = seatsById(JSON.parse(gunzipSync(Buffer.from(layout.geometry, 'base64'))));
  const guard = await read(`GUARD#${state.eventId}`, 'GUARD');
  if (guard?.enabled) {
    throw new Problem(403, 'admission_required', 'A waiting room guards this sale; an admission is needed.');
  }
  const line = lineOf(seatIds, places, state.terms);
  const reservation = {
    id: `rsv_${uuid7(now)}`,
    version: 1,
    userId: user,
    performanceId,
    status: 'PENDING',
    paymentStatus: 'NONE',
    lines: [line],
    currency: state.terms.currency,
    expiresAt: Math.floor(now / 1000) + HOLD_SECONDS,
    attempt: 0,
  };
  await mark(reservation, Math.floor(now / 1000));
  await writeBook(reservation, event.headers['idempotency-key'], body, state.terms.buyerLimit, now);
  return view(reservation, state, now);
}

/** Where every seat is: its section, block, slot, label and row. */
function seatsById(geometry) {
  const places = new Map();
  for (const section of geometry.sections) {
    for (const block of section.blocks) {
      block.ids.forEach((id, slot) => {
        places.set(id, { section, block: block.id, slot, label: block.labels[slot], row: block.rows[slot] });
      });
    }
  }
  return places;
}

/** The wanted seats with their price. */
function lineOf(seatIds, places, terms) {
  const found = seatIds.map((id, at) => {
    const place = places.get(id);
    if (!place) throw invalid(`/seatIds/${at}`, 'is no seat of this performance');
    return { id, ...place };
  });
  const [{ section, block }] = found;
  if (found.some((seat) => seat.block !== block)) throw invalid('/seatIds', 'must be of one block');
  const ticketType = terms.ticketTypes.find((each) => each.sectionIds.includes(section.id));
  found.sort((a, b) => a.slot - b.slot);
  return {
    block,
    section: section.name,
    ticketTypeId: ticketType.id,
    price: ticketType.price,
    seats: found.map(({ slot, id, label, row }) => ({ slot, id, label, row })),
  };
}

/** Writes the reservation's mark into all its seats, if all are free. */
async function mark(reservation, now) {
  const [line] = reservation.lines;
  const slots = line.seats.map((seat) => seat.slot);
  const bound = BigInt(now) * TAG_SPACE;
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key: blockKey(reservation.performanceId, line.block),
        UpdateExpression: `SET ${slots.map((slot) => `#s${slot} = :to`).join(', ')}`,
        ConditionExpression: slots
          .map((slot) => `(attribute_not_exists(#s${slot}) OR #s${slot} < :bound)`)
          .join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(slots.map((slot) => [`#s${slot}`, `s${slot}`])),
        ExpressionAttributeValues: { ':to': markOf(reservation), ':bound': { N: `${bound}` } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  } catch (refused) {
    if (!(refused instanceof ConditionalCheckFailedException)) throw refused;
    const isTaken = (seat) => BigInt(refused.Item?.[`s${seat.slot}`]?.N ?? 0) >= bound;
    const taken = line.seats.filter(isTaken).map((seat) => seat.id);
    throw new Problem(409, 'seats_unavailable', 'Some of these seats are taken.', { seatIds: taken });
  }
}

/** Writes the reservation into its buyer's book, unless the buyer has a pending one or too many tickets. */
async function writeBook(reservation, key, body, limit, now) {
  const { userId, performanceId } = reservation;
  const names = {
    '#reservation': `r_${reservation.id}`,
    '#event': 'lastEvent',
    '#pendingUntil': 'pendingUntil',
    '#revision': 'revision',
    '#bought': 'bought',
  };
  const values = {
    ':reservation': reservation,
    ':event': { type: 'booking.reservation-held.v1', at: now, state: names['#reservation'] },
    ':until': reservation.expiresAt,
    ':now': Math.floor(now / 1000),
    ':room': limit - reservation.lines[0].seats.length,
    ':zero': 0,
    ':one': 1,
  };
  let update =
    'SET #reservation = :reservation, #event = :event, #pendingUntil = :until, ' +
    '#revision = if_not_exists(#revision, :zero) + :one';
  let condition =
    '(attribute_not_exists(#pendingUntil) OR #pendingUntil <= :now) ' +
    'AND (attribute_not_exists(#bought) OR #bought <= :room)';
  if (key !== undefined) {
    update += ', #key = :key';
    condition += ' AND attribute_not_exists(#key)';
    names['#key'] = `k_${digest(key)}`;
    const fingerprint = digest(JSON.stringify(body, Object.keys(body).sort()));
    values[':key'] = { reservation: reservation.id, fingerprint, at: Math.floor(now / 1000) };
  }
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key: { pk: { S: userId }, sk: { S: `BOOK#${performanceId}` } },
        UpdateExpression: update,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: marshall(values),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  } catch (refused) {
    if (!(refused instanceof ConditionalCheckFailedException)) throw refused;
    await free(reservation);
    throw refusal(refused.Item ?? {}, limit, now);
  }
}

/** Why a buyer's book took no more. */
function refusal(book, limit, now) {
  const known = Object.entries(book).filter(([name]) => name.startsWith('r_'));
  const reservations = known.map(([, value]) => unmarshall({ value }).value);
  const lives = ({ status, expiresAt }) => ['PENDING', 'PAYING'].includes(status) && expiresAt * 1000 > now;
  const pending = reservations.find(lives);
  if (pending) {
    const detail = 'You have a reservation of this performance to pay or release first.';
    return new Problem(409, 'reservation_pending', detail, { reservationId: pending.id });
  }
  return new Problem(409, 'buyer_limit_exceeded', `A buyer may have ${limit} tickets of this performance.`, { limit });
}

/** Gives the seats back that were marked for nothing. */
async function free(reservation) {
  const [line] = reservation.lines;
  const slots = line.seats.map((seat) => seat.slot);
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: TABLE,
      Key: blockKey(reservation.performanceId, line.block),
      UpdateExpression: `REMOVE ${slots.map((slot) => `#s${slot}`).join(', ')}`,
      ConditionExpression: slots.map((slot) => `#s${slot} = :from`).join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(slots.map((slot) => [`#s${slot}`, `s${slot}`])),
      ExpressionAttributeValues: { ':from': markOf(reservation) },
    }),
  );
}

/** The reservation as the API shows it. */
function view(reservation, state, now) {
  const [line] = reservation.lines;
  const { terms } = state;
  return {
    id: reservation.id,
    status: 'PENDING',
    paymentStatus: 'NONE',
    paymentId: null,
    cancelledBy: null,
    version: 1,
    performance: {
      id: reservation.performanceId,
      eventId: state.eventId,
      title: terms.title,
      venue: terms.venue,
      timeZone: terms.timeZone,
      startsAt: state.startsAt,
    },
    seats: line.seats.map(({ id, label, row }) => ({ id, label, row, section: line.section, price: line.price })),
    totalAmount: line.price * line.seats.length,
    currency: reservation.currency,
    expiresAt: new Date(reservation.expiresAt * 1000).toISOString().replace('.000Z', 'Z'),
    createdAt: new Date(now).toISOString(),
  };
}

async function read(pk, sk, consistent = false) {
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: TABLE, Key, ConsistentRead: consistent }));
  return Item && unmarshall(Item);
}

function blockKey(performanceId, block) {
  return { pk: { S: `SEATS#${performanceId}#${spread(block, 8n)}` }, sk: { S: block } };
}

/** FNV-1a: spreads texts over a few numbers. */
function spread(text, over) {
  let hashed = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hashed = BigInt.asUintN(64, (hashed ^ BigInt(byte)) * 0x100000001b3n);
  return hashed % over;
}

/** Until when seats are taken, and by which reservation, as one number. */
function markOf({ id, expiresAt }) {
  const bits = BigInt(`0x${id.slice(4).replaceAll('-', '')}`) & ((1n << 60n) - 1n);
  return { N: `${BigInt(expiresAt) * TAG_SPACE + (bits % (TAG_SPACE - 1n)) + 1n}` };
}

/** A UUID of version 7. */
function uuid7(now) {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The stored form of keys and bodies. */
function digest(text) {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
}

function invalid(pointer, detail) {
  return new Problem(422, 'validation_failed', `${pointer}: ${detail}`, { errors: [{ pointer, detail }] });
}

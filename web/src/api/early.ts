const BASE = "/api/v1";
// Whoever has not come for an answer by then wants a newer one.
const KEPT_MS = 10_000;

const asked = new Map<string, Promise<Response>>();

/** Asks for what everybody may read, before the scripts that show it are there. */
export function askEarly(path: string): Promise<Response> {
  const url = new URL(BASE + path, location.origin).href;
  const answer = fetch(url);
  asked.set(url, answer);
  setTimeout(() => asked.delete(url), KEPT_MS);
  return answer;
}

/** The answer to what was asked early, for the first who asks the same; nothing if it failed. */
export async function takeEarly(url: string): Promise<Response | null> {
  const answer = asked.get(url);
  asked.delete(url);
  return answer === undefined ? null : answer.catch(() => null);
}

/** Asks for what the page of seats shows. The event and the map both name the geometry: the first to come has it fetched. */
export function askForSeats(eventId: string, performanceId: string): void {
  const event = askEarly(`/events/${eventId}`).then(async (answer) => {
    const { performances } = await bodyOf(answer);
    return performances.find(({ id }: { id: string }) => id === performanceId).layoutId;
  });
  const map = askEarly(`/seats/events/${eventId}?${new URLSearchParams({ performanceId })}`).then(
    async (answer) => (await bodyOf(answer)).layoutId,
  );
  Promise.any([event, map])
    .then((layoutId) => layoutId && askEarly(`/seats/layouts/${layoutId}`))
    // The page asks again, and says what is wrong.
    .catch(() => undefined);
}

/** What an answer says, which can still be read by who comes for it. */
async function bodyOf(answer: Response) {
  if (!answer.ok) throw new Error(`answered with ${answer.status}`);
  return answer.clone().json();
}

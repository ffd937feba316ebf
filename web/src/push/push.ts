import { api, body } from "../api/client";

/**
 * Whether this browser shows messages of the inbox: `unsupported` where it cannot, `denied` where somebody forbade it.
 */
export type PushState = "unsupported" | "denied" | "off" | "on";

// The API's id of this browser's subscription, to end it by.
const SUBSCRIPTION = "jari.push";
const FORGET_PATIENCE_MS = 3_000;

/** Whether messages come to this browser now. */
export async function pushState(): Promise<PushState> {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  if (Notification.permission !== "granted" || rememberedId() === null) return "off";
  return (await subscription()) === null ? "off" : "on";
}

/** Asks for permission and subscribes; must be called on a press of a button. */
export async function turnPushOn(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== "granted") return pushState();
  await navigator.serviceWorker.register("/sw.js");
  const worker = await navigator.serviceWorker.ready;
  const { publicKey } = body(await api.GET("/notifications/push-key"));
  const subscribed = await subscribe(worker.pushManager, bytes(publicKey));
  const { id } = body(
    await api.POST("/notifications/push-subscriptions", { body: asSubscription(subscribed.toJSON()) }),
  );
  remember(id);
  return "on";
}

/** Ends the subscription, here and at the API. */
export async function turnPushOff(): Promise<PushState> {
  const id = rememberedId();
  await (await subscription())?.unsubscribe();
  if (id !== null) {
    remember(null);
    await api.DELETE("/notifications/push-subscriptions/{subscriptionId}", {
      params: { path: { subscriptionId: id } },
      signal: AbortSignal.timeout(FORGET_PATIENCE_MS),
    });
  }
  return "off";
}

/**
 * Part of logging out: whoever uses this browser next reads nobody else's news. What fails here is made good by the push
 * service, which refuses messages to an ended subscription.
 */
export async function forgetPush(): Promise<void> {
  if (!isSupported() || rememberedId() === null) return;
  await turnPushOff().catch(() => undefined);
}

function isSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

async function subscription(): Promise<PushSubscription | null> {
  const registered = await navigator.serviceWorker.getRegistration("/");
  return (await registered?.pushManager.getSubscription()) ?? null;
}

async function subscribe(manager: PushManager, key: Uint8Array<ArrayBuffer>): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey: key };
  try {
    return await manager.subscribe(options);
  } catch (error) {
    // A subscription made with a key that has since changed is in the way, and dead.
    const old = await manager.getSubscription();
    if (old === null) throw error;
    await old.unsubscribe();
    return manager.subscribe(options);
  }
}

function asSubscription({ endpoint = "", expirationTime = null, keys = {} }: PushSubscriptionJSON) {
  return { endpoint, expirationTime, keys: { p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" } };
}

/** The bytes of a base64url text. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function rememberedId(): string | null {
  try {
    return localStorage.getItem(SUBSCRIPTION);
  } catch {
    return null;
  }
}

function remember(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(SUBSCRIPTION);
    else localStorage.setItem(SUBSCRIPTION, id);
  } catch {
    // Storage is forbidden here: then this browser cannot be told from one that never subscribed.
  }
}

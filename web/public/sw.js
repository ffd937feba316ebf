// Shows what comes into the inbox while no page is open. Nothing is cached: the pages are always those of the server.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  event.waitUntil(show(messageOf(event.data)));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

// A browser that gets a push and shows nothing takes the permission back: there is always something to show.
function messageOf(data) {
  const fallback = { id: "jari", title: "Jari · 자리", body: "", url: "/notifications" };
  try {
    return { ...fallback, ...data?.json() };
  } catch {
    return fallback;
  }
}

async function show({ id, title, body, url }) {
  // The same message again replaces itself.
  await self.registration.showNotification(title, { body, tag: id, data: pageOf(url), icon: "/icon.svg" });
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ kind: "inbox" });
}

// Pages of this site only, whatever the message says.
function pageOf(url) {
  try {
    const { origin, pathname, search } = new URL(url, self.location.origin);
    return origin === self.location.origin ? pathname + search : "/notifications";
  } catch {
    return "/notifications";
  }
}

async function open(page) {
  const target = new URL(page ?? "/notifications", self.location.origin).href;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shown = pages.find(({ url }) => url === target);
  await (shown === undefined ? self.clients.openWindow(target) : shown.focus());
}

import type { ComponentType } from "react";
import { askForSeats } from "../api/early";

/** A page, its address, and the file that it is. */
export interface PageFile {
  readonly path: string;
  readonly load: () => Promise<{ default: ComponentType }>;
  /** Asks for what it shows before it is there to ask. */
  readonly ask?: (named: Readonly<Record<string, string | undefined>>) => void;
}

// Each page is a file of its own in what people load, so that nobody waits for a page they do not look at.
/** For everybody. */
export const FOR_ALL: readonly PageFile[] = [
  { path: "/", load: () => import("../pages/home/HomePage") },
  { path: "/events", load: () => import("../pages/search/SearchPage") },
  { path: "/events/:eventId", load: () => import("../pages/event/EventPage") },
  { path: "/announcements", load: () => import("../pages/announcements/AnnouncementsPage") },
  {
    path: "/announcements/:announcementId",
    load: () => import("../pages/announcements/AnnouncementPage"),
  },
  {
    path: "/events/:eventId/performances/:performanceId",
    load: () => import("../pages/seats/SeatsPage"),
    ask: ({ eventId = "", performanceId = "" }) => askForSeats(eventId, performanceId),
  },
  { path: "/login", load: () => import("../pages/account/LogInPage") },
  { path: "/login/google", load: () => import("../pages/account/GoogleReturnPage") },
  { path: "/register", load: () => import("../pages/account/RegisterPage") },
  { path: "*", load: () => import("../pages/not-found/NotFoundPage") },
];

/** For people who are logged in. */
export const ABOUT_ONESELF: readonly PageFile[] = [
  { path: "/events/:eventId/wait", load: () => import("../pages/waiting-room/WaitingRoomPage") },
  { path: "/reservations", load: () => import("../pages/reservations/ReservationsPage") },
  { path: "/reservations/:reservationId", load: () => import("../pages/reservations/ReservationPage") },
  { path: "/reservations/:reservationId/tickets", load: () => import("../pages/reservations/TicketsPage") },
  { path: "/reservations/:reservationId/checkout", load: () => import("../pages/checkout/CheckoutPage") },
  { path: "/reservations/:reservationId/paid", load: () => import("../pages/checkout/PaymentReturnPage") },
  { path: "/payments/:paymentId", load: () => import("../pages/checkout/ResultPage") },
  { path: "/points", load: () => import("../pages/points/PointsPage") },
  { path: "/points/paid", load: () => import("../pages/points/PointsReturnPage") },
  { path: "/notifications", load: () => import("../pages/notifications/NotificationsPage") },
  { path: "/profile", load: () => import("../pages/profile/ProfilePage") },
];

/** Begins to load the page of an address, and what it shows, while the scripts of every page are on their way. */
export function loadAhead(address: string): void {
  for (const { path, load, ask } of [...FOR_ALL, ...ABOUT_ONESELF]) {
    const match = path === "*" ? null : pattern(path).exec(address);
    if (match === null) continue;
    // Whoever shows it loads it again, and says that it cannot be loaded.
    load().catch(() => undefined);
    ask?.(match.groups ?? {});
    return;
  }
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
}

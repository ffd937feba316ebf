import { lazy } from "react";
import { Route, Routes } from "react-router";
import { SignedIn } from "./SignedIn";

// Each page is a file of its own in what people load, so that nobody waits for a page they do not look at.
const Home = lazy(() => import("../pages/home/HomePage"));
const Search = lazy(() => import("../pages/search/SearchPage"));
const Event = lazy(() => import("../pages/event/EventPage"));
const Announcements = lazy(() => import("../pages/announcements/AnnouncementsPage"));
const Announcement = lazy(() => import("../pages/announcements/AnnouncementPage"));
const WaitingRoom = lazy(() => import("../pages/waiting-room/WaitingRoomPage"));
const Seats = lazy(() => import("../pages/seats/SeatsPage"));
const Checkout = lazy(() => import("../pages/checkout/CheckoutPage"));
const PaymentReturn = lazy(() => import("../pages/checkout/PaymentReturnPage"));
const Result = lazy(() => import("../pages/checkout/ResultPage"));
const Reservations = lazy(() => import("../pages/reservations/ReservationsPage"));
const Reservation = lazy(() => import("../pages/reservations/ReservationPage"));
const Tickets = lazy(() => import("../pages/reservations/TicketsPage"));
const Points = lazy(() => import("../pages/points/PointsPage"));
const PointsReturn = lazy(() => import("../pages/points/PointsReturnPage"));
const Notifications = lazy(() => import("../pages/notifications/NotificationsPage"));
const Profile = lazy(() => import("../pages/profile/ProfilePage"));
const LogIn = lazy(() => import("../pages/account/LogInPage"));
const Register = lazy(() => import("../pages/account/RegisterPage"));
const GoogleReturn = lazy(() => import("../pages/account/GoogleReturnPage"));
const NotFound = lazy(() => import("../pages/not-found/NotFoundPage"));

/** Which page an address shows. Those that are about oneself are for people who are logged in. */
export function Pages() {
  return (
    <Routes>
      <Route index element={<Home />} />
      <Route path="events" element={<Search />} />
      <Route path="events/:eventId" element={<Event />} />
      <Route path="announcements" element={<Announcements />} />
      <Route path="announcements/:announcementId" element={<Announcement />} />
      <Route path="events/:eventId/performances/:performanceId" element={<Seats />} />
      <Route path="login" element={<LogIn />} />
      <Route path="login/google" element={<GoogleReturn />} />
      <Route path="register" element={<Register />} />
      <Route element={<SignedIn />}>
        <Route path="events/:eventId/wait" element={<WaitingRoom />} />
        <Route path="reservations" element={<Reservations />} />
        <Route path="reservations/:reservationId" element={<Reservation />} />
        <Route path="reservations/:reservationId/tickets" element={<Tickets />} />
        <Route path="reservations/:reservationId/checkout" element={<Checkout />} />
        <Route path="reservations/:reservationId/paid" element={<PaymentReturn />} />
        <Route path="payments/:paymentId" element={<Result />} />
        <Route path="points" element={<Points />} />
        <Route path="points/paid" element={<PointsReturn />} />
        <Route path="notifications" element={<Notifications />} />
        <Route path="profile" element={<Profile />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

// Made from docs/openapi.yaml by `npm run client`.
export interface paths {
    "/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open an account */
        post: operations["registerUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in with e-mail and password */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Trade a refresh token for the next session
         * @description The token is in the body or, with `X-Session: cookie` and no body, in the cookie; without that header the cookie does not count. A browser sends it by itself, also when a page was reloaded before the answer came: with the header a token that was spent less than ten seconds ago answers the session it was traded for once more.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description With a refresh token only the login it came from ends, without a body all of the caller's. With `X-Session: cookie` and no body the login of the cookie ends, and the browser forgets the cookie. Where the access token has run out, refresh first; a 401 there has taken the cookie away already.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/google": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to log in through Google
         * @description Send the browser to `authorizationUrl` and keep the rest, for example in its session storage. Google sends the browser back to `redirectUri` with `code` and `state` in the query string. Nothing is stored here meanwhile.
         */
        get: operations["startGoogleLogIn"];
        put?: never;
        /**
         * Log in with what Google sent the browser back with
         * @description Whoever has logged in through Google before comes to the same account. Else an account with the address that Google vouches for becomes theirs, unless it is somebody else's at Google already or the address is one of a domain that Google does not speak for (other than gmail.com, googlemail.com and the domain of the Workspace that manages them): its password goes and all of its sessions end, since nobody had proved that the address was theirs. Else a new account is opened.
         */
        post: operations["logInWithGoogle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's profile */
        get: operations["getMyProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the caller's profile
         * @description Members that are absent or `null` stay.
         */
        patch: operations["updateMyProfile"];
        trace?: never;
    };
    "/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A profile, for its owner and administrators */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts, newest first */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An account */
        get: operations["getManagedUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Give somebody a role
         * @description A role that allows less than the one before ends all of their sessions; access tokens already given out run out by themselves, within 15 minutes. Only here the caller's own role counts as it is now, not as the token has it: 403 `forbidden` for somebody who is no administrator any more.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Published events */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/ranking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which events sell best, or sold out fastest
         * @description Days and weeks (from Monday) are those of the platform's time zone. Events that are not public, or were called off, have no place; equal ones are in the order of their ids. What was sold is counted within seconds; tickets that are given back leave the day that they were sold on.
         */
        get: operations["getRanking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event with its performances and ticket types */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{eventId}/dates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * On which days tickets of an event are left
         * @description A day, as the calendar at the venue has it, is listed while one of its performances has a free seat; with it come all of its performances that have not started and whose sale is neither closed nor called off.
         */
        get: operations["getBookableDates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets/event/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event's ticket types with their prices */
        get: operations["listTicketTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Announcements, pinned ones first, then the latest first */
        get: operations["listAnnouncements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/announcements/{announcementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An announcement */
        get: operations["getAnnouncement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/check/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Come in, or hear where one stands
         * @description Asks for entry to a sale that a waiting room guards. Whoever must wait gets a `ticket`: show it when asking again, in
         *     the header or the body, not before `pollAfterSeconds`. It is the place in the line and nobody else keeps it; a lost
         *     one is lost. Tickets of before the queue was emptied, used up, or out of date get a new place at the end.
         *
         *     Whoever is inside and asks again stays: the admission is renewed. A sale without a waiting room lets everybody in.
         */
        post: operations["checkQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/status/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far the line is
         * @description The same for everybody, and cached for a second. How far the line is served by now is
         *     `min(base + ratePerSecond · (now − at) / 1000, limit)`, with `at` in milliseconds since 1970: clients count on by
         *     themselves. With a ticket the answer also says where that stands; anybody who has a ticket may ask.
         */
        get: operations["getQueueStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/leave/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give one's place to somebody else
         * @description Ends the caller's admission if there is one. A ticket needs no ending.
         */
        post: operations["leaveQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/admin/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules and numbers of a queue */
        get: operations["getQueue"];
        /**
         * Give an event a queue, or its queue other rules
         * @description `opensAt` may be in the past: then the sale is open at once. Once the draw can be entered, `opensAt` and
         *     `preQueueMinutes` change only by emptying the queue; the other rules may change at any time.
         */
        put: operations["configureQueue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/admin/clear/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Empty a queue
         * @description Every ticket and every admission is void, and the next draw has a seed of its own. `opensAt` moves the opening; without it
         *     the sale stays open if it was. Reservations stay.
         */
        post: operations["clearQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seats/layouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Layouts, newest first */
        get: operations["listLayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seats/layouts/{layoutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The geometry of a layout */
        get: operations["getLayout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seats/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which seats of a performance are free
         * @description The geometry is the layout's and never changes; this is its state. A block's text is base64 of two bits a seat, the block's first seat in the lowest two of the first byte: 0 free, 1 held, 2 sold, 3 not for sale. Nothing of a performance that was called off is for sale.
         */
        get: operations["getSeatMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seats/reserve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold chosen seats for five minutes */
        post: operations["reserveSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seats/reservation/{reservationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A hold of the caller */
        get: operations["getHold"];
        put?: never;
        post?: never;
        /** Let held seats go at once */
        delete: operations["releaseHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold seats by ticket type and number
         * @description Seats are chosen side by side, in the best rows, without leaving single seats; admissions of a quota have no place.
         */
        post: operations["createReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/my": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's reservations, newest first */
        get: operations["listMyReservations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A reservation of the caller */
        get: operations["getReservation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservationId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a reservation
         * @description A pending one is released, a confirmed one refunded.
         */
        post: operations["cancelReservation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservationId}/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The e-tickets of a confirmed reservation
         * @description One for each seat or admission, in the order of the reservation's seats.
         */
        get: operations["listETickets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reservations/{reservationId}/cancellation-quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What cancelling now would give back
         * @description By the same rule as `POST /reservations/{reservationId}/cancel`. Nothing is promised beyond this moment.
         */
        get: operations["quoteCancellation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets/availability/{ticketTypeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many tickets of a type are left */
        get: operations["getTicketAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay for a reservation
         * @description From the answer on the seats cannot be lost while the payment gateway is asked. A failed payment gives points back and leaves the seats held for the rest of the five minutes. The payment's id is the order id that the payment gateway knows; a client that opens the gateway's widget before this request makes the id itself and sends it as `paymentId`. The same request with the same id has one effect and one answer, for a day.
         */
        post: operations["requestPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/{paymentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A payment of the caller */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hear from the payment gateway
         * @description For Toss Payments. Its notifications carry no signature: nothing in them is believed, the gateway is asked about the order instead.
         */
        post: operations["handlePgWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's points */
        get: operations["getPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/points/charge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Buy points
         * @description A client that opens the payment gateway's widget before this request makes the purchase's id itself and sends it as `chargeId`. The same request with the same id has one effect and one answer, for a day.
         */
        post: operations["chargePoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/points/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the caller's points moved, newest first */
        get: operations["listPointsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The caller's inbox, newest first
         * @description Whatever a mail is sent about is here too, in the language of the mail, for 400 days.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/{notificationId}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say that the caller has read a notification */
        post: operations["markNotificationRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/push-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key that browsers subscribe to
         * @description The `applicationServerKey` of the Push API. A subscription made with another key is dead: when the key has changed, subscribe anew.
         */
        get: operations["getPushKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/push-subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a browser told of what comes into the caller's inbox
         * @description The body is what the browser's `PushSubscription.toJSON()` gives. The same browser again is the same subscription, and one browser is one account's: whoever subscribes last has it. An account has ten at most; one more, and the one that was longest not seen goes. So a page may subscribe whenever it is opened.
         *
         *     What the browser is sent is JSON: `{id, kind, title, body, url}`, `id` being the notification's, to be used as the `tag` of what is shown, so that a message that comes twice is seen once.
         */
        post: operations["subscribeToPush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/push-subscriptions/{subscriptionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Have a browser told no more */
        delete: operations["unsubscribeFromPush"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/layouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store the geometry of a venue
         * @description A layout is never edited: a change is a new one. Geometry too large for a body of 256 KB is sent compressed.
         */
        post: operations["createLayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Allow the upload of a picture
         * @description Post `upload.fields` and then the file, in a field named `file`, to `upload.url` as `multipart/form-data`. Ask for the picture until it is `READY`; nothing of the file but its pixels is shown.
         */
        post: operations["signImageUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/images/{imageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a picture */
        get: operations["getImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All announcements, also those that are not public yet */
        get: operations["listManagedAnnouncements"];
        put?: never;
        /** Write an announcement */
        post: operations["createAnnouncement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/announcements/{announcementId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An announcement, public or not yet */
        get: operations["getManagedAnnouncement"];
        put?: never;
        post?: never;
        /** Take an announcement back, for good */
        delete: operations["removeAnnouncement"];
        options?: never;
        head?: never;
        /**
         * Edit an announcement
         * @description Members that are absent stay.
         */
        patch: operations["updateAnnouncement"];
        trace?: never;
    };
    "/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events that the caller manages, drafts included, newest first */
        get: operations["listManagedEvents"];
        put?: never;
        /** Draft an event */
        post: operations["createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{eventId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event that the caller manages, drafts included */
        get: operations["getManagedEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an event
         * @description Members that are absent stay. `status` goes between `ON_SALE` and `SOLD_OUT` and from both to `ENDED`; going on sale is publishing, and being taken off and called off are calls of their own.
         */
        patch: operations["updateEvent"];
        trace?: never;
    };
    "/admin/events/{eventId}/performances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a showing to an event */
        post: operations["addPerformance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{eventId}/performances/{performanceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back a showing that was never on sale */
        delete: operations["removePerformance"];
        options?: never;
        head?: never;
        /**
         * Change a showing
         * @description Members that are absent stay. One that is on sale tells its new times at once; its layout is fixed by then. Nothing of it changes once it has started.
         */
        patch: operations["updatePerformance"];
        trace?: never;
    };
    "/admin/events/{eventId}/performances/{performanceId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a showing off, for good
         * @description What was bought is cancelled and refunded by itself, over the minutes that follow. Repeating it changes nothing.
         */
        post: operations["cancelPerformance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{eventId}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put an event on sale, or announce what was added or changed
         * @description Repeating it is harmless. Performances that were called off stay so.
         */
        post: operations["publishEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{eventId}/unpublish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an event off sale
         * @description It is a draft again and nothing of it can be held or bought; who has bought keeps the tickets. Publishing puts it back. A draft stays as it is.
         */
        post: operations["unpublishEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{eventId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call an event off, for good
         * @description All its performances that have been on sale and have not started are called off; what was bought is cancelled and refunded by itself, over the minutes that follow. Repeating it goes on where it was interrupted, and else changes nothing.
         */
        post: operations["cancelEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/ticket-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a price class to an event */
        post: operations["createTicketType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keywords": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keyword mappings, newest first */
        get: operations["listKeywords"];
        put?: never;
        /**
         * Declare words to mean the same in searches
         * @description A word belongs to one mapping at most.
         */
        post: operations["createKeyword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/keywords/{keywordId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a keyword mapping back */
        delete: operations["removeKeyword"];
        options?: never;
        head?: never;
        /**
         * Change a keyword mapping
         * @description Members that are absent stay.
         */
        patch: operations["updateKeyword"];
        trace?: never;
    };
    "/admin/events/{eventId}/ticket-types/{ticketTypeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take back a price class that was never on sale */
        delete: operations["removeTicketType"];
        options?: never;
        head?: never;
        /**
         * Change a price class
         * @description Members that are absent stay. It is sold that way once the event is published again; what was held or bought before keeps its price. A seated one stays seated, one with a quota keeps to quotas.
         */
        patch: operations["updateTicketType"];
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the API answers, and its version */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A person with an account. */
        UserId: string;
        /** @description Something sold. */
        EventId: string;
        /** @description One showing of an event. */
        PerformanceId: string;
        /** @description The queue of an event. */
        QueueId: string;
        TicketBody: {
            /** @description The ticket; the header comes first. */
            ticket?: string | null;
        };
        /**
         * @description What one should know before waiting on. Seats may come back as long as some are held.
         * @enum {unknown}
         */
        QueueNotice: "FEWER_SEATS_THAN_PEOPLE_AHEAD" | "SOLD_OUT" | null;
        QueueAnswer: components["schemas"]["QueueEntry"] | components["schemas"]["QueueWait"];
        QueueEntry: {
            /** @constant */
            status: "ADMITTED";
            /** @description For the header `X-Admission-Token` of calls that hold seats. */
            admissionToken: string;
            /**
             * Format: date-time
             * @description When it ends unless it is renewed.
             */
            expiresAt: string;
            /** @description Free seats of all performances, when known. */
            seatsLeft: number | null;
            notice: components["schemas"]["QueueNotice"];
        };
        QueueWait: {
            /** @enum {unknown} */
            status: "WAITING" | "PRE_QUEUE";
            /** @description To be shown when asking again; null while the line is being set up. */
            ticket: string | null;
            /** @description The ticket's id; its score in the draw follows from it. */
            ticketId: string | null;
            /** @description The place in the line, from 0; null before the draw. */
            place: number | null;
            /** @description The same as people count; null before the draw. */
            position: number | null;
            /** @description How many are before it; null before the draw. */
            ahead: number | null;
            /** @description Null when nothing moves. */
            estimatedWaitSeconds: number | null;
            /** @description When to ask again. */
            pollAfterSeconds: number;
            /**
             * Format: date-time
             * @description When the sale opens, or opened.
             */
            opensAt: string;
            /** @description Free seats of all performances, when known. */
            seatsLeft: number | null;
            notice: components["schemas"]["QueueNotice"];
        };
        /**
         * @description `NONE`: no waiting room guards the sale.
         * @enum {unknown}
         */
        QueuePhase: "NONE" | "SCHEDULED" | "PRE_QUEUE" | "OPEN";
        ServingPointer: {
            /** @description How many places had been reached at `at`. */
            base: number;
            /** @description How many more are reached every second. */
            ratePerSecond: number;
            /** @description Where that ends until the line is planned anew. */
            limit: number;
            /** @description When it was planned, in milliseconds since 1970. */
            at: number;
            /** @description How fast it has moved lately, in places a second. */
            pace: number;
        };
        QueueStatus: {
            eventId: components["schemas"]["EventId"];
            phase: components["schemas"]["QueuePhase"];
            /**
             * Format: date-time
             * @description When the sale opens.
             */
            opensAt: string | null;
            /**
             * Format: date-time
             * @description When the draw can be entered.
             */
            preQueueOpensAt: string | null;
            serving: components["schemas"]["ServingPointer"] | null;
            /** @description How many took part in the draw, once it is over. */
            entrants: number | null;
            /** @description How many wait to be called up. */
            waiting: number | null;
            /** @description Free seats of all performances, when known. */
            seatsLeft: number | null;
            notice: components["schemas"]["QueueNotice"];
            /** @description SHA-256 of the draw's seed. */
            seedHash: string | null;
            /** @description The draw's seed, once it is over. */
            seed: string | null;
            /** @description When to ask again. */
            pollAfterSeconds: number;
            /** @description With a ticket: its id. */
            ticketId?: string;
            /** @description With a ticket: its place in the line, from 0. */
            place?: number;
            /** @description With a ticket: the same as people count; 0 once called up. */
            position?: number;
            /** @description With a ticket: how many are before it. */
            ahead?: number;
            /** @description With a ticket; null when nothing moves. */
            estimatedWaitSeconds?: number | null;
        };
        QueueRules: {
            /**
             * Format: date-time
             * @description When the sale opens.
             */
            opensAt: string;
            /** @description How many buyers may be in the sale at once. */
            capacity: number;
            /**
             * @description After how many idle seconds a place is given on.
             * @default 300
             */
            sessionSeconds: number;
            /**
             * @description How long before the opening the draw can be entered.
             * @default 30
             */
            preQueueMinutes: number;
            /**
             * @description Whether the queue guards the sale.
             * @default true
             */
            enabled: boolean;
            /** @description The version that the editor has seen. */
            version?: number | null;
        };
        QueueClearing: {
            /**
             * Format: date-time
             * @description When the sale opens from now on.
             */
            opensAt?: string | null;
            /** @description The version that the editor has seen. */
            version?: number | null;
        };
        Queue: {
            id: components["schemas"]["QueueId"];
            version: number;
            eventId: components["schemas"]["EventId"];
            enabled: boolean;
            /** @description One more than how often it was emptied. */
            era: number;
            /** Format: date-time */
            opensAt: string;
            capacity: number;
            sessionSeconds: number;
            preQueueMinutes: number;
            /** @description SHA-256 of the draw's seed. */
            seedHash: string;
        };
        QueueNumbers: {
            queue: components["schemas"]["Queue"];
            phase: components["schemas"]["QueuePhase"];
            /** @description Buyers in the sale. */
            active: number;
            /** @description Entrants of the draw, so far or in all. */
            entrants: number;
            /** @description Numbers given out after the opening. */
            numbers: number;
            /** @description How many wait to be called up. */
            waiting: number;
            /** @description How many were called up. */
            served: number;
            /** @description How many of these came in. */
            claimed: number;
            /** @description The share of people called up who are there, as far as known. */
            present: number | null;
            /** @description The latest round of planning. */
            round: number | null;
            serving: components["schemas"]["ServingPointer"] | null;
            /** @description Whether newcomers come in at once. */
            walkIns: boolean;
            /** @description Free seats of all performances, when known. */
            seatsLeft: number | null;
            /** @description Outcomes of payments in the last minutes. */
            payments: {
                confirmed: number;
                failed: number;
            };
        };
        /** @description A keyword mapping. */
        KeywordId: string;
        /** @description One version of a venue's geometry. */
        LayoutId: string;
        /** @description A picture. */
        ImageId: string;
        /** @description An announcement. */
        AnnouncementId: string;
        /** @description A message in somebody's inbox. */
        NotificationId: string;
        /** @description A browser that takes push messages. */
        PushSubscriptionId: string;
        /** @description A price class of an event. */
        TicketTypeId: string;
        /** @description A buyer's claim on seats. */
        ReservationId: string;
        /** @description A payment, of a reservation or of points. */
        PaymentId: string;
        /** @description A payment's id that the client makes: `pay_` and a UUIDv7 whose time is at most a day ago and at most five minutes ahead. */
        ChosenPaymentId: string;
        /** @description The admission of one person; the same whenever it is asked for. */
        ETicketId: string;
        /**
         * Format: date-time
         * @description RFC 3339, in answers always in UTC.
         */
        Time: string;
        /** @description In the currency's minor unit. */
        Amount: number;
        /** @description ISO 4217 code. */
        Currency: string;
        /**
         * @description IANA name of the venue's time zone.
         * @example Asia/Seoul
         */
        TimeZone: string;
        /** @description Where the next page starts; `null` on the last one. */
        NextCursor: string | null;
        /** @description A short name that people choose. */
        Slug: string;
        /** @description RFC 9457. */
        Problem: {
            /** Format: uri */
            type: string;
            title: string;
            status: number;
            /** @description For people. */
            detail: string;
            /** @description The path that was asked. */
            instance: string;
            /** @description For programs; stable. */
            code: string;
            /** @description Quote it when you ask for help. */
            requestId: string;
            /** @description `validation_failed`: everything that is wrong, the first 100 of it. */
            errors?: components["schemas"]["Violation"][];
        };
        Violation: {
            /** @description Where, as a JSON pointer into the body; for parameters and headers their name. */
            pointer: string;
            /** @description What. */
            detail: string;
        };
        /** @description API Gateway's own short answer. */
        GatewayRefusal: {
            message: string;
        };
        User: {
            id: components["schemas"]["UserId"];
            /** Format: email */
            email: string;
            name: string;
            /**
             * @description How they prove who they are.
             * @enum {string}
             */
            provider: "LOCAL" | "GOOGLE";
            /**
             * Format: uri
             * @description Where their picture is.
             */
            profileImage: string | null;
            role: components["schemas"]["Role"];
            locale: components["schemas"]["Locale"];
            /** @description Changes so far, from 1. */
            version: number;
        };
        UserPage: {
            items: components["schemas"]["User"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        ProfilePatch: {
            version?: components["schemas"]["SeenVersion"];
            name?: components["schemas"]["Text"] | null;
            locale?: components["schemas"]["Locale"] | null;
        };
        RolePatch: {
            version?: components["schemas"]["SeenVersion"];
            role: components["schemas"]["Role"];
        };
        /** @description The version that the caller has seen; `version_conflict` when it is at another one. */
        SeenVersion: number | null;
        /**
         * @description The language that mails are written in.
         * @enum {string}
         */
        Locale: "ko" | "en";
        /** @enum {string} */
        Role: "buyer" | "staff" | "organizer" | "admin";
        Session: {
            /** @description RS256 JWT for `Authorization: Bearer`. */
            accessToken: string;
            /** @description Buys the next session, once, for 30 days. Absent with `X-Session: cookie`: it is in the cookie. */
            refreshToken?: string;
            /** @description Seconds that the access token is good for. */
            expiresIn: number;
            user: components["schemas"]["User"];
        };
        Registration: {
            /**
             * Format: email
             * @description Unique, in any case.
             */
            email: string;
            password: string;
            /** @description One line. */
            name: components["schemas"]["Text"];
        };
        Credentials: {
            email: string;
            password: string;
        };
        /**
         * Format: uri
         * @description A page of the web UI, without a fragment.
         */
        RedirectUri: string;
        GoogleDeparture: {
            /**
             * Format: uri
             * @description Where to send the browser.
             */
            authorizationUrl: string;
            /** @description What the browser comes back with; compare it. */
            state: string;
            /** @description The client's secret until then (RFC 7636). */
            codeVerifier: string;
            redirectUri: components["schemas"]["RedirectUri"];
            /** @description Seconds that they may take. */
            expiresIn: number;
        };
        GoogleArrival: {
            /** @description What Google sent. */
            code: string;
            state: string;
            codeVerifier: string;
            redirectUri: string;
        };
        RefreshTokenBody: {
            refreshToken: string;
        };
        /** @enum {string} */
        Category: "concert" | "film" | "theatre" | "musical" | "sports" | "exhibition" | "other";
        /** @enum {string} */
        PublicEventStatus: "ON_SALE" | "SOLD_OUT" | "ENDED" | "CANCELLED";
        /** @description Blanks at both ends are cut off before it is measured. */
        Text: string;
        /** @enum {string} */
        EventStatus: "DRAFT" | "ON_SALE" | "SOLD_OUT" | "ENDED" | "CANCELLED";
        EventCard: {
            id: components["schemas"]["EventId"];
            title: string;
            category: components["schemas"]["Category"];
            venue: string;
            timeZone: components["schemas"]["TimeZone"];
            status: components["schemas"]["PublicEventStatus"];
            currency: components["schemas"]["Currency"];
            /** @description Of the next performance; of the last one when all are over; `null` when none is published. */
            startsAt: components["schemas"]["Time"] | null;
            /** @description `null` when nothing is published. */
            minPrice: components["schemas"]["Amount"] | null;
            /**
             * Format: uri
             * @description Where its poster is, at most 480 pixels wide; `null` without one.
             */
            imageUrl: string | null;
        };
        /** @description Events. */
        EventPage: {
            items: components["schemas"]["EventCard"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description Where the poster's two sizes are; `null` when there is none. */
        Images: components["schemas"]["ImageUrls"] | null;
        RankedEvent: {
            id: components["schemas"]["EventId"];
            title: string;
            venue: string;
            category: components["schemas"]["Category"];
            /** @enum {string} */
            status: "ON_SALE" | "SOLD_OUT" | "ENDED";
        };
        SalesPlace: {
            rank: number;
            event: components["schemas"]["RankedEvent"];
            /** @description Sold in the window and not given back. */
            tickets: number;
        };
        SelloutPlace: {
            rank: number;
            event: components["schemas"]["RankedEvent"];
            performanceId: components["schemas"]["PerformanceId"];
            /** @description When its last ticket was sold. */
            soldOutAt: components["schemas"]["Time"];
            /** @description Since its sale began. */
            secondsToSellOut: number;
        };
        Ranking: {
            /** @enum {string} */
            window: "day" | "week" | "all";
            /** @enum {string} */
            by: "sales" | "sellout";
            items: (components["schemas"]["SalesPlace"] | components["schemas"]["SelloutPlace"])[];
            /** @description A ranking has one page. */
            nextCursor: null;
        };
        Event: {
            id: components["schemas"]["EventId"];
            title: string;
            description: string;
            category: components["schemas"]["Category"];
            venue: string;
            timeZone: components["schemas"]["TimeZone"];
            currency: components["schemas"]["Currency"];
            /** @description Most tickets of one buyer for one performance. */
            buyerLimit: number;
            status: components["schemas"]["PublicEventStatus"];
            /** @description Of the next performance; of the last one when all are over; `null` when none is published. */
            startsAt: components["schemas"]["Time"] | null;
            /** @description `null` when nothing is published. */
            minPrice: components["schemas"]["Amount"] | null;
            images: components["schemas"]["Images"];
            /** @description The published ones, by time; those that were called off, too. */
            performances: components["schemas"]["Performance"][];
            /** @description Those that its performances are sold under. */
            ticketTypes: components["schemas"]["TicketType"][];
        };
        Performance: {
            id: components["schemas"]["PerformanceId"];
            startsAt: components["schemas"]["Time"];
            /** @description `null` when all of it is general admission. */
            layoutId: components["schemas"]["LayoutId"] | null;
            /** @description No hold before this. */
            saleOpensAt: components["schemas"]["Time"] | null;
            /** @description No hold from this on; the start when `null`. */
            saleClosesAt: components["schemas"]["Time"] | null;
            /** @description Whether it was called off, for good. */
            cancelled: boolean;
        };
        TicketType: {
            id: components["schemas"]["TicketTypeId"];
            eventId: components["schemas"]["EventId"];
            name: string;
            price: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            /** @description Empty for general admission. */
            sectionIds: string[];
            /** @description Tickets per performance for general admission; `null` when seated. */
            quota: number | null;
        };
        /** @description Ticket types. */
        TicketTypePage: {
            items: components["schemas"]["TicketType"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        PricedTicketType: {
            id: components["schemas"]["TicketTypeId"];
            name: string;
            price: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            /** @description Empty for general admission. */
            sectionIds: string[];
            /** @description Tickets per performance for general admission; `null` when seated. */
            quota: number | null;
        };
        LayoutSummary: {
            id: components["schemas"]["LayoutId"];
            /** @constant */
            version: 1;
            name: string;
            seatCount: number;
        };
        /** @description Layouts. */
        LayoutPage: {
            items: components["schemas"]["LayoutSummary"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        Layout: {
            id: components["schemas"]["LayoutId"];
            /** @constant */
            version: 1;
            name: string;
            seatCount: number;
            sections: components["schemas"]["Section"][];
        };
        Announcement: {
            id: components["schemas"]["AnnouncementId"];
            title: string;
            /** @description Plain text, with line breaks. */
            body: string;
            /** @description Listed before all others that are not. */
            pinned: boolean;
            /** @description Since when it is public; in the back office also from when on. */
            publishedAt: components["schemas"]["Time"];
            updatedAt: components["schemas"]["Time"];
            version: number;
        };
        /** @description Announcements. */
        AnnouncementPage: {
            items: components["schemas"]["Announcement"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        NewAnnouncement: {
            title: components["schemas"]["Text"];
            body: components["schemas"]["Text"];
            pinned?: boolean | null;
            /** @description Not public before this; at once when absent. In the years 1970 to 9999. */
            visibleFrom?: components["schemas"]["Time"] | null;
        };
        AnnouncementPatch: {
            /** @description Refuses the change when the announcement has another one. */
            version?: number | null;
            title?: components["schemas"]["Text"] | null;
            body?: components["schemas"]["Text"] | null;
            pinned?: boolean | null;
            /** @description Not public before this. */
            visibleFrom?: components["schemas"]["Time"] | null;
        };
        NewImage: {
            /** @enum {string} */
            contentType: "image/jpeg" | "image/png" | "image/webp";
            /** @description In bytes, to be told at once that it is too large. */
            size?: number | null;
        };
        ImageUpload: {
            id: components["schemas"]["ImageId"];
            /** @description The form to send the file with. */
            upload: {
                /** Format: uri */
                url: string;
                /** @description Names and values, all of them needed, before the file. */
                fields: {
                    [key: string]: string;
                };
            };
            /** @description An upload must have begun before this. */
            expiresAt: components["schemas"]["Time"];
            maxBytes: number;
        };
        /** @description JPEGs that never change. */
        ImageUrls: {
            /**
             * Format: uri
             * @description At most 480 pixels wide.
             */
            list: string;
            /**
             * Format: uri
             * @description At most 1,600 pixels wide.
             */
            detail: string;
        };
        Image: {
            id: components["schemas"]["ImageId"];
            /**
             * @description `PENDING` until the upload was looked at.
             * @enum {string}
             */
            status: "PENDING" | "READY" | "REJECTED";
            /**
             * @description Why it was rejected. `wrong_type`: it is another kind of picture than was announced; `too_many_pixels`: more than 40 million, or 16,384 on a side; `broken`: it cannot be decoded, or is cut short.
             * @enum {string|null}
             */
            reason: "too_large" | "not_an_image" | "wrong_type" | "too_many_pixels" | "broken" | null;
            /** @description `null` unless `READY`. */
            urls: components["schemas"]["ImageUrls"] | null;
            version: number;
        };
        NewLayout: {
            name: components["schemas"]["Text"];
            /** @description Either this */
            sections?: components["schemas"]["Section"][] | null;
            /** @description or base64 of gzip of `{"sections": […]}`. */
            geometry?: string | null;
        } & ({
            sections: unknown[];
            geometry?: null;
        } | {
            geometry: string;
            sections?: null;
        });
        NewEvent: {
            title: components["schemas"]["Text"];
            description?: components["schemas"]["Text"] | null;
            category: components["schemas"]["Category"];
            venue: components["schemas"]["Text"];
            timeZone: components["schemas"]["TimeZone"];
            /** @description KRW when absent. */
            currency?: components["schemas"]["Currency"] | null;
            /** @description Most tickets of one buyer for one performance; 8 when absent. */
            buyerLimit?: number | null;
            /** @description Its poster, a picture of the caller (of anybody for an admin) that is `READY`. */
            imageId?: components["schemas"]["ImageId"] | null;
        };
        EventPatch: {
            /** @description Refuses the change when the event has another one. */
            version?: number | null;
            title?: components["schemas"]["Text"] | null;
            description?: components["schemas"]["Text"] | null;
            category?: components["schemas"]["Category"] | null;
            venue?: components["schemas"]["Text"] | null;
            timeZone?: components["schemas"]["TimeZone"] | null;
            /** @description Fixed once anything of the event has been on sale. */
            currency?: components["schemas"]["Currency"] | null;
            /** @description Most tickets of one buyer for one performance. */
            buyerLimit?: number | null;
            status?: components["schemas"]["EventStatus"] | null;
            /** @description Its poster, a picture of the caller (of anybody for an admin) that is `READY`; `null` takes it off. */
            imageId?: components["schemas"]["ImageId"] | null;
        };
        /** @description An event by itself. */
        ManagedEvent: {
            id: components["schemas"]["EventId"];
            version: number;
            organizerId: components["schemas"]["UserId"];
            title: string;
            description: string;
            category: components["schemas"]["Category"];
            venue: string;
            timeZone: components["schemas"]["TimeZone"];
            currency: components["schemas"]["Currency"];
            /** @description Most tickets of one buyer for one performance. */
            buyerLimit: number;
            status: components["schemas"]["EventStatus"];
            /** @description Its poster. */
            imageId: components["schemas"]["ImageId"] | null;
            images: components["schemas"]["Images"];
        };
        /** @description An event with all that belongs to it. */
        ManagedProgramme: {
            id: components["schemas"]["EventId"];
            version: number;
            organizerId: components["schemas"]["UserId"];
            title: string;
            description: string;
            category: components["schemas"]["Category"];
            venue: string;
            timeZone: components["schemas"]["TimeZone"];
            currency: components["schemas"]["Currency"];
            /** @description Most tickets of one buyer for one performance. */
            buyerLimit: number;
            status: components["schemas"]["EventStatus"];
            /** @description Its poster. */
            imageId: components["schemas"]["ImageId"] | null;
            images: components["schemas"]["Images"];
            performances: components["schemas"]["ManagedPerformance"][];
            ticketTypes: components["schemas"]["ManagedTicketType"][];
        };
        ManagedTicketType: {
            id: components["schemas"]["TicketTypeId"];
            eventId: components["schemas"]["EventId"];
            name: string;
            price: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            /** @description Empty for general admission. */
            sectionIds: string[];
            /** @description Tickets per performance for general admission; `null` when seated. */
            quota: number | null;
            version: number;
            /** @description Whether it has ever been on sale; it cannot be taken back then. */
            published: boolean;
            /** @description Whether it is not on sale as it stands here; publishing puts it there. */
            pending: boolean;
        };
        ManagedEventCard: {
            id: components["schemas"]["EventId"];
            title: string;
            category: components["schemas"]["Category"];
            venue: string;
            timeZone: components["schemas"]["TimeZone"];
            status: components["schemas"]["EventStatus"];
            currency: components["schemas"]["Currency"];
            /** @description Of the next performance; of the last one when all are over; `null` when none is published. */
            startsAt: components["schemas"]["Time"] | null;
            /** @description `null` when nothing is published. */
            minPrice: components["schemas"]["Amount"] | null;
            version: number;
            organizerId: components["schemas"]["UserId"];
        };
        /** @description Events. */
        ManagedEventPage: {
            items: components["schemas"]["ManagedEventCard"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description A keyword mapping. */
        Keyword: {
            id: components["schemas"]["KeywordId"];
            version: number;
            term: string;
            aliases: string[];
        };
        /** @description Keyword mappings. */
        KeywordPage: {
            items: components["schemas"]["Keyword"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description A word, or several that are one name. Case, blanks and the width of letters make no difference; neither to what it finds nor to whether it is taken. */
        KeywordText: string;
        NewKeyword: {
            term: components["schemas"]["KeywordText"];
            /** @description Other spellings, nicknames, transliterations; all different. */
            aliases: components["schemas"]["KeywordText"][];
        };
        KeywordPatch: {
            /** @description The version that was looked at. */
            version?: number | null;
            term?: components["schemas"]["KeywordText"] | null;
            /** @description All of them. */
            aliases?: components["schemas"]["KeywordText"][] | null;
        };
        ManagedPerformance: {
            id: components["schemas"]["PerformanceId"];
            startsAt: components["schemas"]["Time"];
            /** @description `null` when all of it is general admission. */
            layoutId: components["schemas"]["LayoutId"] | null;
            /** @description No hold before this. */
            saleOpensAt: components["schemas"]["Time"] | null;
            /** @description No hold from this on; the start when `null`. */
            saleClosesAt: components["schemas"]["Time"] | null;
            eventId: components["schemas"]["EventId"];
            version: number;
            /** @description Whether it was called off, for good. */
            cancelled: boolean;
            /** @description Whether it is on sale, or was when it was called off. */
            published: boolean;
            /** @description Whether it was on sale and was taken off. */
            withdrawn: boolean;
        };
        NewPerformance: {
            /** @description In the future. */
            startsAt: components["schemas"]["Time"];
            layoutId?: components["schemas"]["LayoutId"] | null;
            saleOpensAt?: components["schemas"]["Time"] | null;
            saleClosesAt?: components["schemas"]["Time"] | null;
        };
        PerformancePatch: {
            /** @description Refuses the change when the performance has another one. */
            version?: number | null;
            /** @description In the future. */
            startsAt?: components["schemas"]["Time"] | null;
            /** @description Fixed once it has been on sale. */
            layoutId?: components["schemas"]["LayoutId"] | null;
            /** @description `null`: open from its publication. */
            saleOpensAt?: components["schemas"]["Time"] | null;
            /** @description `null`: with the start. */
            saleClosesAt?: components["schemas"]["Time"] | null;
        };
        NewTicketType: {
            eventId: components["schemas"]["EventId"];
            name: components["schemas"]["Text"];
            price: number;
            /** @description Either this */
            sectionIds?: components["schemas"]["Slug"][] | null;
            /** @description or this: tickets per performance. */
            quota?: number | null;
        } & ({
            sectionIds: unknown[];
            quota?: null;
        } | {
            quota: number;
            sectionIds?: null;
        });
        TicketTypePatch: {
            /** @description Refuses the change when the ticket type has another one. */
            version?: number | null;
            name?: components["schemas"]["Text"] | null;
            price?: number | null;
            /** @description For a seated ticket type only. */
            sectionIds?: components["schemas"]["Slug"][] | null;
            /** @description For one with a quota only. A smaller one takes the last places off sale; what was sold of them stays sold. */
            quota?: number | null;
        };
        Seat: {
            /** @description Unique in the layout. */
            id: components["schemas"]["Slug"];
            /** @description What is printed on it, usually its number in the row. */
            label: components["schemas"]["Text"];
            row: components["schemas"]["Text"];
            /** @description Growing to the right. */
            x: number;
            /** @description Growing away from the stage. */
            y: number;
            /**
             * @description Reachable by wheelchair.
             * @default false
             */
            accessible: boolean;
        };
        Block: {
            id: components["schemas"]["Slug"];
            /** @description Neighbours, in order. */
            seats: components["schemas"]["Seat"][];
        };
        Section: {
            id: components["schemas"]["Slug"];
            name: components["schemas"]["Text"];
            blocks: components["schemas"]["Block"][];
        };
        SeatMap: {
            performanceId: components["schemas"]["PerformanceId"];
            /** @description `null` when all of it is general admission. */
            layoutId: components["schemas"]["LayoutId"] | null;
            /** @description When the map was read, in milliseconds since 1970. Whoever joins the performance's room over the WebSocket reads the map until this is at least the version told on joining; what is told later says which version it follows. */
            version: number;
            ticketTypes: components["schemas"]["PricedTicketType"][];
            availability: {
                /** @constant */
                encoding: "2bit-base64";
                /** @description Block id → states. */
                blocks: {
                    [key: string]: string;
                };
            };
            counts: {
                total: number;
                free: number;
                held: number;
                sold: number;
                notForSale: number;
            };
            /** @description With `expand=seats`. */
            seats?: {
                id: string;
                label: string;
                /** @description The section's name. */
                section: string;
                /** @description `null` when not for sale. */
                price: components["schemas"]["Amount"] | null;
                /** @enum {string} */
                status: "FREE" | "HELD" | "SOLD" | "NOT_FOR_SALE";
            }[];
        };
        /**
         * @description Why no admission counts. `missing`: no token was shown. `malformed`: it is not one of ours. `expired`: it was not renewed in time. `other_account`, `other_event`: it is somebody else's, or for another event. `ended`: its holder has bought, has left or was idle for too long. `cleared`: the queue was emptied since.
         * @enum {string}
         */
        AdmissionDenial: "missing" | "malformed" | "expired" | "other_account" | "other_event" | "ended" | "cleared";
        SeatChoice: {
            performanceId: components["schemas"]["PerformanceId"];
            /** @description Seats of the layout, each once. */
            seatIds: string[];
        };
        TicketChoice: {
            performanceId: components["schemas"]["PerformanceId"];
            /** @description Each type once, eight tickets in all. */
            items: {
                ticketTypeId: components["schemas"]["TicketTypeId"];
                quantity: number;
            }[];
            /** @description `true`: side by side or not at all. `false`: wherever it is best. Absent: side by side if possible. */
            adjacent?: boolean | null;
        };
        Reservation: {
            id: components["schemas"]["ReservationId"];
            /** @enum {string} */
            status: "PENDING" | "CONFIRMED" | "CANCELLED" | "EXPIRED";
            /** @enum {string} */
            paymentStatus: "NONE" | "PROCESSING" | "SUCCESS" | "FAILED" | "REFUNDED" | "PARTIALLY_REFUNDED";
            /** @description The latest payment. */
            paymentId: components["schemas"]["PaymentId"] | null;
            /**
             * @description Whose wish it was that it ended; `ORGANIZER` when the performance was called off. `null` while it lives, and when it ended by itself.
             * @enum {unknown}
             */
            cancelledBy: "BUYER" | "ORGANIZER" | null;
            /** @description Changes so far; `cancel` wants to know it. */
            version: number;
            performance: {
                id: components["schemas"]["PerformanceId"];
                eventId: components["schemas"]["EventId"];
                title: string;
                venue: string;
                timeZone: components["schemas"]["TimeZone"];
                startsAt: components["schemas"]["Time"];
            };
            seats: {
                id: string;
                label: string;
                /** @description The section's name, or the ticket type's for general admission. */
                section: string;
                price: components["schemas"]["Amount"];
            }[];
            totalAmount: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            /** @description When the hold ends or ended; `null` once the reservation is paid or given up. */
            expiresAt: components["schemas"]["Time"] | null;
            createdAt: components["schemas"]["Time"];
        };
        ETicket: {
            id: components["schemas"]["ETicketId"];
            /** @description `null` for an admission without a place. */
            seat: {
                id: string;
                label: string;
                section: string;
            } | null;
            ticketType: {
                id: components["schemas"]["TicketTypeId"];
                name: string;
            };
            /** @description The text to show as a QR code: a JWS that names ticket, performance, seat and version of the reservation, signed so that an entrance can check it without asking here. */
            qr: string;
            /** @enum {string} */
            status: "VALID";
        };
        CancellationQuote: {
            /** @description What would come back: `pointRefund` and `cardRefund`. */
            refundAmount: components["schemas"]["Amount"];
            /** @description What would be kept. */
            fee: components["schemas"]["Amount"];
            /** @description `null`, as `cardRefund`, for a reservation from before payments told how they were split. */
            pointRefund: components["schemas"]["Amount"] | null;
            cardRefund: components["schemas"]["Amount"] | null;
            currency: components["schemas"]["Currency"];
            /** @description The rule by which this was reckoned. */
            policyVersion: string;
            /** @description From when on it cannot be cancelled any more. */
            deadline: components["schemas"]["Time"];
        };
        /** @description Reservations. */
        ReservationPage: {
            items: components["schemas"]["Reservation"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        BookableDate: {
            /**
             * Format: date
             * @description As the calendar at the venue has it.
             */
            date: string;
            /** @description In the order they start. */
            performances: {
                id: components["schemas"]["PerformanceId"];
                startsAt: components["schemas"]["Time"];
                /** @description Free seats and admissions. */
                available: number;
            }[];
        };
        Stock: {
            performanceId: components["schemas"]["PerformanceId"];
            total: number;
            available: number;
            held: number;
            sold: number;
        };
        /** @enum {string} */
        PaymentMethod: "CARD" | "POINT" | "MIXED";
        /** @enum {string} */
        PaymentStatus: "PROCESSING" | "SUCCESS" | "FAILED" | "REFUNDED";
        /** @description The payment gateway's key of the card payment. */
        PaymentKey: string;
        PaymentOrder: {
            reservationId: components["schemas"]["ReservationId"];
            method: components["schemas"]["PaymentMethod"];
            /** @description `MIXED`: the points part, at least 1. `POINT`: absent or the total. `CARD`: absent or 0. */
            pointAmount?: number | null;
            /** @description `CARD`, `MIXED`: needed. `POINT`: absent. */
            paymentKey?: components["schemas"]["PaymentKey"] | null;
            /** @description The order id that the gateway's widget was opened with. */
            paymentId?: components["schemas"]["ChosenPaymentId"] | null;
        } & ({
            /** @constant */
            method?: "CARD";
            /** @enum {unknown} */
            pointAmount?: 0 | null;
            paymentKey: string;
        } | {
            /** @constant */
            method?: "POINT";
            paymentKey?: null;
        } | {
            /** @constant */
            method?: "MIXED";
            pointAmount: number;
            paymentKey: string;
        });
        Accepted: {
            id: components["schemas"]["PaymentId"];
            /** @constant */
            status: "PROCESSING";
        };
        Payment: {
            id: components["schemas"]["PaymentId"];
            /** @description `null` for a purchase of points. */
            reservationId: components["schemas"]["ReservationId"] | null;
            amount: components["schemas"]["Amount"];
            method: components["schemas"]["PaymentMethod"];
            pointUsed: components["schemas"]["Amount"];
            cardAmount: components["schemas"]["Amount"];
            currency: components["schemas"]["Currency"];
            status: components["schemas"]["PaymentStatus"];
            /**
             * @description Why it failed. `payment_mismatch`: the card was authorised for another id or amount; nothing was charged. `payment_expired`: it would have been charged after the seats' hold; nothing was charged. `pg_…`: the gateway's fault, an approval that comes later is voided.
             * @enum {unknown}
             */
            failureCode: "insufficient_points" | "card_declined" | "insufficient_funds" | "payment_key_invalid" | "payment_mismatch" | "pg_key_used" | "payment_cancelled" | "payment_expired" | "pg_timeout" | "pg_unavailable" | "pg_mismatch" | null;
        };
        PointsOrder: {
            /** @description One point is one won. */
            amount: number;
            paymentKey: components["schemas"]["PaymentKey"];
            /** @description The order id that the gateway's widget was opened with. */
            chargeId?: components["schemas"]["ChosenPaymentId"] | null;
        };
        PointsEntry: {
            /** @enum {string} */
            type: "CHARGE" | "USE" | "REFUND";
            /** @description Positive in, negative out. */
            amount: number;
            balanceAfter: components["schemas"]["Amount"];
            /** @description The payment that moved them. */
            reference: components["schemas"]["PaymentId"];
            createdAt: components["schemas"]["Time"];
        };
        /** @description Entries of a points account. */
        PointsPage: {
            items: components["schemas"]["PointsEntry"][];
            nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @description What a notification is about: a reservation was paid, was cancelled as its buyer wished, or was cancelled because the performance was called off.
         * @enum {string}
         */
        NotificationKind: "RESERVATION_CONFIRMED" | "RESERVATION_CANCELLED" | "PERFORMANCE_CANCELLED";
        Notification: {
            id: components["schemas"]["NotificationId"];
            kind: components["schemas"]["NotificationKind"];
            /** @description What happened. */
            title: string;
            /** @description What it happened to: event, time, venue. */
            body: string;
            reservationId?: components["schemas"]["ReservationId"];
            eventId?: components["schemas"]["EventId"];
            createdAt: components["schemas"]["Time"];
            readAt: components["schemas"]["Time"] | null;
        };
        /** @description A page of an inbox. */
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            nextCursor: components["schemas"]["NextCursor"];
            /** @description How many of the latest 200 are unread, on this page or not. */
            unread: number;
        };
        PushKey: {
            publicKey: components["schemas"]["CurvePoint"];
        };
        /** @description An uncompressed point on the curve P-256, 65 bytes in base64url. */
        CurvePoint: string;
        NewPushSubscription: {
            /**
             * Format: uri
             * @description An https address of a push service that the platform knows.
             */
            endpoint: string;
            /** @description When the push service forgets the browser, in milliseconds since 1970; not past. */
            expirationTime?: number | null;
            keys: {
                p256dh: components["schemas"]["CurvePoint"];
                /** @description What browser and sender share, 16 bytes in base64url. */
                auth: string;
            };
        };
        PushSubscription: {
            id: components["schemas"]["PushSubscriptionId"];
        };
    };
    responses: {
        /** @description The queue stays as it is. */
        QueueConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/version_conflict",
                 *       "title": "version conflict",
                 *       "status": 409,
                 *       "detail": "The queue has changed meanwhile.",
                 *       "instance": "/api/v1/queue/admin/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                 *       "code": "version_conflict",
                 *       "requestId": "Kx2mHhJdIAMEJxQ=",
                 *       "version": 2
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "queue_running" | "version_conflict";
                    /** @description `version_conflict`: the version it is at */
                    version?: number;
                };
            };
        };
        /** @description It is still as the caller knows it. */
        NotModified: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The body is not JSON. */
        Malformed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/malformed_request",
                 *       "title": "malformed request",
                 *       "status": 400,
                 *       "detail": "The body is not JSON: expected value at line 1 column 1.",
                 *       "instance": "/api/v1/seats/reserve",
                 *       "code": "malformed_request",
                 *       "requestId": "Kx2mHhJdIAMEJxQ="
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "malformed_request";
                };
            };
        };
        /** @description No valid access token. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Unauthorized"
                 *     }
                 */
                "application/json": components["schemas"]["GatewayRefusal"];
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unauthenticated";
                };
            };
        };
        /** @description The access token grants none of the scopes. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Forbidden"
                 *     }
                 */
                "application/json": components["schemas"]["GatewayRefusal"];
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "forbidden";
                };
            };
        };
        /** @description Not there, or not the caller's. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/not_found",
                 *       "title": "not found",
                 *       "status": 404,
                 *       "detail": "There is nothing here for you.",
                 *       "instance": "/api/v1/seats/reserve",
                 *       "code": "not_found",
                 *       "requestId": "Kx2mHhJdIAMEJxQ="
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description Nobody can log in through Google here. */
        GoogleNotConfigured: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/not_found",
                 *       "title": "not found",
                 *       "status": 404,
                 *       "detail": "There is nothing here for you.",
                 *       "instance": "/api/v1/auth/google",
                 *       "code": "not_found",
                 *       "requestId": "Kx2mHhJdIAMEJxQ="
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description The body has more than 256 KB; beyond 10 MB the gateway says so itself. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "payload_too_large";
                };
                "application/json": components["schemas"]["GatewayRefusal"];
            };
        };
        /** @description The body is not `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/unsupported_media_type",
                 *       "title": "unsupported media type",
                 *       "status": 415,
                 *       "detail": "The body must be application/json.",
                 *       "instance": "/api/v1/seats/reserve",
                 *       "code": "unsupported_media_type",
                 *       "requestId": "Kx2mHhJdIAMEJxQ="
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description The request is not valid; all that is wrong is listed. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/validation_failed",
                 *       "title": "validation failed",
                 *       "status": 422,
                 *       "detail": "/name: must have 1 to 100 characters",
                 *       "instance": "/api/v1/auth/register",
                 *       "code": "validation_failed",
                 *       "requestId": "Kx2mHhJdIAMEJxQ=",
                 *       "errors": [
                 *         {
                 *           "pointer": "/name",
                 *           "detail": "must have 1 to 100 characters"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "validation_failed";
                };
            };
        };
        /** @description The API as a whole is asked too much. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "message": "Too Many Requests"
                 *     }
                 */
                "application/json": components["schemas"]["GatewayRefusal"];
            };
        };
        /** @description A part of the service does not answer now. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://jari.dev/problems/service_unavailable",
                 *       "title": "service unavailable",
                 *       "status": 503,
                 *       "detail": "A part of the service does not answer. Please try again.",
                 *       "instance": "/api/v1/seats/reserve",
                 *       "code": "service_unavailable",
                 *       "requestId": "Kx2mHhJdIAMEJxQ="
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "service_unavailable";
                };
                "application/json": components["schemas"]["GatewayRefusal"];
            };
        };
    };
    parameters: {
        /** @description How many entries at most. */
        Limit: number;
        /** @description The `nextCursor` of the page before. */
        Cursor: string;
        /** @description Any text that names this request; kept for 24 hours. */
        IdempotencyKey: string;
        /**
         * @description The token that `POST /queue/check/{eventId}` has handed out. Needed for events whose queue is enabled, ignored for others.
         * @example eyJhbGciOiJIUzI1NiJ9.claims.signature
         */
        AdmissionToken: string;
        /** @description The ticket that one has. */
        QueueTicket: string;
        /** @description `cookie`: the refresh token goes into a cookie that no script can read and stays out of the body. For browsers: pages of other sites cannot send this header, so they cannot spend the cookie. */
        KeepSession: "cookie";
        /** @description The refresh token; counts with `X-Session: cookie` only. */
        RefreshCookie: string;
        /** @description The `ETag` of the answer that is known. */
        IfNoneMatch: string;
        /** @description Decides whether mails are written in Korean or English. */
        AcceptLanguage: string;
        /** @description Whose. */
        UserId: components["schemas"]["UserId"];
        /** @description Which event. */
        EventId: components["schemas"]["EventId"];
        /** @description Which keyword mapping. */
        KeywordId: components["schemas"]["KeywordId"];
        /** @description Which performance. */
        PerformanceId: components["schemas"]["PerformanceId"];
        /** @description Which layout. */
        LayoutId: components["schemas"]["LayoutId"];
        /** @description Which picture. */
        ImageId: components["schemas"]["ImageId"];
        /** @description Which announcement. */
        AnnouncementId: components["schemas"]["AnnouncementId"];
        /** @description Which notification. */
        NotificationId: components["schemas"]["NotificationId"];
        /** @description Which browser. */
        PushSubscriptionId: components["schemas"]["PushSubscriptionId"];
        /** @description Which ticket type. */
        TicketTypeId: components["schemas"]["TicketTypeId"];
        /** @description Which reservation. */
        ReservationId: components["schemas"]["ReservationId"];
        /** @description Which payment. */
        PaymentId: components["schemas"]["PaymentId"];
    };
    requestBodies: never;
    headers: {
        /** @description Names this very answer. */
        ETag: string;
        /** @description How long it may be kept. */
        CacheControl: string;
        /** @description Seconds to wait. */
        RetryAfter: number;
        /**
         * @description With `X-Session: cookie`: the next refresh token, or, where a session has ended, none any more.
         * @example __Secure-jari-refresh=AZLw.Zm9y; HttpOnly; SameSite=Strict; Secure; Path=/api/v1/auth; Max-Age=2592000
         */
        SetCookie: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    registerUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Decides whether mails are written in Korean or English. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description `cookie`: the refresh token goes into a cookie that no script can read and stays out of the body. For browsers: pages of other sites cannot send this header, so they cannot spend the cookie. */
                "X-Session"?: components["parameters"]["KeepSession"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "buyer@jari.local",
                 *       "password": "jari-local-password",
                 *       "name": "김하나"
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The account is open and logged in. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiJ1c3JfLi4uIn0.c2ln",
                     *       "refreshToken": "AZLwxHoQfD6dWy8ei2pMAQ.Zm9yLWlsbHVzdHJhdGlvbi1vbmx5LW5vdC1yZWFsISE",
                     *       "expiresIn": 900,
                     *       "user": {
                     *         "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *         "email": "buyer@jari.local",
                     *         "name": "김하나",
                     *         "provider": "LOCAL",
                     *         "profileImage": null,
                     *         "role": "buyer",
                     *         "locale": "ko",
                     *         "version": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Malformed"];
            /** @description The address has an account already. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/email_taken",
                     *       "title": "email taken",
                     *       "status": 409,
                     *       "detail": "There is an account with this e-mail address.",
                     *       "instance": "/api/v1/auth/register",
                     *       "code": "email_taken",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "email_taken";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description `cookie`: the refresh token goes into a cookie that no script can read and stays out of the body. For browsers: pages of other sites cannot send this header, so they cannot spend the cookie. */
                "X-Session"?: components["parameters"]["KeepSession"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "buyer@jari.local",
                 *       "password": "jari-local-password"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Logged in. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiJ1c3JfLi4uIn0.c2ln",
                     *       "refreshToken": "AZLwxHoQfD6dWy8ei2pMAQ.Zm9yLWlsbHVzdHJhdGlvbi1vbmx5LW5vdC1yZWFsISE",
                     *       "expiresIn": 900,
                     *       "user": {
                     *         "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *         "email": "buyer@jari.local",
                     *         "name": "김하나",
                     *         "provider": "LOCAL",
                     *         "profileImage": null,
                     *         "role": "buyer",
                     *         "locale": "ko",
                     *         "version": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Malformed"];
            /** @description E-mail or password is wrong; which of them, nobody is told. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/invalid_credentials",
                     *       "title": "invalid credentials",
                     *       "status": 401,
                     *       "detail": "E-mail or password is wrong.",
                     *       "instance": "/api/v1/auth/login",
                     *       "code": "invalid_credentials",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_credentials";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            /** @description Five wrong passwords in a row slow an e-mail address down, a hundred failed log-ins a network address (twelve a minute are free again); the API as a whole has limits, too. */
            429: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "too_many_attempts";
                    };
                    "application/json": components["schemas"]["GatewayRefusal"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description `cookie`: the refresh token goes into a cookie that no script can read and stays out of the body. For browsers: pages of other sites cannot send this header, so they cannot spend the cookie. */
                "X-Session"?: components["parameters"]["KeepSession"];
            };
            path?: never;
            cookie?: {
                /** @description The refresh token; counts with `X-Session: cookie` only. */
                "__Secure-jari-refresh"?: components["parameters"]["RefreshCookie"];
            };
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "AZLwxHoQfD6dWy8ei2pMAQ.Zm9yLWlsbHVzdHJhdGlvbi1vbmx5LW5vdC1yZWFsISE"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshTokenBody"];
            };
        };
        responses: {
            /** @description A session with a new refresh token; the one sent is spent. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiJ1c3JfLi4uIn0.c2ln",
                     *       "refreshToken": "AZLwxHoQfD6dWy8ei2pMAQ.Zm9yLWlsbHVzdHJhdGlvbi1vbmx5LW5vdC1yZWFsISE",
                     *       "expiresIn": 900,
                     *       "user": {
                     *         "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *         "email": "buyer@jari.local",
                     *         "name": "김하나",
                     *         "provider": "LOCAL",
                     *         "profileImage": null,
                     *         "role": "buyer",
                     *         "locale": "ko",
                     *         "version": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Malformed"];
            /** @description Not a refresh token, expired, logged out, or spent before. A spent one ends all sessions that came from the same login. With `X-Session: cookie` also: no token was sent. The cookie is taken away. */
            401: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/invalid_refresh_token",
                     *       "title": "invalid refresh token",
                     *       "status": 401,
                     *       "detail": "This session has ended. Please log in again.",
                     *       "instance": "/api/v1/auth/refresh",
                     *       "code": "invalid_refresh_token",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_refresh_token";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description `cookie`: the refresh token goes into a cookie that no script can read and stays out of the body. For browsers: pages of other sites cannot send this header, so they cannot spend the cookie. */
                "X-Session"?: components["parameters"]["KeepSession"];
            };
            path?: never;
            cookie?: {
                /** @description The refresh token; counts with `X-Session: cookie` only. */
                "__Secure-jari-refresh"?: components["parameters"]["RefreshCookie"];
            };
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "AZLwxHoQfD6dWy8ei2pMAQ.Zm9yLWlsbHVzdHJhdGlvbi1vbmx5LW5vdC1yZWFsISE"
                 *     }
                 */
                "application/json": {
                    refreshToken?: string | null;
                };
            };
        };
        responses: {
            /** @description Logged out; also when there was nothing left to end. Access tokens already given out run out by themselves. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    startGoogleLogIn: {
        parameters: {
            query?: {
                /** @description The page to come back to; it must belong to the web UI and be registered at Google. `/login/google` of the web UI when absent. */
                redirectUri?: components["schemas"]["RedirectUri"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The way there and back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authorizationUrl": "https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=1234",
                     *       "state": "1795169400.u6mLwcf3jzO1vJ2Gq0nKXb3m8rYwq8s0O2h4Vq3n0aE",
                     *       "codeVerifier": "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
                     *       "redirectUri": "http://localhost:3000/login/google",
                     *       "expiresIn": 600
                     *     }
                     */
                    "application/json": components["schemas"]["GoogleDeparture"];
                };
            };
            404: components["responses"]["GoogleNotConfigured"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    logInWithGoogle: {
        parameters: {
            query?: never;
            header?: {
                /** @description Decides whether mails are written in Korean or English. */
                "Accept-Language"?: components["parameters"]["AcceptLanguage"];
                /** @description `cookie`: the refresh token goes into a cookie that no script can read and stays out of the body. For browsers: pages of other sites cannot send this header, so they cannot spend the cookie. */
                "X-Session"?: components["parameters"]["KeepSession"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "4/0AX4XfWh",
                 *       "state": "1795169400.u6mLwcf3jzO1vJ2Gq0nKXb3m8rYwq8s0O2h4Vq3n0aE",
                 *       "codeVerifier": "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
                 *       "redirectUri": "http://localhost:3000/login/google"
                 *     }
                 */
                "application/json": components["schemas"]["GoogleArrival"];
            };
        };
        responses: {
            /** @description Logged in. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SetCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJSUzI1NiIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiJ1c3JfLi4uIn0.c2ln",
                     *       "refreshToken": "AZLwxHoQfD6dWy8ei2pMAQ.Zm9yLWlsbHVzdHJhdGlvbi1vbmx5LW5vdC1yZWFsISE",
                     *       "expiresIn": 900,
                     *       "user": {
                     *         "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *         "email": "buyer@jari.local",
                     *         "name": "김하나",
                     *         "provider": "GOOGLE",
                     *         "profileImage": "https://lh3.googleusercontent.com/a/1",
                     *         "role": "buyer",
                     *         "locale": "ko",
                     *         "version": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["Malformed"];
            /** @description `invalid_state`: not begun here with this code verifier and redirect URI, or more than ten minutes ago. `invalid_code`: Google does not take the code, or its ID token does not hold. Begin again in both cases. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/invalid_code",
                     *       "title": "invalid code",
                     *       "status": 401,
                     *       "detail": "Google does not confirm this log-in. Please begin again.",
                     *       "instance": "/api/v1/auth/google",
                     *       "code": "invalid_code",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_state" | "invalid_code";
                    };
                };
            };
            /** @description Google does not say that an address is theirs, and they have never been here before. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/email_not_verified",
                     *       "title": "email not verified",
                     *       "status": 403,
                     *       "detail": "Google does not say that an e-mail address is yours.",
                     *       "instance": "/api/v1/auth/google",
                     *       "code": "email_not_verified",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "email_not_verified";
                    };
                };
            };
            404: components["responses"]["GoogleNotConfigured"];
            /** @description The address has an account that does not become theirs: it is somebody else's at Google, or Google cannot know whose the address is. If it has a password, log in with that. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/email_taken",
                     *       "title": "email taken",
                     *       "status": 409,
                     *       "detail": "There is an account with this e-mail address.",
                     *       "instance": "/api/v1/auth/google",
                     *       "code": "email_taken",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "email_taken";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            /** @description Google or a part of the service does not answer now. The code may be spent all the same: when sending this again answers 401 `invalid_code`, begin anew at `GET /auth/google`. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/service_unavailable",
                     *       "title": "service unavailable",
                     *       "status": 503,
                     *       "detail": "A part of the service does not answer. Please try again.",
                     *       "instance": "/api/v1/auth/google",
                     *       "code": "service_unavailable",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "service_unavailable";
                    };
                    "application/json": components["schemas"]["GatewayRefusal"];
                };
            };
        };
    };
    getMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *       "email": "buyer@jari.local",
                     *       "name": "김하나",
                     *       "provider": "LOCAL",
                     *       "profileImage": null,
                     *       "role": "buyer",
                     *       "locale": "ko",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "김하나",
                 *       "locale": "ko",
                 *       "version": 1
                 *     }
                 */
                "application/json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description The profile as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *       "email": "buyer@jari.local",
                     *       "name": "김하나",
                     *       "provider": "LOCAL",
                     *       "profileImage": null,
                     *       "role": "buyer",
                     *       "locale": "ko",
                     *       "version": 2
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "the account is at version 3",
                     *       "instance": "/api/v1/users/me",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 3
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict";
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whose. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *       "email": "buyer@jari.local",
                     *       "name": "김하나",
                     *       "provider": "LOCAL",
                     *       "profileImage": null,
                     *       "role": "buyer",
                     *       "locale": "ko",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Only the account with this address, in any case. */
                email?: string;
                /** @description Only accounts with this role. */
                role?: components["schemas"]["Role"];
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; an account that was opened or changed a moment ago may be missing or as it was. With `role` it may hold fewer accounts than `limit`, even none, although there are more: only a `nextCursor` of `null` ends the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *           "email": "buyer@jari.local",
                     *           "name": "김하나",
                     *           "provider": "LOCAL",
                     *           "profileImage": null,
                     *           "role": "buyer",
                     *           "locale": "ko",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getManagedUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whose. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *       "email": "buyer@jari.local",
                     *       "name": "김하나",
                     *       "provider": "LOCAL",
                     *       "profileImage": null,
                     *       "role": "buyer",
                     *       "locale": "ko",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Whose. */
                userId: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "organizer",
                 *       "version": 1
                 *     }
                 */
                "application/json": components["schemas"]["RolePatch"];
            };
        };
        responses: {
            /** @description The account as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *       "email": "buyer@jari.local",
                     *       "name": "김하나",
                     *       "provider": "LOCAL",
                     *       "profileImage": null,
                     *       "role": "organizer",
                     *       "locale": "ko",
                     *       "version": 2
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. `own_role`: nobody changes their own, or the last administrator could be gone. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "the account is at version 3",
                     *       "instance": "/api/v1/admin/users/usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c01",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 3
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict" | "own_role";
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Words that must all be found in title, venue or category, in any case and whatever blanks stand in between. A lone consonant stands for every syllable that begins with it (`ㅋㅅㅌ`: 콘서트), the last syllable may be half typed (`콘섵`), and words of one keyword mapping find the same. */
                q?: string;
                category?: components["schemas"]["Category"];
                status?: components["schemas"]["PublicEventStatus"];
                /** @description With a performance at or after this; now, when absent and sorted by date. */
                from?: components["schemas"]["Time"];
                /** @description With a performance at or before this. */
                to?: components["schemas"]["Time"];
                /** @description `date`: by the next performance. `newest`: the latest created first. `popular`: the one that sold most tickets first, the latest created among equals. */
                sort?: "date" | "popular" | "newest";
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, full unless it is the last one. Its cursor is good for the same order and filters only. A change is visible two seconds later at most. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "title": "봄 음악회",
                     *           "category": "concert",
                     *           "venue": "자리 아레나",
                     *           "timeZone": "Asia/Seoul",
                     *           "status": "ON_SALE",
                     *           "currency": "KRW",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "minPrice": 45000,
                     *           "imageUrl": "https://images.jari.dev/images/img_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c09/list.jpg"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            304: components["responses"]["NotModified"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getRanking: {
        parameters: {
            query?: {
                /** @description The current day, the current week, or everything so far. */
                window?: "day" | "week" | "all";
                /** @description `sales`: most tickets first. `sellout`: least time from the beginning of a performance's sale to its last ticket first, in the window of that last ticket; an event is listed once, by its fastest performance, and only while nothing is left of that one. */
                by?: "sales" | "sellout";
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The first of them, on one page. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ranking"];
                };
            };
            304: components["responses"]["NotModified"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "status": "ON_SALE",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "startsAt": "2026-12-24T10:00:00Z",
                     *       "minPrice": 45000,
                     *       "images": {
                     *         "list": "https://images.example/images/img_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b/list.jpg",
                     *         "detail": "https://images.example/images/img_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b/detail.jpg"
                     *       },
                     *       "performances": [
                     *         {
                     *           "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *           "saleOpensAt": "2026-11-20T10:00:00Z",
                     *           "saleClosesAt": null,
                     *           "cancelled": false
                     *         }
                     *       ],
                     *       "ticketTypes": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "currency": "KRW"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBookableDates: {
        parameters: {
            query?: {
                /** @description Counts tickets of this type alone. */
                ticketTypeId?: components["schemas"]["TicketTypeId"];
            };
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days in order. Of an event with at most four performances the counts are at most a second old, of others a few seconds. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "date": "2026-12-24",
                     *           "performances": [
                     *             {
                     *               "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *               "startsAt": "2026-12-24T10:00:00Z",
                     *               "available": 398
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["BookableDate"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTicketTypes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, in one page. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "currency": "KRW"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["TicketTypePage"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAnnouncements: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. It may hold fewer than `limit` when their texts are long: only a `nextCursor` of `null` ends the list. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *           "title": "정기 점검 안내",
                     *           "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                     *           "pinned": true,
                     *           "publishedAt": "2026-11-20T10:00:00Z",
                     *           "updatedAt": "2026-11-20T10:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AnnouncementPage"];
                };
            };
            304: components["responses"]["NotModified"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAnnouncement: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which announcement. */
                announcementId: components["parameters"]["AnnouncementId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The announcement. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *       "title": "정기 점검 안내",
                     *       "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                     *       "pinned": true,
                     *       "publishedAt": "2026-11-20T10:00:00Z",
                     *       "updatedAt": "2026-11-20T10:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Announcement"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    checkQueue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ticket that one has. */
                "X-Queue-Ticket"?: components["parameters"]["QueueTicket"];
            };
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "ticket": "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiI1ZjJkLi4uIn0.c2ln"
                 *     }
                 */
                "application/json": components["schemas"]["TicketBody"];
            };
        };
        responses: {
            /** @description Come in, or wait. */
            200: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueAnswer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            /** @description The ticket is not the caller's place in this line. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/ticket_invalid",
                     *       "title": "ticket invalid",
                     *       "status": 403,
                     *       "detail": "This ticket is not your place in this line.",
                     *       "instance": "/api/v1/queue/check/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "code": "ticket_invalid",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "reason": "OTHER_ACCOUNT"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ticket_invalid";
                        /**
                         * @description What is wrong with it.
                         * @enum {unknown}
                         */
                        reason?: "MALFORMED" | "FORGED" | "OTHER_ACCOUNT" | "OTHER_EVENT";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Too early even for the draw, or nothing is sold any more. */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/queue_not_open",
                     *       "title": "queue not open",
                     *       "status": 409,
                     *       "detail": "The queue opens at 2026-11-20T10:30:00Z.",
                     *       "instance": "/api/v1/queue/check/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "code": "queue_not_open",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "opensAt": "2026-11-20T11:00:00Z",
                     *       "preQueueOpensAt": "2026-11-20T10:30:00Z"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "queue_not_open" | "sale_over";
                        /**
                         * Format: date-time
                         * @description `queue_not_open`: when the sale opens
                         */
                        opensAt?: string;
                        /**
                         * Format: date-time
                         * @description `queue_not_open`: when the draw can be entered
                         */
                        preQueueOpensAt?: string;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getQueueStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ticket that one has. */
                "X-Queue-Ticket"?: components["parameters"]["QueueTicket"];
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queue as it is. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "phase": "OPEN",
                     *       "opensAt": "2026-11-20T10:00:00Z",
                     *       "preQueueOpensAt": "2026-11-20T09:30:00Z",
                     *       "serving": {
                     *         "base": 6400,
                     *         "ratePerSecond": 12,
                     *         "limit": 6412,
                     *         "at": 1795168800000,
                     *         "pace": 10.2
                     *       },
                     *       "entrants": 10000,
                     *       "waiting": 4012,
                     *       "seatsLeft": 1200,
                     *       "notice": "FEWER_SEATS_THAN_PEOPLE_AHEAD",
                     *       "seedHash": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd",
                     *       "seed": "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                     *       "pollAfterSeconds": 5
                     *     }
                     */
                    "application/json": components["schemas"]["QueueStatus"];
                };
            };
            304: components["responses"]["NotModified"];
            /** @description The ticket is not the caller's place in this line. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/ticket_invalid",
                     *       "title": "ticket invalid",
                     *       "status": 403,
                     *       "detail": "This ticket is not your place in this line.",
                     *       "instance": "/api/v1/queue/status/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "code": "ticket_invalid",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "reason": "OTHER_ACCOUNT"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ticket_invalid";
                        /**
                         * @description What is wrong with it.
                         * @enum {unknown}
                         */
                        reason?: "MALFORMED" | "FORGED" | "OTHER_ACCOUNT" | "OTHER_EVENT";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    leaveQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller is not in the sale. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queue as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "queue": {
                     *         "id": "que_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b",
                     *         "version": 1,
                     *         "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *         "enabled": true,
                     *         "era": 1,
                     *         "opensAt": "2026-11-20T11:00:00Z",
                     *         "capacity": 500,
                     *         "sessionSeconds": 300,
                     *         "preQueueMinutes": 30,
                     *         "seedHash": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
                     *       },
                     *       "phase": "OPEN",
                     *       "active": 498,
                     *       "entrants": 10000,
                     *       "numbers": 412,
                     *       "waiting": 4000,
                     *       "served": 6412,
                     *       "claimed": 5120,
                     *       "present": 0.82,
                     *       "round": 931,
                     *       "serving": {
                     *         "base": 6400,
                     *         "ratePerSecond": 12,
                     *         "limit": 6412,
                     *         "at": 1795168800000,
                     *         "pace": 10.2
                     *       },
                     *       "walkIns": false,
                     *       "seatsLeft": 1200,
                     *       "payments": {
                     *         "confirmed": 310,
                     *         "failed": 12
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["QueueNumbers"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    configureQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "opensAt": "2026-11-20T11:00:00Z",
                 *       "capacity": 500
                 *     }
                 */
                "application/json": components["schemas"]["QueueRules"];
            };
        };
        responses: {
            /** @description The queue as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "que_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b",
                     *       "version": 1,
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "enabled": true,
                     *       "era": 1,
                     *       "opensAt": "2026-11-20T11:00:00Z",
                     *       "capacity": 500,
                     *       "sessionSeconds": 300,
                     *       "preQueueMinutes": 30,
                     *       "seedHash": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
                     *     }
                     */
                    "application/json": components["schemas"]["Queue"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["QueueConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    clearQueue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "opensAt": "2026-11-21T11:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["QueueClearing"];
            };
        };
        responses: {
            /** @description The queue as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "que_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b",
                     *       "version": 2,
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "enabled": true,
                     *       "era": 2,
                     *       "opensAt": "2026-11-21T11:00:00Z",
                     *       "capacity": 500,
                     *       "sessionSeconds": 300,
                     *       "preQueueMinutes": 30,
                     *       "seedHash": "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
                     *     }
                     */
                    "application/json": components["schemas"]["Queue"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["QueueConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listLayouts: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *           "version": 1,
                     *           "name": "자리 아레나",
                     *           "seatCount": 2
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["LayoutPage"];
                };
            };
            304: components["responses"]["NotModified"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLayout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which layout. */
                layoutId: components["parameters"]["LayoutId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The layout. It never changes and may be kept for ever. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *       "version": 1,
                     *       "name": "자리 아레나",
                     *       "seatCount": 2,
                     *       "sections": [
                     *         {
                     *           "id": "A",
                     *           "name": "1층",
                     *           "blocks": [
                     *             {
                     *               "id": "A-1",
                     *               "seats": [
                     *                 {
                     *                   "id": "A-1-1",
                     *                   "label": "1",
                     *                   "row": "1",
                     *                   "x": 0,
                     *                   "y": 0,
                     *                   "accessible": true
                     *                 },
                     *                 {
                     *                   "id": "A-1-2",
                     *                   "label": "2",
                     *                   "row": "1",
                     *                   "x": 1,
                     *                   "y": 0,
                     *                   "accessible": false
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Layout"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSeatMap: {
        parameters: {
            query?: {
                /** @description Which showing; when absent, the next one to start that was not called off. */
                performanceId?: components["schemas"]["PerformanceId"];
                /** @description `seats` lists every seat as well. */
                expand?: "seats";
            };
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map, at most a second old. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "performanceId": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *       "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *       "version": 1795168800000,
                     *       "ticketTypes": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "currency": "KRW"
                     *         }
                     *       ],
                     *       "availability": {
                     *         "encoding": "2bit-base64",
                     *         "blocks": {
                     *           "A-1": "BA=="
                     *         }
                     *       },
                     *       "counts": {
                     *         "total": 2,
                     *         "free": 1,
                     *         "held": 1,
                     *         "sold": 0,
                     *         "notForSale": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SeatMap"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    reserveSeats: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text that names this request; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The token that `POST /queue/check/{eventId}` has handed out. Needed for events whose queue is enabled, ignored for others.
                 * @example eyJhbGciOiJIUzI1NiJ9.claims.signature
                 */
                "X-Admission-Token"?: components["parameters"]["AdmissionToken"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "performanceId": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                 *       "seatIds": [
                 *         "A-1-1",
                 *         "A-1-2"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SeatChoice"];
            };
        };
        responses: {
            /** @description All of the seats are held. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "status": "PENDING",
                     *       "paymentStatus": "NONE",
                     *       "paymentId": null,
                     *       "cancelledBy": null,
                     *       "version": 1,
                     *       "performance": {
                     *         "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *         "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *         "title": "봄 음악회",
                     *         "venue": "자리 아레나",
                     *         "timeZone": "Asia/Seoul",
                     *         "startsAt": "2026-12-24T10:00:00Z"
                     *       },
                     *       "seats": [
                     *         {
                     *           "id": "A-1-1",
                     *           "label": "1",
                     *           "section": "1층",
                     *           "price": 45000
                     *         },
                     *         {
                     *           "id": "A-1-2",
                     *           "label": "2",
                     *           "section": "1층",
                     *           "price": 45000
                     *         }
                     *       ],
                     *       "totalAmount": 90000,
                     *       "currency": "KRW",
                     *       "expiresAt": "2026-11-20T10:05:00Z",
                     *       "createdAt": "2026-11-20T10:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            /** @description A waiting room guards the sale, and the caller shows no admission that counts. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/admission_required",
                     *       "title": "admission required",
                     *       "status": 403,
                     *       "detail": "A waiting room guards this sale; an admission is needed.",
                     *       "instance": "/api/v1/seats/reserve",
                     *       "code": "admission_required",
                     *       "reason": "missing",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "admission_required";
                        reason: components["schemas"]["AdmissionDenial"];
                    };
                };
            };
            404: components["responses"]["NotFound"];
            /** @description None of the seats is held. */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/seats_unavailable",
                     *       "title": "seats unavailable",
                     *       "status": 409,
                     *       "detail": "Some of these seats are taken.",
                     *       "instance": "/api/v1/seats/reserve",
                     *       "code": "seats_unavailable",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "seatIds": [
                     *         "A-1-2"
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "seats_unavailable" | "buyer_limit_exceeded" | "reservation_pending" | "request_in_progress" | "sale_not_open" | "sale_closed";
                        /** @description `seats_unavailable`: the seats that are taken */
                        seatIds?: string[];
                        /** @description `reservation_pending`: the one to pay or release first */
                        reservationId?: components["schemas"]["ReservationId"];
                        /** @description `buyer_limit_exceeded`: how many a buyer may have */
                        limit?: number;
                        /** @description `sale_not_open`: when it does */
                        opensAt?: components["schemas"]["Time"];
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                        errors?: components["schemas"]["Violation"][];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which reservation. */
                reservationId: components["parameters"]["ReservationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "status": "PENDING",
                     *       "paymentStatus": "NONE",
                     *       "paymentId": null,
                     *       "cancelledBy": null,
                     *       "version": 1,
                     *       "performance": {
                     *         "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *         "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *         "title": "봄 음악회",
                     *         "venue": "자리 아레나",
                     *         "timeZone": "Asia/Seoul",
                     *         "startsAt": "2026-12-24T10:00:00Z"
                     *       },
                     *       "seats": [
                     *         {
                     *           "id": "A-1-1",
                     *           "label": "1",
                     *           "section": "1층",
                     *           "price": 45000
                     *         },
                     *         {
                     *           "id": "A-1-2",
                     *           "label": "2",
                     *           "section": "1층",
                     *           "price": 45000
                     *         }
                     *       ],
                     *       "totalAmount": 90000,
                     *       "currency": "KRW",
                     *       "expiresAt": "2026-11-20T10:05:00Z",
                     *       "createdAt": "2026-11-20T10:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which reservation. */
                reservationId: components["parameters"]["ReservationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The seats are free; also when they were let go before. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            /** @description There is no hold to let go any more. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/reservation_expired",
                     *       "title": "reservation expired",
                     *       "status": 409,
                     *       "detail": "Only a pending reservation is released.",
                     *       "instance": "/api/v1/seats/reservation/rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "code": "reservation_expired",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "reservation_expired" | "already_paid" | "payment_in_progress" | "not_cancellable" | "reservation_not_pending";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text that names this request; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description The token that `POST /queue/check/{eventId}` has handed out. Needed for events whose queue is enabled, ignored for others.
                 * @example eyJhbGciOiJIUzI1NiJ9.claims.signature
                 */
                "X-Admission-Token"?: components["parameters"]["AdmissionToken"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "performanceId": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                 *       "items": [
                 *         {
                 *           "ticketTypeId": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                 *           "quantity": 2
                 *         }
                 *       ],
                 *       "adjacent": true
                 *     }
                 */
                "application/json": components["schemas"]["TicketChoice"];
            };
        };
        responses: {
            /** @description The best seats that were left are held. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "status": "PENDING",
                     *       "paymentStatus": "NONE",
                     *       "paymentId": null,
                     *       "cancelledBy": null,
                     *       "version": 1,
                     *       "performance": {
                     *         "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *         "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *         "title": "봄 음악회",
                     *         "venue": "자리 아레나",
                     *         "timeZone": "Asia/Seoul",
                     *         "startsAt": "2026-12-24T10:00:00Z"
                     *       },
                     *       "seats": [
                     *         {
                     *           "id": "A-1-1",
                     *           "label": "1",
                     *           "section": "1층",
                     *           "price": 45000
                     *         },
                     *         {
                     *           "id": "A-1-2",
                     *           "label": "2",
                     *           "section": "1층",
                     *           "price": 45000
                     *         }
                     *       ],
                     *       "totalAmount": 90000,
                     *       "currency": "KRW",
                     *       "expiresAt": "2026-11-20T10:05:00Z",
                     *       "createdAt": "2026-11-20T10:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            /** @description A waiting room guards the sale, and the caller shows no admission that counts. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/admission_required",
                     *       "title": "admission required",
                     *       "status": 403,
                     *       "detail": "A waiting room guards this sale; an admission is needed.",
                     *       "instance": "/api/v1/seats/reserve",
                     *       "code": "admission_required",
                     *       "reason": "missing",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "admission_required";
                        reason: components["schemas"]["AdmissionDenial"];
                    };
                };
            };
            404: components["responses"]["NotFound"];
            /** @description Nothing is held. */
            409: {
                headers: {
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/sold_out",
                     *       "title": "sold out",
                     *       "status": 409,
                     *       "detail": "Not enough tickets are left.",
                     *       "instance": "/api/v1/reservations",
                     *       "code": "sold_out",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "sold_out" | "buyer_limit_exceeded" | "reservation_pending" | "request_in_progress" | "sale_not_open" | "sale_closed";
                        /** @description `reservation_pending`: the one to pay or release first */
                        reservationId?: components["schemas"]["ReservationId"];
                        /** @description `buyer_limit_exceeded`: how many a buyer may have */
                        limit?: number;
                        /** @description `sale_not_open`: when it does */
                        opensAt?: components["schemas"]["Time"];
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                        errors?: components["schemas"]["Violation"][];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyReservations: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *           "status": "PENDING",
                     *           "paymentStatus": "NONE",
                     *           "paymentId": null,
                     *           "cancelledBy": null,
                     *           "version": 1,
                     *           "performance": {
                     *             "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *             "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *             "title": "봄 음악회",
                     *             "venue": "자리 아레나",
                     *             "timeZone": "Asia/Seoul",
                     *             "startsAt": "2026-12-24T10:00:00Z"
                     *           },
                     *           "seats": [
                     *             {
                     *               "id": "A-1-1",
                     *               "label": "1",
                     *               "section": "1층",
                     *               "price": 45000
                     *             },
                     *             {
                     *               "id": "A-1-2",
                     *               "label": "2",
                     *               "section": "1층",
                     *               "price": 45000
                     *             }
                     *           ],
                     *           "totalAmount": 90000,
                     *           "currency": "KRW",
                     *           "expiresAt": "2026-11-20T10:05:00Z",
                     *           "createdAt": "2026-11-20T10:00:00Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ReservationPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReservation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which reservation. */
                reservationId: components["parameters"]["ReservationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reservation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "status": "CONFIRMED",
                     *       "paymentStatus": "SUCCESS",
                     *       "paymentId": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                     *       "cancelledBy": null,
                     *       "version": 3,
                     *       "performance": {
                     *         "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *         "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *         "title": "봄 음악회",
                     *         "venue": "자리 아레나",
                     *         "timeZone": "Asia/Seoul",
                     *         "startsAt": "2026-12-24T10:00:00Z"
                     *       },
                     *       "seats": [
                     *         {
                     *           "id": "A-1-1",
                     *           "label": "1",
                     *           "section": "1층",
                     *           "price": 45000
                     *         },
                     *         {
                     *           "id": "A-1-2",
                     *           "label": "2",
                     *           "section": "1층",
                     *           "price": 45000
                     *         }
                     *       ],
                     *       "totalAmount": 90000,
                     *       "currency": "KRW",
                     *       "expiresAt": null,
                     *       "createdAt": "2026-11-20T10:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelReservation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text that names this request; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Which reservation. */
                reservationId: components["parameters"]["ReservationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 3
                 *     }
                 */
                "application/json": {
                    /** @description The version that the caller saw. */
                    version: number;
                };
            };
        };
        responses: {
            /** @description Cancelled. What was paid is on its way back; the reservation says when it is there. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "status": "CANCELLED",
                     *       "paymentStatus": "SUCCESS",
                     *       "paymentId": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                     *       "cancelledBy": "BUYER",
                     *       "version": 4,
                     *       "performance": {
                     *         "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *         "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *         "title": "봄 음악회",
                     *         "venue": "자리 아레나",
                     *         "timeZone": "Asia/Seoul",
                     *         "startsAt": "2026-12-24T10:00:00Z"
                     *       },
                     *       "seats": [
                     *         {
                     *           "id": "A-1-1",
                     *           "label": "1",
                     *           "section": "1층",
                     *           "price": 45000
                     *         },
                     *         {
                     *           "id": "A-1-2",
                     *           "label": "2",
                     *           "section": "1층",
                     *           "price": 45000
                     *         }
                     *       ],
                     *       "totalAmount": 90000,
                     *       "currency": "KRW",
                     *       "expiresAt": null,
                     *       "createdAt": "2026-11-20T10:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Reservation"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "The reservation has changed meanwhile.",
                     *       "instance": "/api/v1/reservations/rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07/cancel",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 3
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict" | "not_cancellable" | "payment_in_progress";
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                        errors?: components["schemas"]["Violation"][];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listETickets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which reservation. */
                reservationId: components["parameters"]["ReservationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tickets; there is at least one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "tic_6f1d9c52-0b7a-8e4d-9a55-3c0f6f1f2b11",
                     *           "seat": {
                     *             "id": "A-1-1",
                     *             "label": "1",
                     *             "section": "1층"
                     *           },
                     *           "ticketType": {
                     *             "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *             "name": "R석"
                     *           },
                     *           "qr": "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.eyJzdWIiOiJ0aWNfLi4uIn0.c2ln",
                     *           "status": "VALID"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ETicket"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            /** @description Not paid yet, or given up. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/not_confirmed",
                     *       "title": "not confirmed",
                     *       "status": 409,
                     *       "detail": "There are tickets once the reservation is paid.",
                     *       "instance": "/api/v1/reservations/rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07/tickets",
                     *       "code": "not_confirmed",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_confirmed";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    quoteCancellation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which reservation. */
                reservationId: components["parameters"]["ReservationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The quote. Of a reservation that is not paid, all amounts are 0. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "refundAmount": 90000,
                     *       "fee": 0,
                     *       "pointRefund": 10000,
                     *       "cardRefund": 80000,
                     *       "currency": "KRW",
                     *       "policyVersion": "full-refund.v1",
                     *       "deadline": "2026-12-24T10:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CancellationQuote"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            /** @description It cannot be cancelled, or not while a payment is being charged. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/not_cancellable",
                     *       "title": "not cancellable",
                     *       "status": 409,
                     *       "detail": "This reservation cannot be cancelled.",
                     *       "instance": "/api/v1/reservations/rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07/cancellation-quote",
                     *       "code": "not_cancellable",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_cancellable" | "payment_in_progress";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTicketAvailability: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description Which ticket type. */
                ticketTypeId: components["parameters"]["TicketTypeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One entry for each performance. Of a type with at most four performances the counts are at most a second old, of others a few seconds. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "performanceId": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *           "total": 400,
                     *           "available": 398,
                     *           "held": 2,
                     *           "sold": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Stock"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text that names this request; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentOrder"];
            };
        };
        responses: {
            /** @description The payment is being charged; ask for it until it is not `PROCESSING` any more. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                     *       "status": "PROCESSING"
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            /** @description Nothing is charged. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/reservation_expired",
                     *       "title": "reservation expired",
                     *       "status": 409,
                     *       "detail": "The seats are no longer held for you.",
                     *       "instance": "/api/v1/payments",
                     *       "code": "reservation_expired",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "reservation_expired" | "already_paid" | "payment_in_progress" | "sale_closed" | "payment_id_taken";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is not valid, or the reservation cannot be paid like this. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused" | "amount_mismatch" | "insufficient_points" | "currency_mismatch";
                        errors?: components["schemas"]["Violation"][];
                        /** @description `amount_mismatch`, `insufficient_points`: what there is to pay */
                        totalAmount?: components["schemas"]["Amount"];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which payment. */
                paymentId: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                     *       "reservationId": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *       "amount": 90000,
                     *       "method": "MIXED",
                     *       "pointUsed": 10000,
                     *       "cardAmount": 80000,
                     *       "currency": "KRW",
                     *       "status": "SUCCESS",
                     *       "failureCode": null
                     *     }
                     */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    handlePgWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "eventType": "PAYMENT_STATUS_CHANGED",
                 *       "createdAt": "2026-11-20T19:01:00.000000",
                 *       "data": {
                 *         "paymentKey": "late_20261120-0003",
                 *         "orderId": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                 *         "status": "DONE",
                 *         "totalAmount": 80000
                 *       }
                 *     }
                 */
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Verified and dealt with; also when it was before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Malformed"];
            /** @description The payment gateway, asked, does not confirm it. Nothing changed. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/unverifiable_webhook",
                     *       "title": "unverifiable webhook",
                     *       "status": 401,
                     *       "detail": "The payment gateway does not confirm this notification.",
                     *       "instance": "/api/v1/payments/webhook",
                     *       "code": "unverifiable_webhook",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unverifiable_webhook";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance; 0 before the first points. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "balance": 10000,
                     *       "currency": "KRW"
                     *     }
                     */
                    "application/json": {
                        /** @description One point is one won. */
                        balance: components["schemas"]["Amount"];
                        /** @constant */
                        currency: "KRW";
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    chargePoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text that names this request; kept for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 10000,
                 *       "paymentKey": "ok_20261120-0004"
                 *     }
                 */
                "application/json": components["schemas"]["PointsOrder"];
            };
        };
        responses: {
            /** @description The purchase is being charged; it is a payment without a reservation. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                     *       "status": "PROCESSING"
                     *     }
                     */
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            /** @description Nothing is charged. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/charge_id_taken",
                     *       "title": "charge id taken",
                     *       "status": 409,
                     *       "detail": "This chargeId stands for something else already.",
                     *       "instance": "/api/v1/points/charge",
                     *       "code": "charge_id_taken",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "charge_id_taken";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                        errors?: components["schemas"]["Violation"][];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPointsHistory: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "type": "CHARGE",
                     *           "amount": 10000,
                     *           "balanceAfter": 10000,
                     *           "reference": "pay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c08",
                     *           "createdAt": "2026-11-20T10:00:00Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PointsPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "ntf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c20",
                     *           "kind": "RESERVATION_CONFIRMED",
                     *           "title": "예매가 완료되었습니다",
                     *           "body": "갈매기 · 2026년 12월 5일 (토) 19:00 KST · 작은극장",
                     *           "reservationId": "rsv_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c07",
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "createdAt": "2026-11-20T10:00:00Z",
                     *           "readAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null,
                     *       "unread": 1
                     *     }
                     */
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    markNotificationRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which notification. */
                notificationId: components["parameters"]["NotificationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is read; also when it was before. The first time counts. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPushKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the answer that is known. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "publicKey": "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
                     *     }
                     */
                    "application/json": components["schemas"]["PushKey"];
                };
            };
            304: components["responses"]["NotModified"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    subscribeToPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABexample",
                 *       "expirationTime": null,
                 *       "keys": {
                 *         "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                 *         "auth": "BTBZMqHH6r4Tts7J_aSIgg"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewPushSubscription"];
            };
        };
        responses: {
            /** @description The subscription. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "psh_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c21"
                     *     }
                     */
                    "application/json": components["schemas"]["PushSubscription"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    unsubscribeFromPush: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which browser. */
                subscriptionId: components["parameters"]["PushSubscriptionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is not told any more. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createLayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLayout"];
            };
        };
        responses: {
            /** @description The layout as everybody gets it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *       "version": 1,
                     *       "name": "자리 아레나",
                     *       "seatCount": 2,
                     *       "sections": [
                     *         {
                     *           "id": "A",
                     *           "name": "1층",
                     *           "blocks": [
                     *             {
                     *               "id": "A-1",
                     *               "seats": [
                     *                 {
                     *                   "id": "A-1-1",
                     *                   "label": "1",
                     *                   "row": "1",
                     *                   "x": 0,
                     *                   "y": 0,
                     *                   "accessible": true
                     *                 },
                     *                 {
                     *                   "id": "A-1-2",
                     *                   "label": "2",
                     *                   "row": "1",
                     *                   "x": 1,
                     *                   "y": 0,
                     *                   "accessible": false
                     *                 }
                     *               ]
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Layout"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    signImageUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contentType": "image/png",
                 *       "size": 482133
                 *     }
                 */
                "application/json": components["schemas"]["NewImage"];
            };
        };
        responses: {
            /** @description The upload is allowed for ten minutes; what is uploaded first counts. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "img_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b",
                     *       "upload": {
                     *         "url": "https://jari-images.s3.ap-northeast-2.amazonaws.com",
                     *         "fields": {
                     *           "key": "uploads/img_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0b",
                     *           "Content-Type": "image/png",
                     *           "x-amz-algorithm": "AWS4-HMAC-SHA256",
                     *           "x-amz-credential": "ASIAEXAMPLE/20261120/ap-northeast-2/s3/aws4_request",
                     *           "x-amz-date": "20261120T100000Z",
                     *           "x-amz-security-token": "IQoJb3JpZ2luX2VjEXAMPLE",
                     *           "policy": "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yMFQxMDoxMDowMC4wMDBaIiwiY29uZGl0aW9ucyI6W119",
                     *           "x-amz-signature": "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e"
                     *         }
                     *       },
                     *       "expiresAt": "2026-11-20T10:10:00Z",
                     *       "maxBytes": 10485760
                     *     }
                     */
                    "application/json": components["schemas"]["ImageUpload"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which picture. */
                imageId: components["parameters"]["ImageId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listManagedAnnouncements: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. It may hold fewer than `limit` when their texts are long: only a `nextCursor` of `null` ends the list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *           "title": "정기 점검 안내",
                     *           "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                     *           "pinned": true,
                     *           "publishedAt": "2026-11-20T10:00:00Z",
                     *           "updatedAt": "2026-11-20T10:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AnnouncementPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "정기 점검 안내",
                 *       "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                 *       "pinned": true
                 *     }
                 */
                "application/json": components["schemas"]["NewAnnouncement"];
            };
        };
        responses: {
            /** @description The announcement. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *       "title": "정기 점검 안내",
                     *       "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                     *       "pinned": true,
                     *       "publishedAt": "2026-11-20T10:00:00Z",
                     *       "updatedAt": "2026-11-20T10:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Announcement"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getManagedAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which announcement. */
                announcementId: components["parameters"]["AnnouncementId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The announcement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *       "title": "정기 점검 안내",
                     *       "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                     *       "pinned": true,
                     *       "publishedAt": "2026-11-20T10:00:00Z",
                     *       "updatedAt": "2026-11-20T10:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Announcement"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which announcement. */
                announcementId: components["parameters"]["AnnouncementId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateAnnouncement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which announcement. */
                announcementId: components["parameters"]["AnnouncementId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "pinned": false
                 *     }
                 */
                "application/json": components["schemas"]["AnnouncementPatch"];
            };
        };
        responses: {
            /** @description The announcement as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *       "title": "정기 점검 안내",
                     *       "body": "11월 21일 새벽 2시부터 30분 동안 예매가 멈춥니다.",
                     *       "pinned": false,
                     *       "publishedAt": "2026-11-20T10:00:00Z",
                     *       "updatedAt": "2026-11-20T10:00:00Z",
                     *       "version": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Announcement"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "the announcement is at version 3",
                     *       "instance": "/api/v1/admin/announcements/ann_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0c",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 3
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict";
                        /** @description The version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listManagedEvents: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "title": "봄 음악회",
                     *           "category": "concert",
                     *           "venue": "자리 아레나",
                     *           "timeZone": "Asia/Seoul",
                     *           "status": "ON_SALE",
                     *           "currency": "KRW",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "minPrice": 45000,
                     *           "version": 2,
                     *           "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "봄 음악회",
                 *       "category": "concert",
                 *       "venue": "자리 아레나",
                 *       "timeZone": "Asia/Seoul"
                 *     }
                 */
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description The draft; the caller manages it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 1,
                     *       "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "status": "DRAFT",
                     *       "imageId": null,
                     *       "images": null
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getManagedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 2,
                     *       "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "status": "ON_SALE",
                     *       "imageId": null,
                     *       "images": null,
                     *       "performances": [
                     *         {
                     *           "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *           "saleOpensAt": "2026-11-20T10:00:00Z",
                     *           "saleClosesAt": null,
                     *           "cancelled": false,
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "version": 2,
                     *           "published": true,
                     *           "withdrawn": false
                     *         }
                     *       ],
                     *       "ticketTypes": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "currency": "KRW",
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "version": 1,
                     *           "published": true,
                     *           "pending": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedProgramme"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 2,
                 *       "title": "봄 음악회 앙코르"
                 *     }
                 */
                "application/json": components["schemas"]["EventPatch"];
            };
        };
        responses: {
            /** @description The event as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 1,
                     *       "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "status": "DRAFT",
                     *       "imageId": null,
                     *       "images": null
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "the event is at version 3",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 3
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict" | "invalid_transition" | "already_published";
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addPerformance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "startsAt": "2027-12-24T10:00:00Z",
                 *       "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05"
                 *     }
                 */
                "application/json": components["schemas"]["NewPerformance"];
            };
        };
        responses: {
            /** @description The showing; it is on sale once the event is published (again). */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *       "startsAt": "2026-12-24T10:00:00Z",
                     *       "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *       "saleOpensAt": "2026-11-20T10:00:00Z",
                     *       "saleClosesAt": null,
                     *       "cancelled": false,
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 1,
                     *       "published": false,
                     *       "withdrawn": false
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedPerformance"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Nothing can be added. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/event_over",
                     *       "title": "event over",
                     *       "status": 409,
                     *       "detail": "the event is over",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/performances",
                     *       "code": "event_over",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "event_over" | "limit_reached";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    removePerformance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
                /** @description Which performance. */
                performanceId: components["parameters"]["PerformanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/already_published",
                     *       "title": "already published",
                     *       "status": 409,
                     *       "detail": "it has been on sale",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/performances/prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *       "code": "already_published",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "already_published" | "event_over";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updatePerformance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
                /** @description Which performance. */
                performanceId: components["parameters"]["PerformanceId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 2,
                 *       "startsAt": "2026-12-24T11:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["PerformancePatch"];
            };
        };
        responses: {
            /** @description The showing as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *       "startsAt": "2026-12-24T11:00:00Z",
                     *       "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *       "saleOpensAt": "2026-11-20T10:00:00Z",
                     *       "saleClosesAt": null,
                     *       "cancelled": false,
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 3,
                     *       "published": true,
                     *       "withdrawn": false
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedPerformance"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "it is at version 3",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/performances/prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 3
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict" | "already_published" | "performance_started" | "performance_cancelled" | "event_over";
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelPerformance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
                /** @description Which performance. */
                performanceId: components["parameters"]["PerformanceId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The showing, called off. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *       "startsAt": "2026-12-24T10:00:00Z",
                     *       "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *       "saleOpensAt": "2026-11-20T10:00:00Z",
                     *       "saleClosesAt": null,
                     *       "cancelled": true,
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 3,
                     *       "published": true,
                     *       "withdrawn": false
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedPerformance"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It cannot be called off. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/performance_started",
                     *       "title": "performance started",
                     *       "status": 409,
                     *       "detail": "it has started",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/performances/prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04/cancel",
                     *       "code": "performance_started",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "never_published" | "performance_started" | "event_over";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    publishEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event, on sale. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 2,
                     *       "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "status": "ON_SALE",
                     *       "imageId": null,
                     *       "images": null,
                     *       "performances": [
                     *         {
                     *           "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *           "saleOpensAt": "2026-11-20T10:00:00Z",
                     *           "saleClosesAt": null,
                     *           "cancelled": false,
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "version": 2,
                     *           "published": true,
                     *           "withdrawn": false
                     *         }
                     *       ],
                     *       "ticketTypes": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "currency": "KRW",
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "version": 1,
                     *           "published": true,
                     *           "pending": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedProgramme"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It cannot go on sale. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/not_publishable",
                     *       "title": "not publishable",
                     *       "status": 409,
                     *       "detail": "the event is not ready to go on sale",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/publish",
                     *       "code": "not_publishable",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "reasons": [
                     *         {
                     *           "code": "no_performance",
                     *           "detail": "the event has no performance"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not_publishable" | "invalid_transition";
                        /** @description `not_publishable`: all of them */
                        reasons?: {
                            /** @enum {string} */
                            code: "no_performance" | "no_ticket_type" | "unknown_layout" | "unknown_sections" | "nothing_covered" | "nothing_counted";
                            detail: string;
                        }[];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    unpublishEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event, a draft. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 3,
                     *       "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "status": "DRAFT",
                     *       "imageId": null,
                     *       "images": null,
                     *       "performances": [
                     *         {
                     *           "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *           "saleOpensAt": "2026-11-20T10:00:00Z",
                     *           "saleClosesAt": null,
                     *           "cancelled": false,
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "version": 3,
                     *           "published": false,
                     *           "withdrawn": true
                     *         }
                     *       ],
                     *       "ticketTypes": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "currency": "KRW",
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "version": 1,
                     *           "published": true,
                     *           "pending": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedProgramme"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It is over. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/invalid_transition",
                     *       "title": "invalid transition",
                     *       "status": 409,
                     *       "detail": "an event does not go from Ended to Draft",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/unpublish",
                     *       "code": "invalid_transition",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_transition";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event, called off. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "version": 3,
                     *       "organizerId": "usr_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c02",
                     *       "title": "봄 음악회",
                     *       "description": "겨울밤의 음악.",
                     *       "category": "concert",
                     *       "venue": "자리 아레나",
                     *       "timeZone": "Asia/Seoul",
                     *       "currency": "KRW",
                     *       "buyerLimit": 8,
                     *       "status": "CANCELLED",
                     *       "imageId": null,
                     *       "images": null,
                     *       "performances": [
                     *         {
                     *           "id": "prf_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c04",
                     *           "startsAt": "2026-12-24T10:00:00Z",
                     *           "layoutId": "lay_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c05",
                     *           "saleOpensAt": "2026-11-20T10:00:00Z",
                     *           "saleClosesAt": null,
                     *           "cancelled": true,
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "version": 3,
                     *           "published": true,
                     *           "withdrawn": false
                     *         }
                     *       ],
                     *       "ticketTypes": [
                     *         {
                     *           "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *           "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *           "name": "R석",
                     *           "price": 45000,
                     *           "currency": "KRW",
                     *           "sectionIds": [
                     *             "A"
                     *           ],
                     *           "quota": null,
                     *           "version": 1,
                     *           "published": true,
                     *           "pending": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedProgramme"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It has ended. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/invalid_transition",
                     *       "title": "invalid transition",
                     *       "status": 409,
                     *       "detail": "an event does not go from Ended to Cancelled",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/cancel",
                     *       "code": "invalid_transition",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_transition";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTicketType: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTicketType"];
            };
        };
        responses: {
            /** @description The ticket type; it is on sale once the event is published (again). */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "name": "R석",
                     *       "price": 45000,
                     *       "currency": "KRW",
                     *       "sectionIds": [
                     *         "A"
                     *       ],
                     *       "quota": null,
                     *       "version": 1,
                     *       "published": false,
                     *       "pending": true
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedTicketType"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Nothing can be added. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/sections_taken",
                     *       "title": "sections taken",
                     *       "status": 409,
                     *       "detail": "sections [\"A\"] are sold under another ticket type",
                     *       "instance": "/api/v1/admin/ticket-types",
                     *       "code": "sections_taken",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "sectionIds": [
                     *         "A"
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "event_over" | "limit_reached" | "sections_taken";
                        /** @description `sections_taken`: those */
                        sectionIds?: string[];
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeywords: {
        parameters: {
            query?: {
                /** @description How many entries at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `nextCursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "kwd_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0a",
                     *           "version": 1,
                     *           "term": "아이유",
                     *           "aliases": [
                     *             "IU",
                     *             "이지은"
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["KeywordPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createKeyword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "term": "아이유",
                 *       "aliases": [
                 *         "IU",
                 *         "이지은"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewKeyword"];
            };
        };
        responses: {
            /** @description The mapping; searches know it within two seconds. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "kwd_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0a",
                     *       "version": 1,
                     *       "term": "아이유",
                     *       "aliases": [
                     *         "IU",
                     *         "이지은"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Keyword"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/keyword_taken",
                     *       "title": "keyword taken",
                     *       "status": 409,
                     *       "detail": "other keyword mappings have the words [\"iu\"]",
                     *       "instance": "/api/v1/admin/keywords",
                     *       "code": "keyword_taken",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "words": [
                     *         "iu"
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "keyword_taken";
                        /** @description `keyword_taken`: those that other mappings have, in the form in which they are compared */
                        words?: string[];
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeKeyword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which keyword mapping. */
                keywordId: components["parameters"]["KeywordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its words stand for themselves again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateKeyword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which keyword mapping. */
                keywordId: components["parameters"]["KeywordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "aliases": [
                 *         "IU",
                 *         "이지은"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["KeywordPatch"];
            };
        };
        responses: {
            /** @description The mapping as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "kwd_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0a",
                     *       "version": 2,
                     *       "term": "아이유",
                     *       "aliases": [
                     *         "IU",
                     *         "이지은"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Keyword"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/keyword_taken",
                     *       "title": "keyword taken",
                     *       "status": 409,
                     *       "detail": "other keyword mappings have the words [\"iu\"]",
                     *       "instance": "/api/v1/admin/keywords/kwd_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c0a",
                     *       "code": "keyword_taken",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "words": [
                     *         "iu"
                     *       ]
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict" | "keyword_taken";
                        /** @description `keyword_taken`: those that other mappings have, in the form in which they are compared */
                        words?: string[];
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeTicketType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
                /** @description Which ticket type. */
                ticketTypeId: components["parameters"]["TicketTypeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/already_published",
                     *       "title": "already published",
                     *       "status": 409,
                     *       "detail": "it has been on sale",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/ticket-types/tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *       "code": "already_published",
                     *       "requestId": "Kx2mHhJdIAMEJxQ="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "already_published" | "event_over";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateTicketType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Which event. */
                eventId: components["parameters"]["EventId"];
                /** @description Which ticket type. */
                ticketTypeId: components["parameters"]["TicketTypeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "price": 40000
                 *     }
                 */
                "application/json": components["schemas"]["TicketTypePatch"];
            };
        };
        responses: {
            /** @description The ticket type as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *       "eventId": "evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03",
                     *       "name": "R석",
                     *       "price": 40000,
                     *       "currency": "KRW",
                     *       "sectionIds": [
                     *         "A"
                     *       ],
                     *       "quota": null,
                     *       "version": 2,
                     *       "published": true,
                     *       "pending": true
                     *     }
                     */
                    "application/json": components["schemas"]["ManagedTicketType"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description It stays as it is. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "https://jari.dev/problems/version_conflict",
                     *       "title": "version conflict",
                     *       "status": 409,
                     *       "detail": "it is at version 2",
                     *       "instance": "/api/v1/admin/events/evt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c03/ticket-types/tkt_0192f0c4-7a10-7c3e-9d5b-2f1e8b6a4c06",
                     *       "code": "version_conflict",
                     *       "requestId": "Kx2mHhJdIAMEJxQ=",
                     *       "version": 2
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "version_conflict" | "sections_taken" | "event_over";
                        /** @description `version_conflict`: the version it is at */
                        version?: number;
                        /** @description `sections_taken`: those */
                        sectionIds?: string[];
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "1.0.0"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                        version: string;
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
}

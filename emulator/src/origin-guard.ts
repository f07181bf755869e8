import type { IncomingHttpHeaders } from "node:http";

/** The names under which a page or a program on this machine reaches the loopback interface. */
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Why a request to the control API is refused; `undefined` where it is not. A page from elsewhere that is open in a
 * browser on this machine reaches the emulator as well as its own page does. The browser says where a request comes
 * from, and the Host shows a name of somebody else's that has been pointed at this machine. Programs say nothing.
 */
export function foreignRequest(headers: IncomingHttpHeaders, scheme: "http" | "https"): string | undefined {
    // HTTP/2 has a header of its own for it.
    const host = [headers[":authority"] ?? headers.host].flat().join().toLowerCase();
    if (!LOOPBACK_HOST.test(host)) {
        return `the host must be localhost or 127.0.0.1, not "${host}"`;
    }
    const { origin, "sec-fetch-site": site } = headers;
    if (origin !== undefined && origin !== `${scheme}://${host}`) {
        return `a page of the origin "${origin}" may not use the control API`;
    }
    if (site !== undefined && site !== "same-origin" && site !== "none") {
        return "a page or link from elsewhere may not use the control API; give the browser the address itself";
    }
    return undefined;
}

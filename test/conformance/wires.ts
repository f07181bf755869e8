import { readFileSync } from "node:fs";
import { join } from "node:path";

function data(name: string): string {
    return readFileSync(join(__dirname, "../data", name), "utf8");
}

/** Key and certificate of `localhost`; the certificate is its own authority. */
export const LOCALHOST = { key: data("localhost.key.pem"), cert: data("localhost.cert.pem") };
/** The same key with the certificate of another host, and with one that has expired. */
export const ELSEWHERE = { key: LOCALHOST.key, cert: data("elsewhere.cert.pem") };
export const EXPIRED = { key: LOCALHOST.key, cert: data("expired.cert.pem") };

/** A way in which an installation can be reached. */
export interface Wire {
    name: string;
    isEncrypted: boolean;
    httpVersion: "1.1" | "2";
}

export const WIRES: Wire[] = [
    { name: "HTTP/1.1 in clear text", isEncrypted: false, httpVersion: "1.1" },
    { name: "HTTP/2 over TLS", isEncrypted: true, httpVersion: "2" },
    { name: "HTTP/1.1 over TLS", isEncrypted: true, httpVersion: "1.1" },
];

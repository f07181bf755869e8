import { ServerFailure } from "./failures";

/** So many points in a window, which opens with the first call and is then fixed. */
export interface Bucket {
    name: string;
    points: number;
    windowMs: number;
}

export const CREATE_BUCKET: Bucket = { name: "create", points: 3, windowMs: 10_000 };
export const START_BUCKET: Bucket = { name: "start", points: 3, windowMs: 10_000 };
export const PORT_BUCKET: Bucket = { name: "port", points: 10, windowMs: 2_000 };
export const SHARED_BUCKET: Bucket = { name: "shared", points: 200, windowMs: 60_000 };

const V1_POINTS = 200;
const V1_WINDOW_MS = 60_000;

interface Window {
    used: number;
    endsAt: number;
}

export class Limiter {
    private readonly windows = new Map<string, Window>();

    constructor(
        private readonly settings: false | { timeScale?: number } = {},
        private readonly now: () => number = () => performance.now(),
    ) {}

    /** The experimental side: no headers, no hint how long to wait. */
    chargeExperimental(userId: string, bucket: Bucket, points = 1): void {
        for (let point = 0; point < points; point++) {
            if (this.consume(`experimental ${bucket.name} ${userId}`, bucket).waitMs > 0) {
                throw new ServerFailure("tooManyRequests", "too many requests");
            }
        }
    }

    chargeV1(userId: string, service: string, method: string): void {
        const bucket = { name: `${service}/${method}`, points: V1_POINTS, windowMs: V1_WINDOW_MS };
        const { waitMs, resetMs } = this.consume(`v1 ${bucket.name} ${userId}`, bucket);
        if (waitMs > 0) {
            throw new ServerFailure("tooManyRequests", "rate limit exceeded", {
                "Retry-After": String(waitMs / 1000),
                "X-RateLimit-Limit": String(bucket.points),
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": new Date(Date.now() + resetMs).toString(),
            });
        }
    }

    private consume(key: string, bucket: Bucket): { waitMs: number; resetMs: number } {
        if (this.settings === false) {
            return { waitMs: 0, resetMs: 0 };
        }
        const now = this.now();
        let window = this.windows.get(key);
        if (window === undefined || window.endsAt <= now) {
            window = { used: 0, endsAt: now + bucket.windowMs * (this.settings.timeScale ?? 1) };
            this.windows.set(key, window);
        }
        const resetMs = window.endsAt - now;
        if (window.used >= bucket.points) {
            return { waitMs: resetMs, resetMs };
        }
        window.used += 1;
        return { waitMs: 0, resetMs };
    }
}

import { AsyncLocalStorage } from "node:async_hooks";
import { Socket } from "node:net";

/**
 * Set in what a property calls, and in whatever that begins. A jest worker plays many files in one process, where an earlier
 * one may still open connections: a gRPC channel of Pulumi's SDK tries its engine again for two minutes.
 */
const watched = new AsyncLocalStorage<true>();

let opened = 0;

const { connect } = Socket.prototype;
const spy = jest.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...args) {
    opened += watched.getStore() === true ? 1 : 0;
    return Reflect.apply(connect, this, args);
});
afterAll(() => spy.mockRestore());

/** Fails when `work`, or what it began, has opened a connection by the time it ends. */
export async function withoutNetwork<T>(work: () => T | Promise<T>): Promise<T> {
    const before = opened;
    const result = await watched.run(true, work);
    expect(opened - before).toBe(0);
    return result;
}

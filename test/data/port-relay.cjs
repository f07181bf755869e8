// For NODE_OPTIONS: what a run's processes ask of a workspace's port goes to PORT_RELAY, as the emulator's workspaces have none.
const { fetch } = globalThis;

globalThis.fetch = (url, init) => {
    const { host, pathname } = new URL(url);
    const headers = { ...init?.headers, "x-forwarded-host": host };
    return fetch(new URL(pathname, process.env.PORT_RELAY), { ...init, headers });
};

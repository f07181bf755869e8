import { newAccessToken, newUuid } from "./ids";

export interface User {
    id: string;
    name: string;
    token: string;
    createdAt: Date;
    avatarUrl: string;
    email: string;
}

export class Users {
    private readonly byId = new Map<string, User>();
    private readonly byToken = new Map<string, User>();

    add(name: string, token: string = newAccessToken()): User {
        const user: User = {
            id: newUuid(),
            name,
            token,
            createdAt: new Date(),
            avatarUrl: `https://avatars.test/${encodeURIComponent(name)}`,
            email: `${name}@example.test`,
        };
        this.byId.set(user.id, user);
        this.byToken.set(token, user);
        return user;
    }

    find(id: string): User | undefined {
        return this.byId.get(id);
    }

    withToken(token: string): User | undefined {
        return this.byToken.get(token);
    }

    all(): User[] {
        return [...this.byId.values()];
    }
}

// What has been entered and not sent yet, kept in this browser until it is: a session that has ended, or a page that was
// left, loses nothing. By member and act; gone when the act is done, when the member signs out, and after a week.

import { canonical, inOrder, type Request } from "./request";

const prefix = "folkmoot.draft.";
const week = 7 * 24 * 3600 * 1000;

export type Entered = Record<string, string | string[] | boolean>;

const keyOf = (member: string, type: string) => `${prefix}${member}.${type}`;

const keyFor = (member: string, type: string) => `${prefix}key.${member}.${type}`;
const day = 24 * 3600 * 1000; // as long as the server knows what came of it

// 32 hexadecimal digits.
const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// The keys under which the server does what is drafted once (Idempotency-Key): in every tab the same for as long as the
// same is asked for, until it is done.
export const requestKeys = {
  of(member: string, request: Request): string {
    const text = canonical(inOrder(request));
    const name = keyFor(member, request.type);
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? "null") as { time: number; text: string; key: string } | null;
      if (kept?.text === text && Date.now() - kept.time < day) return kept.key;
    } catch {
      // Not what this page has written.
    }
    const key = random();
    localStorage.setItem(name, JSON.stringify({ time: Date.now(), text, key }));
    return key;
  },
  drop: (member: string, { type }: Request) => localStorage.removeItem(keyFor(member, type)),
};

// Whether a draft is of what a link names: it has nothing else where the link fills something in.
export const isOf = (draft: Entered, named: Entered): boolean =>
  Object.entries(named).every(([name, value]) => ["", value].includes([draft[name] ?? ""].flat().join("\n")));

export const drafts = {
  keep: (member: string, type: string, entered: Entered) =>
    localStorage.setItem(keyOf(member, type), JSON.stringify({ time: Date.now(), entered })),
  read(member: string, type: string): Entered | null {
    try {
      const kept = JSON.parse(localStorage.getItem(keyOf(member, type)) ?? "null") as { time: number; entered: Entered } | null;
      return kept && Date.now() - kept.time < week ? kept.entered : null;
    } catch {
      return null;
    }
  },
  drop: (member: string, type: string) => localStorage.removeItem(keyOf(member, type)),
  dropAll: () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .forEach((key) => localStorage.removeItem(key)),
};

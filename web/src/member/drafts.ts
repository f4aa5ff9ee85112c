// What has been entered and not sent yet, kept in this browser until it is: a session that has ended, or a page that was
// left, loses nothing. By member and act; gone when the act is done, when the member signs out, and after a week.

const prefix = "folkmoot.draft.";
const week = 7 * 24 * 3600 * 1000;

export type Entered = Record<string, string | string[] | boolean>;

const keyOf = (member: string, type: string) => `${prefix}${member}.${type}`;

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

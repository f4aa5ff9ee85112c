// An election by what it is about. Its id is for the acts, and stands beside it.
import { api, type ElectionHead } from "../api";
import { readElection } from "../election";
import { useWords } from "../i18n/trustee";
import { subjects, type Subject } from "../site/subjects";
import { calls, type Tally } from "./calls";

export interface Named {
  head: ElectionHead;
  tally: Tally;
  title: string;
  organ: string; // may be empty
}

// A ballot paper that the charter has called for is named after the organisation and the election's id: its question says
// more.
async function onPaper(uuid: string, { election }: Tally): Promise<string> {
  const { name, questions } = readElection((await api.election(uuid)).election);
  return (election && questions[0]?.text) || name;
}

async function named(head: ElectionHead, tally: Tally, all: Subject[]): Promise<Named> {
  const subject = tally.election ? all.find(({ election }) => election.id === tally.election) : undefined;
  return { head, tally, title: subject?.title ?? (await onPaper(head.uuid, tally)), organ: subject?.organ ?? "" };
}

// All whose records the server has.
export async function allNamed(): Promise<Named[]> {
  const [heads, all] = await Promise.all([api.elections(), subjects()]);
  return Promise.all(heads.map(async (head) => named(head, await calls.tally(head.uuid), all)));
}

// One of them; throws a Problem if it is not there.
export async function oneNamed(uuid: string): Promise<Named> {
  const [tally, heads, all] = await Promise.all([calls.tally(uuid), api.elections(), subjects()]);
  return named(heads.find((head) => head.uuid === uuid)!, tally, all);
}

// What tells it from others about the same.
export function Particulars({ head, tally, organ }: Named) {
  return (
    <span class="hint">
      {organ && `${organ} · `}
      <span class="code">{tally.election || head.uuid}</span>
    </span>
  );
}

// Each with how far it is, leading to its page.
export function ElectionList({ all, address }: { all: Named[]; address(uuid: string): string }) {
  const t = useWords();
  return (
    <ul class="rows">
      {all.map((one) => (
        <li key={one.head.uuid}>
          <a href={address(one.head.uuid)}>{one.title}</a>: {t(`tally.phase.${one.tally.phase}`)}
          <br />
          <Particulars {...one} />
        </li>
      ))}
    </ul>
  );
}

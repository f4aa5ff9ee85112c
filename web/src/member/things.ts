// What there is that an act can be about, with a title for people: from what the organisation publishes, and for what
// has no page of its own from the newest acts of the ledger. And the names of people that are public.
import { charterInForce } from "../site/charter_text";
import { readApi } from "../site/load";
import { inWords, nameOf } from "../site/parts";
import type { Contest, ContestHead, Election, LedgerPage, Motion, Organisation, Person, Petition } from "../site/schema";

export interface Thing {
  id: string;
  title: string;
  stage?: string;
}
export interface Known {
  organisation: Organisation;
  things: Map<string, Thing>;
  people: Map<string, string>; // names by reference
  charter: string; // the text in force; empty if it cannot be found
}

export const processOf = (id: string): string => id.slice(0, id.indexOf("-"));
const newestContests = 30; // whose candidates and ballots are looked at
const newestActs = 1024;
const page = 256;

function gather(organisation: Organisation, contests: Contest[], petitions: Petition[], motions: Motion[]): Known {
  const things = new Map<string, Thing>();
  const people = new Map<string, string>();
  const add = (id: string, title: string, stage: string) => things.set(id, { id, title, stage });
  const meet = (person: Person | null) => {
    if (person?.name) people.set(person.member, person.name);
  };
  const election = (one: Election | null, title: string) => {
    if (one) add(one.id, title, one.stage);
    one?.candidates.forEach(meet);
    one?.elected.forEach(meet);
  };
  for (const post of organisation.posts) {
    for (const seat of post.seats) {
      meet(seat.holder);
      add(seat.id, seat.holder ? `${post.title}: ${nameOf(seat.holder)}` : post.title, seat.stage);
    }
  }
  for (const contest of contests) {
    add(contest.id, contest.title, contest.stage);
    for (const application of contest.applications) {
      meet(application.person);
      add(application.id, `${nameOf(application.person)}, ${contest.title}`, application.stage);
      for (const one of application.endorsements) {
        meet(one.person);
        add(one.id, `${one.title ?? (one.person ? nameOf(one.person) : one.id)}: ${nameOf(application.person)}`, one.stage);
      }
      for (const one of application.recommendations) add(one.id, `${one.title}: ${nameOf(application.person)}`, one.stage);
      for (const one of application.views) add(one.id, `${one.title}: ${nameOf(application.person)}`, one.stage);
    }
    for (const one of [...contest.recommendations, ...contest.views]) add(one.id, `${one.title}: ${contest.title}`, one.stage);
    for (const slate of contest.slates) {
      add(slate.id, `${inWords(slate.rule)}, ${contest.title}`, slate.stage);
      slate.elections.forEach((one) => election(one, `${inWords(slate.rule)}, ${contest.title}`));
    }
    contest.elections.forEach((one) => election(one, contest.title));
  }
  for (const petition of petitions) {
    meet(petition.opened_by);
    add(petition.id, petition.title, petition.stage);
  }
  for (const motion of motions) {
    meet(motion.mover);
    add(motion.id, motion.title, motion.stage);
    election(motion.election, motion.title);
    for (const amendment of motion.amendments) {
      meet(amendment.mover);
      add(amendment.id, `${nameOf(amendment.mover)}: ${motion.title}`, amendment.stage);
      election(amendment.election, motion.title);
    }
    for (const one of [...motion.recommendations, ...motion.views]) add(one.id, `${one.title}: ${motion.title}`, one.stage);
  }
  return { organisation, things, people, charter: "" };
}

async function fetchKnown(): Promise<Known> {
  const [organisation, heads, petitions, motions] = await Promise.all([
    readApi<Organisation>("organisation"),
    readApi<ContestHead[]>("contests"),
    readApi<Petition[]>("petitions"),
    readApi<Motion[]>("motions"),
  ]);
  const contests = await Promise.all(heads.slice(0, newestContests).map(({ id }) => readApi<Contest>(`contests/${id}`)));
  return { ...gather(organisation, contests, petitions, motions), charter: await charterInForce(organisation, motions) };
}

// Once for a page; again after an act has been done.
let fetched: Promise<Known> | null = null;
export function known(): Promise<Known> {
  fetched ??= fetchKnown().catch((error: unknown) => {
    fetched = null;
    throw error;
  });
  return fetched;
}
export const forgetKnown = (): void => {
  fetched = null;
};

// All of which the organisation's pages show: an endorsement only once it is confirmed.
const published = new Set(["contest", "application", "recommendation", "view", "slate", "election", "petition", "motion", "amendment", "seat"]);

async function newest(acts: number): Promise<LedgerPage["entries"]> {
  const first = Math.max(acts - newestActs, 0);
  const pages = [];
  for (let from = first; from < acts; from += page) pages.push(readApi<LedgerPage>(`ledger?from=${from}&limit=${page}`));
  return (await Promise.all(pages)).flatMap(({ entries }) => entries);
}

// Those of a process ("thing": of all that are published), the newest first. An id ends with the number of the act that
// opened the thing.
export async function thingsOf(process: string): Promise<Thing[]> {
  const { things, organisation } = await known();
  const newestFirst = (all: Thing[]) => all.reverse();
  if (process === "thing") return newestFirst([...things.values()].filter(({ id }) => processOf(id) !== "seat"));
  const found = new Map([...things].filter(([id]) => processOf(id) === process));
  if (published.has(process)) return newestFirst([...found.values()]);
  for (const act of await newest(organisation.acts)) {
    for (const id of act.things) {
      if (processOf(id) !== process || act.refused || found.has(id)) continue;
      const about = Object.values(act.body).map((value) => things.get(String(value))?.title);
      found.set(id, { id, title: String(act.body.title ?? about.find(Boolean) ?? "") });
    }
  }
  return newestFirst([...found.values()]);
}

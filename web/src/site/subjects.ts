// What elections are about: the post that is filled, or what was moved.
import { readApi } from "./load";
import type { ContestHead, Election, Motion, Organisation } from "./schema";

export interface Subject {
  title: string;
  organ: string; // whose post it is, as a title; empty if it is no organ's
  election: Election;
}

// What cannot be had is left out: a page does without it.
const listOf = <Value,>(path: string) => readApi<Value[]>(path).catch((): Value[] => []);

export async function subjects(): Promise<Subject[]> {
  const [organisation, contests, motions] = await Promise.all([
    readApi<Organisation>("organisation").catch(() => null),
    listOf<ContestHead>("contests"),
    listOf<Motion>("motions"),
  ]);
  const organOf = (post: string) => {
    const organ = organisation?.posts.find(({ id }) => id === post)?.organ;
    return organisation?.organs.find(({ id }) => id === organ)?.title ?? "";
  };
  const about = (election: Election | null, title: string, organ = ""): Subject[] => (election ? [{ title, organ, election }] : []);
  return [
    ...contests.flatMap(({ title, post, election }) => about(election, title, organOf(post))),
    ...motions.flatMap(({ title, election, amendments }) => [election, ...amendments.map((one) => one.election)].flatMap((one) => about(one, title))),
  ];
}

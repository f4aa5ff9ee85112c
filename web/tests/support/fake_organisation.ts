// What the organisation of fake_site.ts publishes, and the acts that it knows: some of each kind.
import type { ActKind, FieldKind } from "../../src/member/calls";
import type { Contest, ContestHead, Motion, Organisation, Person, Petition, Post } from "../../src/site/schema";
import type { Member } from "./fake_site";

export const charter = `name = "Fake"
[petitions.ballot]
electorate = "members"
[petitions.recall]
electorate = "members"
[discipline]
rules = ["respect", "safety"]
`;

const field = (name: string, kind: FieldKind["kind"], more: Partial<FieldKind> = {}): FieldKind => ({ name, kind, of: "", optional: false, document: "", ...more });
const thing = (name: string, of = name) => field(name, "name", { of });
const text = (name: string) => field(name, "hash", { document: "text" });
const act = (type: string, by: ActKind["who"]["by"], fields: FieldKind[], more: Partial<ActKind> & { duty?: string } = {}): ActKind => {
  const { duty = "", ...rest } = more;
  return { type, process: type.split(".")[0]!, about: "", who: { by, duty }, privileged: false, seconded: false, signed: false, moves: "", fields, ...rest };
};

export const catalogue: ActKind[] = [
  act("application.submit", "member", [thing("contest"), text("statement")]),
  act("application.withdraw", "anyone", [thing("application"), { ...text("reasons"), optional: true }]),
  act("case.open", "duty", [field("member", "member"), field("rule", "name", { of: "@conduct" }), field("evidence", "hash"), field("notice", "hash")], { duty: "discipline" }),
  act("contest.call", "duty", [field("post", "name", { of: "@post" }), field("seats", "count")], { duty: "contests" }),
  act("contest.move_deadline", "duty", [thing("contest"), field("closes", "time"), text("reasons")], { duty: "contests", privileged: true }),
  act("contest.close", "clock", [thing("contest")]),
  act("decision.take", "organ", [field("organ", "name", { of: "@organ" }), field("title", "title"), text("hash"), field("yes", "count"), field("no", "count")]),
  act("member.admit", "duty", [field("members", "members"), field("joined", "time", { optional: true })], { duty: "roll" }),
  act("member.enrol_key", "member", [field("member", "member"), field("key", "hash")], { signed: true }),
  act("member.withdraw_key", "member", [field("member", "member")], { signed: true }),
  act("petition.open", "member", [field("rule", "name", { of: "@petition" }), field("title", "title"), text("hash"), field("text", "text", { optional: true })]),
  act("petition.sign", "member", [thing("petition"), field("salt", "hash", { optional: true })]),
  act("petition.withdraw_signature", "anyone", [thing("petition"), field("leaf", "hash", { optional: true })]),
  act("motion.propose", "member", [field("rule", "name"), field("title", "title"), text("hash")]),
];

export const person = ({ reference, name }: Member): Person => ({ member: reference, name });

export function organisation(origin: string, acts: number, time: string, members: Member[], charters: string[]): Organisation {
  const post = (id: string, title: string): Post => {
    const holder = members.find(({ posts }) => posts.some((one) => one.post === id));
    const seat = { id: `seat-${id}-1`, stage: holder ? "held" : "vacant", since: time, holder: holder ? person(holder) : null, from: time, until: null, by: "founding", electorate: null, contest: null, vacant_since: null, call_by: null };
    return { id, title, organ: "committee", term: "1 year", max_terms: 0, appointed_by: null, electorate: null, count: null, seats: [seat] };
  };
  return {
    name: "Fake Friends",
    origin,
    stage: "constituted",
    acts,
    time,
    members: members.length,
    charter: charters.length,
    charters,
    organs: [{ id: "committee", title: "The committee", kind: "committee", above: null, secretary: "secretary", reserved: [] }],
    posts: [post("chair", "Chair"), post("secretary", "Secretary"), post("returning-officer", "Returning officer")],
    flags: [],
  };
}

export const contest = (id: string, title: string, stage: string): ContestHead => ({
  id,
  stage,
  since: "2027-02-01T12:00:00Z",
  charter: 1,
  post: "chair",
  title,
  rule: "chair",
  seats: 1,
  opens: "2027-02-01T12:00:00Z",
  closes: "2027-03-20T12:00:00Z",
  ballot_from: "2027-04-01T12:00:00Z",
  standing: 0,
  election: null,
});
export const emptyContest = (head: ContestHead): Contest => ({
  ...head,
  electorate: "members",
  count: "av",
  nominations: 0,
  applications: [],
  recommendations: [],
  caucuses: [],
  views: [],
  slates: [],
  elections: [],
  timeline: [],
});

export const petition = (id: string, title: string, by: Person): Petition => ({
  id,
  stage: "collecting",
  since: "2027-02-01T12:00:00Z",
  rule: "ballot",
  title,
  hash: "0".repeat(64),
  text: null,
  seat: null,
  opened_by: by,
  needed: 20,
  signatures: 3,
  named: 3,
  closes: "2027-04-01T12:00:00Z",
  outcome: null,
});

// A motion that would change the charter to that text, or has.
export const change = (id: string, title: string, stage: string, text: string, by: Person): Motion => ({
  id,
  stage,
  since: "2027-02-20T12:00:00Z",
  rule: "rules",
  title,
  hash: "0".repeat(64),
  text,
  mover: by,
  petition: null,
  seconders: 3,
  seconders_needed: 3,
  majority: "2/3",
  amendments_close: null,
  debate_until: null,
  ballot_by: null,
  decision: null,
  amendments: [],
  recommendations: [],
  caucuses: [],
  views: [],
  election: null,
});

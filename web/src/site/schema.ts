// Made by tools/types.mjs out of src/server/openapi.json: `npm run types`.

// RFC 9457
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  rule?: string;
}

// Who is signed in
export interface Session {
  member: string;
  name: string;
  language: string;
  posts: string[];
  second_factor: boolean;
}

// In which ways members sign in besides a link by mail
export interface Ways {
  provider: string; // the name of an OpenID provider, empty if there is none
  example: boolean; // whether this is the example organisation, in which anybody may be anybody at /example
}

// A mail that was sent to a member
export interface Letter {
  mail: string;
  fate: "waiting" | "delivered" | "failed" | "expired" | "unknown" | "unwanted";
  asked: string;
  attempts: number;
  last?: string;
  reply: string;
}

// Which mails a member wants
export interface Preferences {
  notices: boolean;
}

// A second factor
export interface Factor {
  id: string;
  kind: "app" | "passkey";
  added: string;
}

// What a browser's authenticator answered (WebAuthn)
export interface Credential {
  type: "public-key";
  id: string;
}

// What navigator.credentials.create() is asked for
export interface CreationOptions {
  challenge: string;
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: { type: "public-key"; alg: number }[];
  excludeCredentials: Credential[];
  authenticatorSelection: { userVerification: string };
  attestation: string;
  timeout: number;
}

// What navigator.credentials.get() is asked for
export interface RequestOptions {
  challenge: string;
  rpId: string;
  allowCredentials: Credential[];
  userVerification: string;
  timeout: number;
}

// An election
export interface ElectionInList {
  uuid: string;
  phase: "announced" | "open" | "closed" | "declared";
  opens?: string;
  closes?: string;
  fingerprint: string;
  ballots: number;
}

// An election, with its election.json to the byte
export interface Voting {
  phase: "announced" | "open" | "closed" | "declared";
  opens?: string;
  closes?: string;
  fingerprint: string;
  ballots: number;
  election: string;
}

// Some of the trackers of the ballots in a record
export interface Trackers {
  from: number;
  ballots: number;
  trackers: string[];
}

// The tracker of a ballot: the unpadded base64 of the SHA-256 of its text
export interface Tracker {
  tracker: string;
}

// A member by reference; with a name where what they do is public: holding a post, standing, endorsing, moving
export interface Person {
  member: string;
  name?: string;
}

// Who did something
export interface Actor {
  person: Person;
  office: string | null;
}

// What is not as it should be
export interface Flag {
  rule: string;
  thing: string;
  message: string; // In English
}

// An organ
export interface Organ {
  id: string;
  title: string;
  kind: string;
  above: string | null;
  secretary: string | null;
  reserved: string[];
}

// One place in a post
export interface Seat {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  holder: Person | null;
  from: string | null;
  until: string | null;
  by: string | null; // The election, contest or decision that gave it; founding or interim
  electorate: string | null;
  contest: string | null; // The contest, slate or motion of that election
  vacant_since: string | null;
  call_by: string | null;
}

// A post and its seats
export interface Post {
  id: string;
  title: string;
  organ: string | null;
  term: string;
  max_terms: number; // 0: no limit
  appointed_by: string | null;
  electorate: string | null;
  count: string | null;
  seats: Seat[];
}

// The organisation, and its charter in short
export interface Organisation {
  name: string;
  origin: string; // Of the ledger
  stage: string;
  acts: number;
  time: string;
  members: number;
  charter: number; // The version in force
  charters: string[];
  organs: Organ[];
  posts: Post[];
  flags: Flag[];
}

// One secret ballot
export interface Election {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  of: string;
  electorate: string;
  electors: number;
  weight: number;
  opens: string | null;
  closes: string | null;
  fingerprint: string | null; // SHA-256 of the election's text, in hexadecimal
  candidates: Person[];
  record: string | null; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  supplement: string | null; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  transcript: string | null; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  other_transcript: string | null; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  cast: number;
  yes: number;
  no: number;
  elected: Person[];
  counted_back: Person[];
}

// What an organ recommends
export interface Recommendation {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  organ: string;
  title: string;
  position: "for" | "against" | "neither";
  hash: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
}

// What a caucus says
export interface CaucusStatement {
  id: string;
  title: string;
  hash: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
}

// What an affiliate says, and the response
export interface View {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  organ: string;
  title: string;
  hash: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  response: string | null; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
}

// Confirmed by the endorser; a person or an organ
export interface Endorsement {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  person: Person | null;
  organ: string | null;
  title: string | null;
  slate: string | null;
  reason: string | null; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
}

// One person's candidature
export interface Application {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  person: Person;
  statement: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  nominations: number;
  rule: string | null; // Under which it was rejected
  endorsements: Endorsement[];
  recommendations: Recommendation[];
  caucuses: CaucusStatement[];
  views: View[];
}

// Candidates backed together
export interface Slate {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  rule: string;
  proposals_close: string | null;
  proposed: string[];
  chosen: string[];
  dropped: string[];
  recommendations: Recommendation[];
  elections: Election[];
}

// An entry of the ledger
export interface Act {
  number: number;
  type: string;
  time: string | null;
  actor: Actor | null;
  seconded_by: (Actor | null)[];
  charter: number;
  rule: string | null; // Of the charter, that allowed it, or refused it
  refused: string | null; // Why, in English
  things: string[];
  body: Record<string, unknown>;
}

// A contest in short
export interface ContestHead {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  charter: number;
  post: string;
  title: string;
  rule: string;
  seats: number;
  opens: string | null;
  closes: string | null;
  ballot_from: string | null;
  standing: number;
  election: Election | null;
}

// A contest
export interface Contest {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  charter: number;
  post: string;
  title: string;
  rule: string;
  seats: number;
  opens: string | null;
  closes: string | null;
  ballot_from: string | null;
  standing: number;
  election: Election | null;
  electorate: string;
  count: string;
  nominations: number;
  applications: Application[];
  recommendations: Recommendation[];
  caucuses: CaucusStatement[];
  views: View[];
  slates: Slate[];
  elections: Election[];
  timeline: Act[];
}

// A petition
export interface Petition {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  rule: string;
  title: string;
  hash: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  text: string | null; // Of a change of the charter
  seat: string | null;
  opened_by: Person;
  needed: number;
  signatures: number;
  named: number;
  closes: string | null;
  outcome: string | null;
}

// An amendment
export interface Amendment {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  mover: Person;
  hash: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  text: string | null;
  seconders: number;
  election: Election | null;
}

// A motion
export interface Motion {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  rule: string;
  title: string;
  hash: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  text: string | null; // Of a change of the charter
  mover: Person | null;
  petition: string | null;
  seconders: number;
  seconders_needed: number;
  majority: string;
  amendments_close: string | null;
  debate_until: string | null;
  ballot_by: string | null;
  decision: string | null;
  amendments: Amendment[];
  recommendations: Recommendation[];
  caucuses: CaucusStatement[];
  views: View[];
  election: Election | null;
}

// A disciplinary case
export interface Case {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  member: string; // About whom, by reference alone
  rule: string; // Of conduct
  officer: Person;
  panel: Person[];
  reply_by: string | null;
  decide_by: string | null; // Null also once it has passed: a breach
  appeal_by: string | null;
  breaches: number; // Of the deadlines of those who decide
  outcome: string | null;
  until: string | null; // Of a suspension
}

// Money that an organ lets be spent
export interface Mandate {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  decision: string;
  title: string; // Of the decision
  amount: number;
  spent: number;
  until: string;
}

// An entry of spending
export interface Spend {
  id: string;
  stage: string; // of the process's lifecycle
  since: string;
  amount: number;
  mandate: string | null;
  purpose: string; // SHA-256 in hexadecimal; the text is at /ledger/published/{hash} unless it says otherwise
  entered_by: Person;
  second: Person | null;
  referred_by: Person | null;
  decision: string | null; // By which it was settled
}

// What was spent, beside its limit; amounts are in the smallest unit of money
export interface Spending {
  limit: number; // Over which it takes a mandate and a second officer
  organ: string | null; // That gives mandates
  mandates: Mandate[];
  spends: Spend[];
}

// How many people have a standing in a section
export interface RollCount {
  section: string | null;
  standing: string;
  members: number;
}

// Some of the ledger
export interface LedgerPage {
  acts: number; // How many there are
  entries: Act[];
  next?: number; // If there are more acts about that thing: the number of the next
}

// A trustee of an election
export interface TallyTrustee {
  number: number; // from 1, as the record counts them
  member: string; // reference; empty if the key was not made on this server
  name: string;
  threshold: boolean; // one of a group of whom some are enough
  shuffled: boolean;
  decrypted: boolean;
  decryption_key: string; // where what a threshold trustee decrypts with is, encrypted to them; or empty
}

// How far the tally of an election has come
export interface Tally {
  phase: "open" | "closed" | "shuffling" | "decrypting" | "result" | "declared"; // closed: the time to vote is over, and the record is not closed yet
  election: string; // the charter's id; empty before the act election.open
  group: string;
  strict: boolean; // held under the strict profile
  trustees: TallyTrustee[];
  needed: number; // so many partial decryptions make a result
  shuffles: number;
  decryptions: number;
}

// Whose it is
export interface Collected {
  trustee: number;
}

// The body of the act election.declare
export interface DeclarationFields {
  election: string;
  record: string;
  supplement?: string;
  transcript: string;
  other_transcript?: string;
  cast: number;
  yes?: number;
  no?: number;
  elected?: string[];
}

// Whose a seat of a ceremony is
export interface CeremonySeat {
  number: number;
  member: string;
  name: string;
}

// A threshold key that is being made
export interface Ceremony {
  group: string;
  trustees: number;
  threshold: number;
  waiting: "certificates" | "commitments" | "polynomials" | "shares" | "nobody";
  missing: number[]; // from which trustees
  seats: CeremonySeat[];
  files: string[];
}

// Somebody whom one may be in the example
export interface ExamplePerson {
  member: string;
  name: string;
  role: string; // posts, trustee, registrar or member
}

// The key with which an invented person signs acts
export interface ExampleKey {
  member: string;
  seed: string; // of the Ed25519 key
}

// What an invented trustee keeps
export interface ExampleTrustee {
  election: string;
  number: number;
  member: string;
  name: string;
  key: string; // the seed of their part of the election's key
}

// Somebody invented who has not voted
export interface ExampleVoter {
  election: string;
  member: string;
  name: string;
  credential: string;
}

// The example organisation
export interface Example {
  now: string;
  election: string; // uuid of the one whose ballot is open at first
  people: ExamplePerson[];
}

// What invented people know
export interface ExampleKeys {
  people: ExampleKey[];
  trustees: ExampleTrustee[];
  voters: ExampleVoter[];
}

// Who asks, perhaps in an office
export interface AskedBy {
  member: string; // A member's reference
  office?: string; // The post in which they act
}

// What somebody asks for
export interface ActRequest {
  type: string; // As petition.open
  actor: AskedBy;
  seconded_by?: AskedBy[];
  body: Record<string, unknown>; // The act's fields
}

// Who answers for a request
export interface ActSignature {
  member: string;
  asked: string; // When they asked, in UTC
  signature: string; // Ed25519, of the five lines that docs/ledger.md describes
}

// A request, handed in
export interface AskedFor {
  request: ActRequest;
  signatures?: ActSignature[];
  texts?: string[];
}

// An act as it stands in the ledger
export interface LedgerAct {
  type: string;
  time: string;
  actor: { clock?: boolean; office?: string; member?: string };
  seconded_by?: AskedBy[];
  charter: number;
  body: Record<string, unknown>;
  refused?: { rule: string; message: string };
}

// A field that whoever asks fills in
export interface ActField {
  name: string;
  kind: "member" | "members" | "name" | "names" | "hash" | "hashes" | "title" | "text" | "count" | "time" | "flag";
  of: string; // The process whose thing is meant ("contest"), or what the charter names ("@post"); may be empty
  document: "" | "text" | "record" | "supplement" | "transcript"; // Of what is published the hash is; may be empty
  optional: boolean;
}

// An act that there is
export interface ActType {
  type: string;
  process: string;
  about: string;
  who: { by: "clock" | "founder" | "anyone" | "participant" | "member" | "duty" | "organ"; duty: string };
  privileged: boolean; // Takes a second person
  seconded: boolean; // May have one
  signed: boolean; // Signed also where nobody acts in an office
  moves: string; // The field with the thing that it moves along; empty: it opens a new one
  fields: ActField[];
}

// What would become of a request
export interface Considered {
  allowed: boolean;
  rule: string; // Of the charter, on which it rests, or that refuses it; may be empty
  act?: LedgerAct;
  signers?: { member: string; key: string }[];
  text?: string; // What the caller signs; empty if they need not
  asked?: string;
  reason?: string;
  recorded?: boolean; // Whether the refusal would be on the record
}

// An act that has been done
export interface Entered {
  number: number;
  type: string;
  about: string[];
  act: LedgerAct;
}

// RFC 9457, with the rule that refuses the act
export interface RefusedAct {
  type: string;
  title: string;
  status: number;
  detail: string;
  rule: string; // The charter's rule, or "keys", "texts", "time"
  recorded: boolean;
  number?: number; // In the ledger, if it is recorded
}

// A request that waits for a second person
export interface Awaiting {
  id: string;
  since: string;
  begun_by: string;
  waits_for: string;
  request: ActRequest;
  signatures: ActSignature[];
  texts: string[];
}

// A post that I hold
export interface MyPost {
  seat: string;
  post: string;
  title: string;
  organ: string;
  until: string;
  duties: string[];
}

// In whose electorate I am, or would be if it were frozen now
export interface MyElection {
  election: string;
  uuid: string; // Of its record; empty before there is one here
  of: string;
  title: string;
  stage: string;
  opens: string;
  closes: string;
  entitled: boolean; // The electorate is frozen, and I am in it
}

// That I opened, or signed by name
export interface MyPetition {
  petition: string;
  title: string;
  stage: string;
  role: "opened" | "signed";
}

// Of mine, to a contest
export interface MyApplication {
  application: string;
  contest: string;
  post: string;
  title: string;
  stage: string;
}

// An act that may move a thing along
export interface MyStep {
  act: string; // Its type
  field: string; // Of its body, for the thing
  office: string; // The post in which it is done
  organ: string; // For which it is done; empty unless it is an organ's act
}

// What goes on, and what I can do about it in office
export interface MyWork {
  thing: string;
  title: string; // May be empty
  stage: string;
  since: string;
  steps: MyStep[];
}

// What concerns whoever is signed in. Times are empty before there is one
export interface Me {
  member: string;
  name: string;
  language: string;
  standing: string;
  section: string;
  key: string; // Enrolled, Ed25519; empty if none is
  second_factor: boolean;
  posts: MyPost[];
  elections: MyElection[];
  petitions: MyPetition[];
  applications: MyApplication[];
  work: MyWork[]; // What waits for the posts that I hold
  awaiting: number; // Requests that wait for me
}

// Somebody on the roll
export interface FoundMember {
  member: string;
  name: string;
  standing: string;
  section: string;
}

// What elections are called on the pages of those who run them.
import { afterEach, expect, it, vi } from "vitest";
import { allNamed, oneNamed } from "../../src/trustee/named";
import { contest, organisation } from "../support/fake_organisation";

afterEach(() => vi.unstubAllGlobals());

const paper = (name: string, ...questions: string[]) => ({ election: JSON.stringify({ name, questions: questions.map((question) => ({ question, answers: [] })) }) });
const elected = (id: string, title: string, election: string) => ({ ...contest(id, title, "balloting"), election: { id: election } });
const amended = { title: "Later ovens", election: { id: "election-7" }, amendments: [{ election: { id: "election-8" } }, { election: null }] };

// The answers of a server whose records are of these elections, by what the acts call them.
function serve(records: Record<string, string>, more: Record<string, unknown> = {}): void {
  const answers: Record<string, unknown> = { "/api/v1/elections": Object.keys(records).map((uuid) => ({ uuid })), ...more };
  for (const [uuid, election] of Object.entries(records)) answers[`/api/v1/elections/${uuid}/tally`] = { phase: "open", election };
  vi.stubGlobal("fetch", (path: string) => Promise.resolve(new Response(JSON.stringify(answers[path]), { status: path in answers ? 200 : 404 })));
}
const titles = async () => (await allNamed()).map(({ title, organ }) => [title, organ]);

it("are the post that is filled, with its organ, or what was moved", async () => {
  serve(
    { a: "election-5", b: "election-7", c: "election-8" },
    {
      "/api/v1/contests": [elected("contest-9", "Secretary", "election-9"), elected("contest-4", "Chair", "election-5")],
      "/api/v1/motions": [amended],
      "/api/v1/organisation": organisation("", 0, "", [], [""]),
    },
  );
  expect(await titles()).toEqual([
    ["Chair", "The committee"],
    ["Later ovens", ""],
    ["Later ovens", ""],
  ]);
  expect(await oneNamed("a")).toMatchObject({ title: "Chair", head: { uuid: "a" }, tally: { election: "election-5" } });
});

it("are what stands on the paper where the acts do not say", async () => {
  const papers = { "/api/v1/elections/a": paper("Fake Friends: election-5", "Who is on the slate?"), "/api/v1/elections/b": paper("Choir", "Who?", "What?") };
  serve({ a: "election-5", b: "" }, papers);
  expect(await titles()).toEqual([
    ["Who is on the slate?", ""],
    ["Choir", ""],
  ]);
  await expect(oneNamed("c")).rejects.toMatchObject({ problem: "not-found" });
});

// What the page begins with: the election from the server, checked by the module.
import { api, Problem, type ElectionView } from "../api";
import { readElection, type Election } from "../election";
import { Encryptor } from "./encryptor";
import { kept } from "./kept";

export interface Opened {
  election: Election;
  view: ElectionView;
  encryptor: Encryptor;
}

export type Loaded =
  | { state: "open"; opened: Opened }
  | { state: "not-open"; view: ElectionView }
  // `sent`: the tracker of a ballot that this browser had sent and heard nothing of, and whether it arrived.
  | { state: "closed"; view: ElectionView; sent: { tracker: string; arrived: boolean } | null }
  | { state: "unsupported"; group: string }
  | { state: "damaged"; detail: string }
  | { state: "not-found" | "unreachable" };

async function closed(uuid: string, view: ElectionView): Promise<Loaded> {
  const tracker = kept.pending(uuid)?.tracker;
  if (tracker === undefined) return { state: "closed", view, sent: null };
  return { state: "closed", view, sent: { tracker, arrived: await api.hasBallot(uuid, tracker) } };
}

export async function load(uuid: string): Promise<Loaded> {
  let view: ElectionView;
  try {
    view = await api.election(uuid);
    if (view.phase === "closed" || view.phase === "declared") return await closed(uuid, view);
  } catch (error) {
    return { state: error instanceof Problem && error.problem === "not-found" ? "not-found" : "unreachable" };
  }
  if (view.phase === "announced") return { state: "not-open", view };
  const encryptor = new Encryptor();
  try {
    const election = readElection(view.election);
    if (election.group !== "Ed25519") return { state: "unsupported", group: election.group };
    const { uuid: own } = await encryptor.open(view.election);
    if (own !== uuid) return { state: "damaged", detail: `${own} ≠ ${uuid}` };
    return { state: "open", opened: { election, view, encryptor } };
  } catch (error) {
    return { state: "damaged", detail: String(error instanceof Error ? error.message : error) };
  }
}

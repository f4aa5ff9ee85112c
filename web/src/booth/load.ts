// What the page begins with: the election from the server, checked by the module.
import { api, Problem, type ElectionView } from "../api";
import { readElection, type Election } from "../election";
import { Encryptor } from "./encryptor";

export interface Opened {
  election: Election;
  view: ElectionView;
  encryptor: Encryptor;
}

export type Loaded =
  | { state: "open"; opened: Opened }
  | { state: "not-open" | "closed"; view: ElectionView }
  | { state: "unsupported"; group: string }
  | { state: "damaged"; detail: string }
  | { state: "not-found" | "unreachable" };

export async function load(uuid: string): Promise<Loaded> {
  let view: ElectionView;
  try {
    view = await api.election(uuid);
  } catch (error) {
    return { state: error instanceof Problem && error.problem === "not-found" ? "not-found" : "unreachable" };
  }
  if (view.phase === "announced") return { state: "not-open", view };
  if (view.phase !== "open") return { state: "closed", view };
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

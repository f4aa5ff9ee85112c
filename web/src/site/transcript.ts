// A count's transcript (src/count/transcript.hpp): every stage with its figures, as texts of decimals or fractions.

export interface Stage {
  stage: number;
  kind: "first" | "surplus" | "exclusion" | "iteration" | "final";
  part?: boolean; // more papers of the same surplus or exclusion follow
  title: string;
  from: string[];
  votes: Record<string, string>;
  nontransferable: string;
  transfers: { from: string | null; to: string | null; papers: number; votes: string }[];
  events: { kind: "quota" | "elected" | "surplus" | "excluded" | "tie" | "note"; candidates: string[]; reason: string; paragraph: string }[];
}
export interface Transcript {
  rule: string;
  title: string;
  seats: number;
  candidates: string[];
  withdrawn: string[];
  papers: number;
  quota: string | null;
  winners: string[];
  stages: Stage[];
}

// For drawing; what is written is the text.
export function figure(text: string): number {
  const [numerator, denominator = "1"] = text.split("/");
  return Number(numerator) / Number(denominator);
}

// Those that are shown as columns: the parts of one surplus or exclusion are one, and its transfers stand together.
export function columns({ stages }: Transcript): Stage[] {
  const all: Stage[] = [];
  let parts: Stage[] = [];
  stages.forEach((stage, i) => {
    parts.push(stage);
    if (stage.part && i + 1 < stages.length) return;
    const transfers = parts.flatMap((part) => part.transfers);
    const events = parts.flatMap((part) => part.events);
    all.push({ ...stage, transfers, events });
    parts = [];
  });
  return all;
}

// A transcript of totals, of a motion or an amendment, has no stages.
export const isCount = (value: unknown): value is Transcript => Array.isArray((value as Transcript | null)?.stages);

// The flow of votes from stage to stage: a column a stage, a bar a candidate, a band for votes that stay or move.
import { useTranslator } from "../i18n";
import { columns, figure, type Stage, type Transcript } from "./transcript";

const step = 120; // from one column to the next
const barWidth = 14;
const margin = 160; // for the names, on either side
const top = 24;
const allVotes = 420; // the height of all papers together
const gap = 10;
const least = 16; // of a bar with its name

interface Bar {
  name: string | null; // null: not transferable
  y: number;
  height: number;
}

const votesOf = (stage: Stage, name: string | null) => figure(name === null ? stage.nontransferable : stage.votes[name] ?? "0");

function layOut(transcript: Transcript, stages: Stage[]) {
  const first = stages[0]!;
  const names: (string | null)[] = [...transcript.candidates].sort((a, b) => votesOf(first, b) - votesOf(first, a));
  names.push(null);
  const total = names.reduce((sum, name) => sum + votesOf(first, name), 0) || 1;
  const scale = allVotes / total;
  const bars = stages.map((stage) => {
    let y = top;
    return names.flatMap((name): Bar[] => {
      const height = votesOf(stage, name) * scale;
      if (height <= 0) return [];
      const bar = { name, y, height };
      y += Math.max(height, least) + gap;
      return [bar];
    });
  });
  const bottom = Math.max(...bars.flat().map(({ y, height }) => y + Math.max(height, least)));
  return { bars, scale, bottom };
}

interface Band {
  from: Bar;
  to: Bar;
  fromY: number;
  toY: number;
  height: number;
  moved: boolean;
}

// What stays with a candidate, then what moves, each below the other at both ends.
function bandsOf(before: Bar[], after: Bar[], stage: Stage, scale: number): Band[] {
  const used = new Map<Bar, number>();
  const take = (bar: Bar, height: number) => {
    const at = used.get(bar) ?? 0;
    used.set(bar, at + height);
    return bar.y + at;
  };
  const moves = stage.transfers.filter((transfer) => transfer.from !== null || transfer.to === null);
  const gone = (name: string | null) => moves.filter(({ from }) => from === name).reduce((sum, { votes }) => sum + figure(votes), 0);
  const bands: Band[] = [];
  const add = (fromName: string | null, toName: string | null, height: number, moved: boolean) => {
    const from = before.find(({ name }) => name === fromName);
    const to = after.find(({ name }) => name === toName);
    if (from && to && height > 0) bands.push({ from, to, fromY: take(from, height), toY: take(to, height), height, moved });
  };
  for (const bar of before) add(bar.name, bar.name, bar.height - (bar.name === null ? 0 : gone(bar.name) * scale), false);
  for (const { from, to, votes } of moves) if (from !== null) add(from, to, figure(votes) * scale, true);
  return bands;
}

const round = (number: number) => Math.round(number * 10) / 10;

export function Sankey({ transcript }: { transcript: Transcript }) {
  const t = useTranslator();
  const stages = columns(transcript);
  if (stages.length === 0) return null;
  const { bars, scale, bottom } = layOut(transcript, stages);
  const left = (column: number) => margin + column * step;
  const width = left(stages.length - 1) + barWidth + margin;
  const label = (name: string | null) => name ?? t("result.nontransferable");
  const short = (name: string | null) => (label(name).length > 22 ? `${label(name).slice(0, 21)}…` : label(name));
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={t("result.flow")}>
      <svg class="sankey" role="img" aria-label={t("result.flow.label")} viewBox={`0 0 ${width} ${round(bottom + 10)}`} width={width} height={round(bottom + 10)}>
        {stages.slice(1).flatMap((stage, column) =>
          bandsOf(bars[column]!, bars[column + 1]!, stage, scale).map(({ from, to, fromY, toY, height, moved }) => {
            const x = left(column) + barWidth;
            const end = left(column + 1);
            const middle = (x + end) / 2;
            const y = [fromY, toY, toY + height, fromY + height].map(round);
            return (
              <path
                key={`${stage.stage} ${from.name} ${to.name} ${moved}`}
                class={moved ? "band moved" : "band"}
                d={`M${x} ${y[0]}C${middle} ${y[0]} ${middle} ${y[1]} ${end} ${y[1]}V${y[2]}C${middle} ${y[2]} ${middle} ${y[3]} ${x} ${y[3]}Z`}
              />
            );
          }),
        )}
        {bars.map((column, i) =>
          column.map(({ name, y, height }) => (
            <rect
              key={`${i} ${name}`}
              class={name === null ? "bar nobody" : transcript.winners.includes(name) ? "bar won" : "bar"}
              x={left(i)}
              y={round(y)}
              width={barWidth}
              height={round(Math.max(height, 1))}
            />
          )),
        )}
        {stages.map((stage, i) => (
          <text key={stage.stage} class="stage-number" x={left(i) + barWidth / 2} y={14} text-anchor="middle">
            {i + 1}
          </text>
        ))}
        {bars[0]!.map(({ name, y, height }) => (
          <text key={`first ${name}`} x={margin - 6} y={round(y + Math.min(height, least) / 2 + 4)} text-anchor="end">
            {short(name)}
          </text>
        ))}
        {stages.length > 1 &&
          bars[stages.length - 1]!.map(({ name, y, height }) => (
            <text key={`last ${name}`} x={left(stages.length - 1) + barWidth + 6} y={round(y + Math.min(height, least) / 2 + 4)}>
              {short(name)}
            </text>
          ))}
      </svg>
    </div>
  );
}

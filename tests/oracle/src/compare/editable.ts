// A record taken apart, to be changed and put together again with every hash and the chain made right.
import { readArchive, tarHeader } from "../verify/archive.js";
import { type Bytes, hashHex, utf8 } from "../verify/bytes.js";
import { type EventType, readSteps } from "../verify/events.js";

export interface EditableData {
  text: string;
  /** The hash under which the payload names it. */
  readonly hash: string;
}

export interface EditableStep {
  type: EventType;
  data: EditableData[];
}

export interface EditableRecord {
  readonly timestamp: number;
  steps: EditableStep[];
}

export function takeApart(archive: Bytes): EditableRecord {
  const { timestamp, entries } = readArchive(archive);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const steps = readSteps(entries).map(({ type, data }) => ({
    type,
    data: data.map(({ content, hash }) => ({ text: decoder.decode(content), hash })),
  }));
  return { timestamp, steps };
}

function concatenate(parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  parts.reduce((offset, part) => (out.set(part, offset), offset + part.length), 0);
  return out;
}

/** The archive. Payloads name what has been changed by its new hash; `changeEvent` may change an event's text. */
export function putTogether(record: EditableRecord, changeEvent = (_height: number, event: string) => event): Bytes {
  const parts: Bytes[] = [];
  const append = (name: string, content: Bytes) => {
    const padding = new Uint8Array((512 - (content.length % 512)) % 512);
    parts.push(tarHeader(name, content.length, record.timestamp), content, padding);
  };
  append("BELENIOS", utf8(`{"version":1,"timestamp":"${record.timestamp}"}`));
  let parent: string | undefined;
  record.steps.forEach(({ type, data }, height) => {
    const renamed: [string, string][] = [];
    let payload: string | undefined;
    for (const { text, hash } of data) {
      const content = utf8(renamed.reduce((changed, [from, to]) => changed.replaceAll(from, to), text));
      payload = hashHex(content);
      renamed.push([hash, payload]);
      append(`${payload}.data.json`, content);
    }
    const fields = [
      ...(parent === undefined ? [] : [`"parent":"${parent}"`]),
      `"height":${height}`,
      `"type":"${type}"`,
      ...(payload === undefined ? [] : [`"payload":"${payload}"`]),
    ];
    const event = utf8(changeEvent(height, `{${fields.join(",")}}`));
    parent = hashHex(event);
    append(`${parent}.event.json`, event);
  });
  return concatenate(parts);
}

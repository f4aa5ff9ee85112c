// Whether this is the example organisation, in which anybody may be anybody: asked once in a browser's session, of a call
// that every server answers.
import { useEffect, useState } from "preact/hooks";
import { read } from "../api";
import type { Ways } from "../site/schema";

const key = "folkmoot.example"; // "true" or "false" once it is known

// False until it is known; for good where the server cannot be reached.
export function useExample(): boolean {
  const [example, setExample] = useState(sessionStorage.getItem(key) === "true");
  useEffect(() => {
    if (sessionStorage.getItem(key) !== null) return;
    const note = ({ example }: Ways) => {
      sessionStorage.setItem(key, String(example));
      setExample(example);
    };
    read<Ways>("/api/v1/sign-in").then(note, () => undefined);
  }, []);
  return example;
}

// The password that an app shows now: its field, and what is wrong with it before it is sent.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useTranslator } from "../i18n";
import { ErrorSummary, TextField, type Problem } from "../ui/parts";
import { ProblemNotice, useDoing } from "./doing";

interface AppPasswordProps {
  id: string; // of the field
  label: string;
  action: string; // what the button does
  onPassword(digits: string): Promise<void>;
  children?: ComponentChildren; // other buttons beside it
}

// Not a form: it may stand in one.
export function AppPassword({ id, label, action, onPassword, children }: AppPasswordProps) {
  const t = useTranslator();
  const [password, setPassword] = useState("");
  const [faults, setFaults] = useState<Problem[]>([]);
  const { busy, problem, run } = useDoing();
  const enter = () => {
    const digits = password.replace(/\s/g, "");
    const good = /^\d{6,8}$/.test(digits);
    setFaults(good ? [] : [{ text: t("factor.password.malformed"), field: id }]);
    if (good) void run(() => onPassword(digits));
  };
  return (
    <div>
      <ErrorSummary problems={faults} />
      <ProblemNotice problem={problem} />
      <TextField
        id={id}
        label={label}
        hint={t("factor.password.hint")}
        problem={faults[0]?.text}
        value={password}
        onValue={setPassword}
        inputMode="numeric"
        autocomplete="one-time-code"
        class="code"
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          enter();
        }}
      />
      <p class="row">
        <button type="button" aria-disabled={busy} onClick={enter}>
          {action}
        </button>
        {children}
      </p>
    </div>
  );
}

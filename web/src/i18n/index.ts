// Which language a page speaks, and what it says.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import cy from "./cy";
import en, { type Catalogue, type Key } from "./en";

export type { Key } from "./en";
export const languages = { en, cy } as const;
export type Language = keyof typeof languages;

export type Values = Record<string, string | number>;

export interface Translator {
  language: Language;
  (key: Key, values?: Values): string;
  time(iso: string | number): string;
}

export function translator(language: Language): Translator {
  const catalogue: Catalogue = languages[language];
  const plurals = new Intl.PluralRules(language);
  const say = (key: Key, values: Values = {}): string => {
    const message = catalogue[key];
    const text =
      typeof message === "string" ? message : (message[plurals.select(Number(values.n))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`));
  };
  const time = (iso: string | number) =>
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : "cy-GB", { dateStyle: "full", timeStyle: "short" }).format(new Date(iso));
  return Object.assign(say, { language, time });
}

const stored = "folkmoot.language";

// What the voter chose before, else the browser's first language that there is.
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(stored), ...navigator.languages];
  for (const tag of wanted) {
    const language = tag?.split("-")[0];
    if (language === "en" || language === "cy") return language;
  }
  return "en";
}
export function rememberLanguage(language: Language): void {
  localStorage.setItem(stored, language);
}

export const LanguageContext = createContext<Translator>(translator("en"));
export const useTranslator = (): Translator => useContext(LanguageContext);

// Which language a page speaks, and what it says.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import cy from "./cy";
import en, { type Key as BasicKey, type Plural } from "./en";
import type { MemberKey } from "./member_en";
import type { SiteKey } from "./site_en";

// What the pages about the organisation say is apart from the rest (site.ts), so that the booth need not load it.
export type Key = BasicKey | SiteKey | MemberKey;
export const languages = { en, cy } as const;
export type Language = keyof typeof languages;

type Messages = Record<string, string | Plural>;
const catalogues: Record<Language, Messages> = { en: { ...en }, cy: { ...cy } };
export function addMessages(more: Record<Language, Messages>): void {
  for (const language of Object.keys(more) as Language[]) Object.assign(catalogues[language], more[language]);
}

export type Values = Record<string, string | number>;

export interface Translator {
  language: Language;
  (key: Key, values?: Values): string;
  time(iso: string | number): string;
  day(iso: string | number): string;
}

const english = (style: Intl.DateTimeFormatOptions) => (iso: string | number) =>
  new Intl.DateTimeFormat("en-GB", style).format(new Date(iso));
const englishDates = { time: english({ dateStyle: "full", timeStyle: "short" }), day: english({ dateStyle: "long" }) };

// Chromium knows Welsh plurals, and no Welsh dates.
const days = ["Sul", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn"].map((day) => `dydd ${day}`);
const months = ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"];
const welshDay = (date: Date) => `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;
const two = (number: number) => String(number).padStart(2, "0");
const welshDates = {
  day: (iso: string | number) => welshDay(new Date(iso)),
  time(iso: string | number) {
    const date = new Date(iso);
    return `${days[date.getDay()]}, ${welshDay(date)} am ${two(date.getHours())}:${two(date.getMinutes())}`;
  },
};

// What turns the direction of writing (U+202E and its like) would turn the rest of the sentence, too: it is left out.
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

export function translator(language: Language): Translator {
  const catalogue = catalogues[language];
  const plurals = new Intl.PluralRules(language);
  const say = (key: Key, values: Values = {}): string => {
    const message = catalogue[key] ?? key;
    const text =
      typeof message === "string" ? message : (message[plurals.select(Number(values.n))] ?? message.other);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? `{${name}}`).replace(turning, ""));
  };
  const { time, day } = language === "cy" ? welshDates : englishDates;
  return Object.assign(say, { language, time, day });
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

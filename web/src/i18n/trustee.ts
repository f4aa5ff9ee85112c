// Adds what the pages of trustees, registrar and returning officer say.
import { addMessages, useTranslator, type Translator, type Values } from "./index";
import cy from "./trustee_cy";
import en, { type TrusteeKey } from "./trustee_en";

export const trustee = { en, cy };
addMessages(trustee);

// useTranslator() for those who may say this too.
export type Words = Translator & ((key: TrusteeKey, values?: Values) => string);
export const useWords = useTranslator as () => Words;

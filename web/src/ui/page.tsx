// What every page has: the language, a way past the header, the main content, the footer.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LanguageContext, languages, preferredLanguage, rememberLanguage, translator, useTranslator, type Key, type Language } from "../i18n";
import { AccountBar } from "./account_bar";
import { useExample } from "./example";

const pages: [string, Key][] = [
  ["/", "nav.home"],
  ["/contests", "nav.contests"],
  ["/petitions", "nav.petitions"],
  ["/motions", "nav.motions"],
  ["/ledger", "nav.ledger"],
  ["/audit", "nav.audit"],
];
const examplePage: [string, Key] = ["/example", "nav.example"];

function Navigation() {
  const t = useTranslator();
  const example = useExample();
  const here = (address: string) => (address === "/" ? location.pathname === "/" : location.pathname.startsWith(address));
  return (
    <nav class="pages no-print" aria-label={t("nav.label")}>
      <ul class="width">
        {[...pages, ...(example ? [examplePage] : [])].map(([address, name]) => (
          <li key={address}>
            <a href={address} aria-current={here(address) ? (location.pathname === address ? "page" : "true") : undefined}>
              {t(name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

// With `navigation` to the other pages; the booth does without. `wide` is for tables and pictures.
export function Page({ children, navigation, wide }: { children: ComponentChildren; navigation?: boolean; wide?: boolean }) {
  const [language, setLanguage] = useState<Language>(preferredLanguage);
  const t = translator(language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language) => {
    rememberLanguage(chosen);
    setLanguage(chosen);
  };
  return (
    <LanguageContext.Provider value={t}>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <header class="header">
        <div class="width header-row">
          {navigation ? (
            <a class="brand" href="/">
              Folkmoot
            </a>
          ) : (
            <span class="brand">Folkmoot</span>
          )}
          {navigation && <AccountBar />}
          <nav aria-label={t("language.choose")}>
            <ul class="languages">
              {(Object.keys(languages) as Language[]).map((tag) => (
                <li key={tag}>
                  <button
                    type="button"
                    class="link"
                    lang={tag}
                    aria-current={tag === language ? "true" : undefined}
                    onClick={() => choose(tag)}
                  >
                    {translator(tag)("language.name")}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        {navigation && <Navigation />}
      </header>
      <main id="main" class={wide ? "width wide" : "width"} tabIndex={-1}>
        {children}
      </main>
      <footer class="footer">
        <div class="width">{t("footer.source")}</div>
      </footer>
    </LanguageContext.Provider>
  );
}

// What every page has: the language, a way past the header, the main content, the footer.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { LanguageContext, languages, preferredLanguage, rememberLanguage, translator, type Language } from "../i18n";

export function Page({ children }: { children: ComponentChildren }) {
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
          <span class="brand">Folkmoot</span>
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
      </header>
      <main id="main" class="width" tabIndex={-1}>
        {children}
      </main>
      <footer class="footer">
        <div class="width">{t("footer.source")}</div>
      </footer>
    </LanguageContext.Provider>
  );
}

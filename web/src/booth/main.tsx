// The voting booth: /vote/{uuid}.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "../style/style.css";
import { useTranslator } from "../i18n";
import { Page } from "../ui/page";
import { Heading, Notice, ProblemText } from "../ui/parts";
import { Booth } from "./booth";
import { load, type Loaded } from "./load";

const uuid = decodeURIComponent(location.pathname.replace(/\/+$/, "").split("/").pop() ?? "");

function Loader() {
  const t = useTranslator();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const begin = () => {
    setLoaded(null);
    void load(uuid).then(setLoaded);
  };
  useEffect(begin, []);
  if (loaded === null) return <p role="status">{t("loading")}</p>;
  switch (loaded.state) {
    case "open":
      return <Booth {...loaded.opened} />;
    case "not-found":
      return <Heading>{t("election.notFound")}</Heading>;
    case "unreachable":
      return (
        <>
          <Heading>{t("unreachable")}</Heading>
          <p>{t("unreachable.text")}</p>
          <button onClick={begin}>{t("retry")}</button>
        </>
      );
    case "not-open":
      return (
        <>
          <Heading>{t("election.notOpen")}</Heading>
          {loaded.view.opens && <p>{t("election.notOpen.text", { time: t.time(loaded.view.opens) })}</p>}
        </>
      );
    case "closed":
      return (
        <>
          <Heading>{t("election.closed")}</Heading>
          {loaded.view.closes && <p>{t("election.closed.text", { time: t.time(loaded.view.closes) })}</p>}
          {loaded.sent && (
            <Notice kind={loaded.sent.arrived ? "good" : "bad"}>
              <p>{t(loaded.sent.arrived ? "election.closed.arrived" : "election.closed.late")}</p>
              <p class="code">{loaded.sent.tracker}</p>
            </Notice>
          )}
          <p>
            <a href={`/audit?election=${uuid}`}>{t("done.audit")}</a>
          </p>
        </>
      );
    case "unsupported":
      return (
        <>
          <Heading>{t("election.unsupported")}</Heading>
          <p>{t("election.unsupported.text", { group: loaded.group })}</p>
        </>
      );
    case "damaged":
      return (
        <>
          <Heading>{t("election.damaged")}</Heading>
          <p>
            <ProblemText text={t("election.damaged.text")} detail={loaded.detail} />
          </p>
        </>
      );
  }
}

render(
  <Page>
    <Loader />
  </Page>,
  document.getElementById("page")!,
);

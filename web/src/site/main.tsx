// The pages about the organisation: which of them stands in the address.
import { render } from "preact";
import "../style/style.css";
import "../style/site.css";
import "../i18n/site";
import { useTranslator } from "../i18n";
import { Page } from "../ui/page";
import { Heading } from "../ui/parts";
import { Ballots } from "./ballots";
import { Cases } from "./cases";
import { Charter } from "./charter";
import { ContestPage } from "./contest";
import { Contests } from "./contests";
import { Home } from "./home";
import { Ledger } from "./ledger";
import { Motions } from "./motions";
import { Petitions } from "./petitions";
import { ResultPage } from "./result";
import { Roll } from "./roll";
import { SpendingPage } from "./spending";

function NotFound() {
  const t = useTranslator();
  return <Heading>{t("site.notFound")}</Heading>;
}

const [section = "", id, more] = location.pathname.split("/").slice(1).map(decodeURIComponent);
const asked = new URLSearchParams(location.search);

function Site() {
  if (section === "") return <Home />;
  if (section === "contests" && id && more === "result") return <ResultPage contest={id} wanted={asked.get("election")} />;
  if (section === "contests" && id && !more) return <ContestPage id={id} />;
  if (section === "ballots" && id && !more) return <Ballots uuid={id} />;
  if (id) return <NotFound />;
  if (section === "contests") return <Contests />;
  if (section === "petitions") return <Petitions />;
  if (section === "motions") return <Motions />;
  if (section === "charter") return <Charter />;
  if (section === "cases") return <Cases />;
  if (section === "spending") return <SpendingPage />;
  if (section === "roll") return <Roll />;
  if (section === "ledger") return <Ledger asked={asked} />;
  return <NotFound />;
}

render(
  <Page navigation wide>
    <Site />
  </Page>,
  document.getElementById("page")!,
);

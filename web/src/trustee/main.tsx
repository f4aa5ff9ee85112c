// The pages for those who run an election: which of them stands in the address.
import { render } from "preact";
import "../style/style.css";
import "../style/site.css";
import "../style/trustee.css";
import "../i18n/site";
import { useWords } from "../i18n/trustee";
import { Page } from "../ui/page";
import { Heading } from "../ui/parts";
import { Ceremony } from "./ceremony";
import { Example } from "./example";
import { TrusteeHome } from "./home";
import { Gate } from "./parts";
import { Prepare } from "./prepare";
import { Registrar } from "./registrar";
import { Run, RunHome } from "./run";
import { TallyPart } from "./tally";

const [section = "", id, more] = location.pathname.split("/").slice(1).map(decodeURIComponent);
const asked = new URLSearchParams(location.search);
const ceremony = asked.get("ceremony");
const election = asked.get("election");

function Duties() {
  const t = useWords();
  if (section === "registrar" && !id) return <Registrar />;
  if (section === "example" && !id) return <Example />;
  if (section === "trustee" && !id && ceremony) return <Gate>{(session) => <Ceremony id={ceremony} session={session} />}</Gate>;
  if (section === "trustee" && !id && election) return <Gate>{(session) => <TallyPart uuid={election} session={session} />}</Gate>;
  if (section === "trustee" && !id) return <Gate>{() => <TrusteeHome />}</Gate>;
  if (section === "run" && !id) return <Gate>{() => (asked.has("prepare") ? <Prepare /> : <RunHome />)}</Gate>;
  if (section === "run" && id && !more) return <Gate>{() => <Run uuid={id} />}</Gate>;
  return <Heading>{t("site.notFound")}</Heading>;
}

render(
  <Page navigation>
    <Duties />
  </Page>,
  document.getElementById("page")!,
);

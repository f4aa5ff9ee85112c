// The audit: /audit, and with ?election={uuid} (and &tracker=…) for an election of this server; with ?check=ballot of a
// ballot that was opened instead of cast.
import { render } from "preact";
import "../style/style.css";
import { Page } from "../ui/page";
import { Audit } from "./audit";
import { OpenedAudit } from "./opened";

const asked = new URLSearchParams(location.search);

render(
  <Page navigation>
    {asked.get("check") === "ballot" ? <OpenedAudit asked={asked} /> : <Audit asked={asked} />}
  </Page>,
  document.getElementById("page")!,
);

// The audit: /audit, and with ?election={uuid} (and &tracker=…) for an election of this server.
import { render } from "preact";
import "../style/style.css";
import { Page } from "../ui/page";
import { Audit } from "./audit";

render(
  <Page navigation>
    <Audit asked={new URLSearchParams(location.search)} />
  </Page>,
  document.getElementById("page")!,
);

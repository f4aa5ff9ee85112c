// The pages for those who are signed in, and the page for signing in: which of them stands in the address.
import { render } from "preact";
import "../style/style.css";
import "../style/site.css";
import "../style/member.css";
import "../i18n/site";
import "../i18n/member";
import { useTranslator } from "../i18n";
import type { Session } from "../site/schema";
import { Page } from "../ui/page";
import { Heading } from "../ui/parts";
import { Account } from "./account";
import { ActPage } from "./act_page";
import { AwaitingPage } from "./awaiting";
import { SignedIn } from "./gate";
import { MePage } from "./me";
import { Office } from "./office";
import { SignIn } from "./sign_in";

const [section = "", id, more] = location.pathname.split("/").slice(1).map(decodeURIComponent);
const asked = new URLSearchParams(location.search);

function Mine({ session }: { session: Session }) {
  const t = useTranslator();
  if (section === "account" && !id) return <Account session={session} />;
  if (section === "me" && !id) return <MePage session={session} />;
  if (section === "office" && !id) return <Office session={session} />;
  if (section === "office" && id === "awaiting" && more) return <AwaitingPage session={session} id={more} />;
  if ((section === "me" || section === "office") && id && !more) return <ActPage session={session} type={id} asked={asked} />;
  return <Heading>{t("site.notFound")}</Heading>;
}

render(
  <Page navigation wide={section !== "sign-in"}>
    {section === "sign-in" ? <SignIn asked={asked} /> : <SignedIn>{(session) => <Mine session={session} />}</SignedIn>}
  </Page>,
  document.getElementById("page")!,
);

// In which of their posts somebody may do an act, by who does such acts.
import type { Organ, Organisation } from "../site/schema";
import type { ActKind, Me } from "./calls";

// The organs whose secretary holds one of those posts, or that one.
export const organsOf = (organisation: Organisation, posts: string[]): Organ[] =>
  organisation.organs.filter(({ secretary }) => secretary !== null && posts.includes(secretary));

// The posts, none twice; "" stands for nobody's office. None at all: it is not theirs to do.
export function officesFor({ who }: ActKind, me: Me, organisation: Organisation): string[] {
  const posts = [...new Set(me.posts.map(({ post }) => post))];
  switch (who.by) {
    case "clock":
      return [];
    case "founder":
      return organisation.stage === "founding" ? [""] : [];
    case "duty":
      return posts.filter((post) => me.posts.some((one) => one.post === post && one.duties.includes(who.duty)));
    case "organ":
      return posts.filter((post) => organsOf(organisation, [post]).length > 0);
    default:
      return ["", ...posts];
  }
}

// Whether it is the power of an office, and not every member's.
export const isOfficial = ({ who }: ActKind): boolean => who.by === "duty" || who.by === "organ" || who.by === "founder";

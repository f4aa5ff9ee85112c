// Adds what the pages for members and officers say.
import { addMessages } from "./index";
import cy from "./member_cy";
import en from "./member_en";

export const member = { en, cy };
addMessages(member);

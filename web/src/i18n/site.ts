// Adds what the pages about the organisation say.
import { addMessages } from "./index";
import cy from "./site_cy";
import en from "./site_en";

export const site = { en, cy };
addMessages(site);

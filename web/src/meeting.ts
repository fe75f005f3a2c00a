// A meeting under way: several people type at once. What is typed is kept here until the server has it.
import { Minutes } from "./meeting/minutes";
import { OneLine } from "./meeting/line";
import { Room } from "./meeting/room";
import { find } from "./page";

const root = find("[data-meeting]");
if (root) {
  const room = new Room(root);
  for (const form of root.querySelectorAll<HTMLFormElement>("[data-text]")) room.add(new Minutes(form, room));
  for (const form of root.querySelectorAll<HTMLFormElement>("[data-line]")) room.add(new OneLine(form, room));
  room.begin();
}

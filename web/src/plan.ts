// The page of the plan's chart, and of a draft's.
import "./plan/editor";
import { followDraft } from "./plan/draft";

followDraft();

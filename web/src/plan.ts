// The page of the plan's chart.
import "./plan/editor";

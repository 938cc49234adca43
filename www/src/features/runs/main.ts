// The Runs page and its styles, loaded on the first visit.
import "./styles/runs.css";
import "./page.js";

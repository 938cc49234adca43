// The Lifecycle page and its styles, loaded on the first visit.
import "./styles/lifecycle.css";
import "./page.js";

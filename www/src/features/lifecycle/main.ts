// The page of the lifecycle, loaded when somebody visits it.
import "./styles/lifecycle.css";
import "./page.js";

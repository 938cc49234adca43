// The page of the lifecycle, loaded when somebody visits it.
import "./styles.css";
import "./page.js";

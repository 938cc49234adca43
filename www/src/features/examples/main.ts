// The page of examples, loaded when somebody visits it.
import "./styles/paste.css";
import "../../shared/styles/finder.css";
import "./styles/batch.css";
import "../../shared/styles/issues.css";
import "./styles/media.css";
import "./page.js";

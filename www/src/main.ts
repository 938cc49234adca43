// The board: a page built on the npm package as any user would build one.
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/controls.css";
import "./styles/paste.css";
import "./styles/finder.css";
import "./styles/batch.css";
import "./styles/progress.css";
import "./styles/timeline.css";
import "./styles/issues.css";
import "./styles/live.css";
import "./styles/media.css";
import "./components/app.js";

// The board: a page built on the npm package as any user would build one.
import "./styles/tokens.css";
import "./styles/page.css";
import "./styles/controls.css";
import "./styles/panels.css";
import "./styles/progress.css";
import "./styles/causes.css";
import "./batches/styles/live.css";
import "./batches/styles/detail.css";
import "./styles/media.css";
import "./components/app.js";

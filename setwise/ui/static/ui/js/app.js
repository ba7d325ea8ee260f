import "./beforehand.js";
import "./beside.js";
import "./clock.js";
import "./coach.js";
import "./drafts.js";
import "./room.js";
import "./screen.js";
import "./sound.js";

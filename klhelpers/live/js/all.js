// The figures by their names.
import { modesFigure } from "./modes.js";
import { pairFigure } from "./pair.js";

export const FIGURES = { pair: pairFigure, modes: modesFigure };

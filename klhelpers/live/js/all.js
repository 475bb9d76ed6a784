// The figures by their names.
export const FIGURES = {  };
import { pairFigure } from "./pair.js";
import { surfaceFigure } from "./surface.js";

export const FIGURES = { pair: pairFigure, fit: fitFigure, surface: surfaceFigure, guess: guessFigure, modes: modesFigure };

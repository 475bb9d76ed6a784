// The figures by their names.
import { betweenFigure } from "./between.js";
import { fitFigure } from "./fit.js";
import { guessFigure } from "./guess.js";
import { modesFigure } from "./modes.js";
import { pairFigure } from "./pair.js";
import { surfaceFigure } from "./surface.js";

export const FIGURES = {
  pair: pairFigure, fit: fitFigure, surface: surfaceFigure, modes: modesFigure, guess: guessFigure,
  between: betweenFigure,
};

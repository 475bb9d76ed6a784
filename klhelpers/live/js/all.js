// The figures by their names.
import { pairFigure } from "./pair.js";
import { surfaceFigure } from "./surface.js";

export const FIGURES = { pair: pairFigure, surface: surfaceFigure };

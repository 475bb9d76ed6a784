// The figures by their names.
import { pairFigure } from "./pair.js";

export const FIGURES = { pair: pairFigure };

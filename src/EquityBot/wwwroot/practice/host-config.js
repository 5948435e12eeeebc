// The renderer writes these values into each element's style; as CSS variables they follow light and dark by themselves.

const ink = { default: "var(--ink)", subtle: "var(--muted)" };
const tone = name => ({ default: `var(--${name})`, subtle: `var(--${name})` });

const foregroundColors = {
  default: ink,
  dark: ink,
  light: ink,
  accent: tone("action"),
  good: tone("kept"),
  warning: tone("at-risk"),
  attention: tone("missed"),
};

const container = (backgroundColor, borderColor) => ({ backgroundColor, borderColor, foregroundColors });

export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: "system-ui, sans-serif",
  fontSizes: { small: 14, default: 16, medium: 17, large: 19, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 650 },
  lineHeights: { small: 20, default: 24, medium: 24, large: 26, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 32, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  containerStyles: {
    default: container("transparent", "var(--line)"),
    emphasis: container("var(--sunken)", "var(--line)"),
    accent: container("var(--tint)", "var(--action)"),
    good: container("var(--sunken)", "var(--kept)"),
    warning: container("var(--sunken)", "var(--at-risk)"),
    attention: container("var(--sunken)", "var(--missed)"),
  },
  textBlock: { headingLevel: 3 },
  textStyles: { heading: { size: "medium", weight: "bolder" }, columnHeader: { weight: "bolder" } },
  factSet: {
    title: { weight: "default", isSubtle: true, maxWidth: 140 },
    value: { weight: "default" },
    spacing: 4,
  },
  inputs: {
    label: {
      inputSpacing: "small",
      requiredInputs: { weight: "bolder" },
      optionalInputs: { weight: "bolder" },
    },
    errorMessage: { color: "attention", weight: "bolder" },
  },
  actions: {
    maxActions: 40,
    buttonSpacing: 0,
    spacing: "large",
    actionsOrientation: "horizontal",
    actionAlignment: "left",
    allowTitleToWrap: true,
    showCard: { actionMode: "inline", inlineTopMargin: 12, style: "emphasis" },
  },
};

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return node;
}

const drawings = {
  people: ["M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M2.5 20c0-4 3-6.5 6.5-6.5s6.5 2.5 6.5 6.5", "M16 11a3 3 0 1 0-1-5.8", "M17.5 13.8c2.5.6 4 2.9 4 6.2"],
  conversation: ["M4 5h16v11H10l-4.5 4v-4H4z"],
  clock: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 7.5V12l3.2 2.2"],
  beam: ["M9.5 4h5L20 20H4z"],
  flame: ["M12.5 3c.6 3.9 6 6.2 6 11.3a6.5 6.5 0 0 1-13 0c0-2.4 1.2-4.2 2.6-5.4.2 1.5.8 2.5 1.7 3C9.5 8.5 10.2 5.3 12.5 3z"],
  disc: ["M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z"],
  ring: ["M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z"],
  triangle: ["M12 5l8 14H4z"],
  cross: ["M6 6l12 12", "M18 6L6 18"],
  question: ["M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4", "M12 18.5v.1"],
  swap: ["M5 9h13l-3.5-3.5", "M19 15H6l3.5 3.5"],
};

const svg = "http://www.w3.org/2000/svg";

/** A decorative drawing; the word beside it carries the meaning. */
export function icon(name) {
  const node = document.createElementNS(svg, "svg");
  node.setAttribute("viewBox", "0 0 24 24");
  node.setAttribute("class", `icon icon-${name}`);
  node.setAttribute("aria-hidden", "true");
  for (const line of drawings[name]) {
    const path = document.createElementNS(svg, "path");
    path.setAttribute("d", line);
    node.append(path);
  }
  return node;
}

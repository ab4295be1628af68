// What can be measured in a page that is shown: what runs out of it sideways, and what lies over each other.
(() => {
  const name = (node) => {
    const words = (node.getAttribute("aria-label") || node.innerText || node.name || "").trim().slice(0, 40);
    return `${node.tagName.toLowerCase()}${node.className && node.className.trim ? "." + node.className.trim().replace(/\s+/g, ".") : ""} “${words}”`;
  };
  const scrolls = (node) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(node).overflowX);

  // The box inside which a node is seen: the window, cut by whatever scrolls around it.
  const window_of = (node) => {
    const seen = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
    for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
      if (!scrolls(box)) continue;
      const edge = box.getBoundingClientRect();
      seen.left = Math.max(seen.left, edge.left);
      seen.right = Math.min(seen.right, edge.right);
      seen.top = Math.max(seen.top, edge.top);
      seen.bottom = Math.min(seen.bottom, edge.bottom);
    }
    return seen;
  };

  const sideways = () => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.body.querySelectorAll("*")].filter((node) =>
      node.getBoundingClientRect().right > width + 1 && window_of(node).right > width + 1);
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(-3).map(name)];
  };

  const overlaps = () => {
    const seen = { contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true };
    const acts = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
      .filter((node) => node.checkVisibility(seen));
    const boxes = [];
    for (const node of acts) {
      const edge = window_of(node);
      for (const box of node.getClientRects()) {
        const cut = {
          node, left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right),
          top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom),
        };
        if (cut.right - cut.left > 1 && cut.bottom - cut.top > 1 && cut.right > 0) boxes.push(cut);
      }
    }
    boxes.sort((one, other) => one.top - other.top);
    const found = [];
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        if (other.top >= one.bottom - 1) break;
        if (one.node === other.node || one.node.contains(other.node) || other.node.contains(one.node)) continue;
        if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1)
          found.push(`${name(one.node)} × ${name(other.node)}`);
      }
    });
    return [...new Set(found)];
  };

  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility()).map(name);

  const violations = async (tags) => {
    const only = tags.rules ? { type: "rule", values: tags.rules } : { type: "tag", values: tags };
    const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false });
    return violations.map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) =>
      `${node.target.join(" ")} (${[...node.any, ...node.all, ...node.none].map((check) => check.message).slice(0, 2).join("; ")})`).join(" | ")}`);
  };

  window.examine = { sideways, overlaps, shown, violations };
})();

// What a page shows of an animation on paper: three stills, each with its label.
function stills(player) {
  const picture = player.querySelector("figure").firstElementChild, last = player.count - 1;
  const frames = [...new Set([0, Math.round(last / 2), last])];
  const width = picture.parentElement.style.width;
  const box = element("div", { class: "vp-stills" }, ...frames.map((frame) => {
    player.draw(frame);
    const label = element("p", {}, player.label(frame));
    return element("div", { style: `width:calc(.6*${width})` }, picture.cloneNode(true), label);
  }), element("p", {}, `${frames.length} of the ${player.count} frames of an animation.`));
  player.draw(player.frame);
  // In front of the picture: equal ids refer to the first of their kind, which must be shown.
  picture.before(box);
  return box;
}

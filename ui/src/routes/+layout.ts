// One page for every address, drawn in the window: there is no server that could draw it before.

export const ssr = false;
export const prerender = false;

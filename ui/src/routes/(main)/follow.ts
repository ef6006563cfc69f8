import { goto } from '$app/navigation';

/** The router waits a frame before it follows a link: whoever taps the next thing meanwhile would be taken back. */
export function followAtOnce(within: HTMLElement): () => void {
  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const aside = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (link === null || aside || link.origin !== location.origin) return;
    event.preventDefault();
    void goto(link.href, { replaceState: link.href === location.href });
  };
  within.addEventListener('click', follow);
  return () => {
    within.removeEventListener('click', follow);
  };
}

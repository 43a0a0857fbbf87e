/** Line drawings, one per category and the shop's star, as symbols for `<use href="#pic-...">`. */
export const PICTURES = `<svg class="sprite" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">
<symbol id="pic-star" viewBox="0 0 32 32"><path fill="#f2a65a" d="M16 1l3 12 12 3-12 3-3 12-3-12L1 16l12-3z"/><path fill="none" stroke="#8fd0c4" stroke-width="1.4" d="M3 27c5-5 9-2 13-4s7-6 13-4"/></symbol>
<symbol id="pic-tools" viewBox="0 0 48 48"><path d="M12 14c4-5 11-6 17-3l5-3 4 6-5 4-3-2c-5-3-11-3-15-1z"/><path d="M23 16l5 3-9 23c-1 2-6 1-6-2z"/><path d="M17 31l5 2"/></symbol>
<symbol id="pic-fasteners" viewBox="0 0 48 48"><path d="M8 16l6-8 10 0 6 8-6 7H14z"/><path d="M16 23v19h6V23M16 28l6 2M16 33l6 2M16 38l6 2"/><path d="M33 28l4-4 6 3 1 6-5 4-6-2z"/><circle cx="38" cy="31" r="2.6"/></symbol>
<symbol id="pic-electrical" viewBox="0 0 48 48"><path d="M17 6v9M27 6v9M12 15h20v7c0 6-4 9-10 9s-10-3-10-9z"/><path d="M22 31v4c0 9 16 8 16-1 0-6 5-6 6-3"/></symbol>
<symbol id="pic-safety" viewBox="0 0 48 48"><path d="M6 32c0-12 7-20 18-20s18 8 18 20z"/><path d="M3 32h42v4H3zM20 12v12h8V12M13 16l3 10M35 16l-3 10"/></symbol>
<symbol id="pic-warehouse" viewBox="0 0 48 48"><path d="M6 15L24 6l18 9v19l-18 9-18-9z"/><path d="M6 15l18 9 18-9M24 24v19M15 10l18 9v7"/></symbol>
<symbol id="pic-cleaning" viewBox="0 0 48 48"><path d="M18 6h11v6H18zM29 7l7 2M18 9h-5l-3 5"/><path d="M20 12v6c-5 3-7 6-7 11v11c0 2 1 3 3 3h15c2 0 3-1 3-3V29c0-5-2-8-7-11v-6"/><path d="M13 27h21M13 36h21"/></symbol>
<symbol id="pic-office" viewBox="0 0 48 48"><path d="M9 6h21l8 8v28H9z"/><path d="M30 6v8h8M15 20h17M15 26h17M15 32h10"/></symbol>
</svg>`;

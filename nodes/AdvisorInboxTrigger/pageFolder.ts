import path from 'node:path';

/** Where the build puts the page: beside the compiled node. */
export const PAGE_FOLDER = path.join(__dirname, 'page');

/** Who we are in UserAgent: product and version (RULES 2). Kept equal to package.json by a test. */
export const PRODUCT = 'headless-punchout 0.1.0';

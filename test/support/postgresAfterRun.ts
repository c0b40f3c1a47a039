import { stopServer } from './postgresBeforeRun';

/** Jest's global clean-up. */
export default stopServer;

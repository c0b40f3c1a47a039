import path from 'node:path';

/**
 * n8n-core reads its settings from the environment while it loads, so this file is imported before it: keys and binary
 * data stay inside the project, each process of the tests having its own, and nothing is reported to anybody.
 */
process.env.N8N_USER_FOLDER = path.resolve(__dirname, '../../../.cache/engine', process.env.JEST_WORKER_ID ?? '1');
process.env.N8N_ENCRYPTION_KEY = 'encryption key of the engine tests';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

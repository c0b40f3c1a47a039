'use strict';

// The n8n of the tests keeps its data in PostgreSQL and is installed without the native part of sqlite3, which a compiler would have
// to build. n8n's AI Agent requires it all the same, for the SQL agent of its first version: it gets an empty one.
const Module = require('node:module');

const load = Module._load;

Module._load = function (request, ...rest) {
	return request === 'sqlite3' ? {} : load.call(this, request, ...rest);
};

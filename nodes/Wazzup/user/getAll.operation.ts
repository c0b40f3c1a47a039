import { getManyOperation } from '../entity/read';

export const getManyUsers = getManyOperation({ many: 'users', paged: false, calls: (client) => client.users });

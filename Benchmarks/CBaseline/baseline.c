#include "baseline.h"

#include <lmdb.h>
#include <string.h>

static void put_big_endian(uint8_t key[8], uint64_t number) {
    for (int place = 7; place >= 0; place--) {
        key[place] = (uint8_t)number;
        number >>= 8;
    }
}

static int append_block(MDB_env *environment, MDB_dbi database, uint64_t first, size_t records, size_t record_bytes) {
    MDB_txn *transaction = NULL;
    int code = mdb_txn_begin(environment, NULL, 0, &transaction);
    if (code) return code;
    for (size_t index = 0; index < records; index++) {
        uint8_t key_bytes[8];
        put_big_endian(key_bytes, first + index);
        MDB_val key = {sizeof key_bytes, key_bytes};
        MDB_val value = {record_bytes, NULL};
        code = mdb_put(transaction, database, &key, &value, MDB_APPEND | MDB_RESERVE);
        if (code) {
            mdb_txn_abort(transaction);
            return code;
        }
        memset(value.mv_data, (int)(first + index), record_bytes);
    }
    return mdb_txn_commit(transaction);
}

int mesh_baseline_append(const char *folder, size_t blocks, size_t records, size_t record_bytes, size_t map_bytes) {
    MDB_env *environment = NULL;
    int code = mdb_env_create(&environment);
    if (code) return code;
    if (!(code = mdb_env_set_mapsize(environment, map_bytes)) && !(code = mdb_env_open(environment, folder, 0, 0644))) {
        MDB_txn *transaction = NULL;
        MDB_dbi database = 0;
        if (!(code = mdb_txn_begin(environment, NULL, 0, &transaction))) {
            code = mdb_dbi_open(transaction, NULL, 0, &database);
            if (code) {
                mdb_txn_abort(transaction);
            } else {
                code = mdb_txn_commit(transaction);
            }
        }
        for (size_t block = 0; !code && block < blocks; block++) {
            code = append_block(environment, database, block * records, records, record_bytes);
        }
    }
    mdb_env_close(environment);
    return code;
}

// What LMDB itself can do, without anything of ours: the measure for the event log.
#ifndef MESH_BASELINE_H
#define MESH_BASELINE_H

#include <stddef.h>
#include <stdint.h>

// Appends `blocks` transactions of `records` records each, with big-endian keys, MDB_APPEND and one sync a transaction.
// Returns 0, or LMDB's error code.
int mesh_baseline_append(const char *folder, size_t blocks, size_t records, size_t record_bytes, size_t map_bytes);

#endif

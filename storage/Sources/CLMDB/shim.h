// The system's LMDB (Debian: liblmdb-dev), unmodified.
#include <lmdb.h>

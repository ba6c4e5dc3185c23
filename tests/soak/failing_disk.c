/* A disk that fails: loaded before the C library, it refuses the n-th write or sync below a folder.

   Compiled by failing_disk.py without headers and start files, which a bare compiler has not. */

typedef unsigned long size_t;
typedef long ssize_t;

extern void *dlsym(void *from, const char *name);
extern int *__errno_location(void);
extern ssize_t readlink(const char *path, char *into, size_t size);
extern int snprintf(char *into, size_t size, const char *form, ...);
extern int strncmp(const char *one, const char *other, size_t most);
extern size_t strlen(const char *text);
extern char *strncpy(char *into, const char *from, size_t most);
extern int access(const char *path, int how);

#define NEXT ((void *)-1L)
#define PATH 4096
enum { NOTHING, WRITES, SYNCS, CHANGES };
enum { CREATING = 0100, WRITING = 03 };

static char folder[PATH];
static int kind = NOTHING, error, lasting;
static long at, seen;

/* Begin to count; `what` is counted, from the number `first` on it fails, once or for good. */
void failing_disk_begin(const char *below, int what, long first, int with, int for_good) {
    strncpy(folder, below, PATH - 1);
    at = first;
    error = with;
    lasting = for_good;
    seen = 0;
    kind = what;
}

/* End it; how many there were. */
long failing_disk_end(void) {
    kind = NOTHING;
    return seen;
}

static int refused(int what) {
    /* Where nothing may be changed, what is written or synced to open files fails as well. */
    if (kind != what && !(kind == CHANGES && what == WRITES)) return 0;
    long number = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    if (number != at && !(lasting && number > at)) return 0;
    *__errno_location() = error;
    return 1;
}

static int below(const char *path) {
    return kind != NOTHING && path && !strncmp(path, folder, strlen(folder));
}

static int ours(int handle) {
    char link[64], path[PATH];
    if (kind == NOTHING) return 0;
    int before = *__errno_location();
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, PATH - 1);
    *__errno_location() = before;
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

/* Whatever follows takes the real function when it is first called. */
#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(NEXT, #name)

#define ON_HANDLE(type, name, what, declared, given, ...) \
    type name declared { \
        REAL(type, name, __VA_ARGS__); \
        if (ours(handle) && refused(what)) return -1; \
        return real given; \
    }

#define ON_PATH(name, declared, given, ...) \
    int name declared { \
        REAL(int, name, __VA_ARGS__); \
        if (below(path) && refused(WRITES)) return -1; \
        return real given; \
    }

ON_HANDLE(ssize_t, write, WRITES, (int handle, const void *from, size_t size), (handle, from, size),
          int, const void *, size_t)
ON_HANDLE(ssize_t, pwrite, WRITES, (int handle, const void *from, size_t size, long place),
          (handle, from, size, place), int, const void *, size_t, long)
ON_HANDLE(ssize_t, pwrite64, WRITES, (int handle, const void *from, size_t size, long place),
          (handle, from, size, place), int, const void *, size_t, long)
ON_HANDLE(ssize_t, writev, WRITES, (int handle, const void *parts, int count),
          (handle, parts, count), int, const void *, int)
ON_HANDLE(ssize_t, sendfile, WRITES, (int handle, int from, long *place, size_t size),
          (handle, from, place, size), int, int, long *, size_t)
ON_HANDLE(ssize_t, sendfile64, WRITES, (int handle, int from, long *place, size_t size),
          (handle, from, place, size), int, int, long *, size_t)
ON_HANDLE(int, ftruncate, WRITES, (int handle, long size), (handle, size), int, long)
ON_HANDLE(int, ftruncate64, WRITES, (int handle, long size), (handle, size), int, long)
ON_HANDLE(int, fsync, SYNCS, (int handle), (handle), int)
ON_HANDLE(int, fdatasync, SYNCS, (int handle), (handle), int)
ON_PATH(mkdir, (const char *path, unsigned mode), (path, mode), const char *, unsigned)
ON_PATH(rename, (const char *path, const char *to), (path, to), const char *, const char *)
ON_PATH(renameat, (int from, const char *path, int into, const char *to), (from, path, into, to),
        int, const char *, int, const char *)

/* Only where nothing may be changed: a full disk still lets files go. */
#define AWAY(name) \
    int name(const char *path) { \
        REAL(int, name, const char *); \
        if (kind == CHANGES && below(path) && refused(CHANGES)) return -1; \
        return real(path); \
    }
AWAY(unlink)
AWAY(rmdir)

static int may_open(const char *path, int how) {
    if (!below(path) || !(how & (CREATING | WRITING))) return 1;
    if (kind == CHANGES) return !refused(CHANGES);
    return !((how & CREATING) && access(path, 0) && refused(WRITES));
}

#define OPENS(name) \
    int name(const char *path, int how, unsigned mode) { \
        REAL(int, name, const char *, int, unsigned); \
        return may_open(path, how) ? real(path, how, mode) : -1; \
    }
OPENS(open)
OPENS(open64)

/*
 * A disk that loses its power, fails and fills up, beneath a program that knows nothing of it.
 *
 * Loaded before libc, this library takes the calls that change files. Those outside of the folder of
 * FASTOPS_DISK_FOLDER go straight on to the kernel. One lock makes a call and its record one step, so
 * that a power cut finds the disk between two calls and no thread gets past it.
 *
 * The memory that SQLite's connections share (`-shm`) has no promise to keep after a power cut; its
 * calls can fail, and nothing of it is remembered. Nor does a folder's sync fail: SQLite ignores that,
 * and file systems with a journal keep a new file's name with the file's own sync.
 */
#define _GNU_SOURCE
#include "faults.h"
#include "platter.h"
#include "raw.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

enum { DESCRIPTORS = 4096 };

/* An open descriptor on this disk. `file` is NULL for a folder and for shared memory. */
struct open_file {
    char *path;
    struct platter_file *file;
    bool folder, sync_failed;
};

static struct open_file opened[DESCRIPTORS];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void enter(void) { pthread_mutex_lock(&one_at_a_time); }

/* Leaves errno as the caller is to find it. */
static void leave(void)
{
    int code = errno;
    pthread_mutex_unlock(&one_at_a_time);
    errno = code;
}

static bool is_here(const char *path)
{
    const char *folder = faults_folder();
    size_t length = folder == NULL ? 0 : strlen(folder);
    return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static bool ends_with(const char *path, const char *end)
{
    size_t whole = strlen(path), part = strlen(end);
    return whole >= part && strcmp(path + whole - part, end) == 0;
}

static struct open_file *on_this_disk(int fd)
{
    return fd >= 0 && fd < DESCRIPTORS && opened[fd].path != NULL ? &opened[fd] : NULL;
}

static void forget(int fd)
{
    if (fd < 0 || fd >= DESCRIPTORS) return;
    free(opened[fd].path);
    opened[fd] = (struct open_file){0};
}

static int resize(int fd, struct open_file *here, off_t size)
{
    off_t was = raw_size(fd);
    if (raw_resize(fd, size) != 0) return -1;
    if (here->file != NULL) platter_resized(here->file, was, size);
    return 0;
}

static int open_here(const char *path, int flags, mode_t mode)
{
    struct stat about;
    bool there = stat(path, &about) == 0, makes = !there && (flags & O_CREAT) != 0;
    bool folder = there && S_ISDIR(about.st_mode);
    if (makes && ends_with(path, "/power-cut")) {
        faults_report_calls();
        platter_cut();
    }
    if (!folder && faults_next(makes ? MAKE : OPEN, path) == FAIL) return -1;
    int fd = raw_open(path, flags & ~O_TRUNC, mode);
    if (fd < 0) return -1;
    if (fd >= DESCRIPTORS) platter_broken("more descriptors than it can watch");
    forget(fd);
    opened[fd].path = strdup(path);
    opened[fd].folder = folder;
    if (folder || ends_with(path, "-shm")) return fd;
    if (makes) platter_made(path);
    opened[fd].file = platter_opened(fd, path, makes);
    if (there && (flags & O_TRUNC) != 0 && resize(fd, &opened[fd], 0) != 0) platter_broken("a file could not be emptied");
    return fd;
}

static int open_any(int at, const char *path, int flags, mode_t mode)
{
    if (!is_here(path)) {
        int fd = (int)syscall(SYS_openat, at, path, flags, mode);
        enter();
        forget(fd);
        leave();
        return fd;
    }
    enter();
    int fd = open_here(path, flags, mode);
    leave();
    return fd;
}

static mode_t mode_of(int flags, va_list rest)
{
    return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

#define OPENS(name)                                        \
    int name(const char *path, int flags, ...)             \
    {                                                      \
        va_list rest;                                      \
        va_start(rest, flags);                             \
        mode_t mode = mode_of(flags, rest);                \
        va_end(rest);                                      \
        return open_any(AT_FDCWD, path, flags, mode);      \
    }
#define OPENS_AT(name)                                     \
    int name(int at, const char *path, int flags, ...)     \
    {                                                      \
        va_list rest;                                      \
        va_start(rest, flags);                             \
        mode_t mode = mode_of(flags, rest);                \
        va_end(rest);                                      \
        return open_any(at, path, flags, mode);            \
    }
#define CREATES(name)                                      \
    int name(const char *path, mode_t mode)                \
    {                                                      \
        return open_any(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); \
    }

OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)
CREATES(creat)
CREATES(creat64)

int close(int fd)
{
    enter();
    forget(fd);
    int done = raw_close(fd);
    leave();
    return done;
}

/* A write at a place, or at the descriptor's own when `at` is -1. */
static ssize_t write_here(int fd, struct open_file *here, const void *bytes, size_t length, off_t at)
{
    off_t size = raw_size(fd), start = at;
    if (at < 0) start = (fcntl(fd, F_GETFL) & O_APPEND) != 0 ? size : lseek(fd, 0, SEEK_CUR);
    bool grows = start + (off_t)length > size;
    switch (faults_next(grows ? GROWING_WRITE : WRITE, here->path)) {
    case FAIL: return -1;
    case HALF: length = length > 1 ? length / 2 : 1; break;
    case GO_ON: break;
    }
    ssize_t done = at < 0 ? raw_write(fd, bytes, length) : raw_pwrite(fd, bytes, length, at);
    if (here->sync_failed && ends_with(here->path, "-wal")) faults_report("went on", here->path);
    if (done > 0 && here->file != NULL) {
        if (start > size) platter_resized(here->file, size, start);
        platter_wrote(here->file, start, (size_t)done);
    }
    return done;
}

static ssize_t write_any(int fd, const void *bytes, size_t length, off_t at)
{
    enter();
    struct open_file *here = on_this_disk(fd);
    if (here == NULL) {
        leave(); /* a socket or a pipe may take its time */
        return at < 0 ? raw_write(fd, bytes, length) : raw_pwrite(fd, bytes, length, at);
    }
    ssize_t done = write_here(fd, here, bytes, length, at);
    leave();
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) { return write_any(fd, bytes, length, -1); }

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return write_any(fd, bytes, length, at); }

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return write_any(fd, bytes, length, at); }

/* Piece by piece: to the caller that is a write which may end early. */
static ssize_t write_pieces(int fd, const struct iovec *pieces, int count, off_t at)
{
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write_any(fd, pieces[i].iov_base, pieces[i].iov_len, at < 0 ? -1 : at + all);
        if (done < 0) return all > 0 ? all : -1;
        all += done;
        if ((size_t)done < pieces[i].iov_len) break;
    }
    return all;
}

ssize_t writev(int fd, const struct iovec *pieces, int count)
{
    enter();
    bool here = on_this_disk(fd) != NULL;
    leave();
    return here ? write_pieces(fd, pieces, count, -1) : syscall(SYS_writev, fd, pieces, count);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t at) { return write_pieces(fd, pieces, count, at); }

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t at)
{
    return write_pieces(fd, pieces, count, at);
}

int ftruncate(int fd, off_t size)
{
    enter();
    struct open_file *here = on_this_disk(fd);
    int done = here == NULL                              ? raw_resize(fd, size)
               : faults_next(RESIZE, here->path) == FAIL ? -1
                                                         : resize(fd, here, size);
    leave();
    return done;
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

/* Nothing is really synced: what the program has written outlives it anyway, and what counts is what
   a power cut takes back. */
static int sync_here(struct open_file *here)
{
    if (here->folder) {
        platter_folder_synced(here->path);
        return 0;
    }
    if (here->sync_failed && here->file != NULL && platter_has_given_up(here->file))
        faults_report("retried sync", here->path);
    if (faults_next(SYNC, here->path) == FAIL) {
        if (here->file != NULL) {
            platter_sync_failed(here->file);
            here->sync_failed = platter_has_given_up(here->file);
        }
        return -1;
    }
    if (here->file != NULL && !faults_lies(here->path)) platter_synced(here->file);
    return 0;
}

static int sync_any(int fd, long call)
{
    enter();
    struct open_file *here = on_this_disk(fd);
    if (here == NULL) {
        leave();
        return (int)syscall(call, fd);
    }
    int done = sync_here(here);
    leave();
    return done;
}

int fsync(int fd) { return sync_any(fd, SYS_fsync); }

int fdatasync(int fd) { return sync_any(fd, SYS_fdatasync); }

int unlink(const char *path)
{
    if (!is_here(path)) return raw_unlink(path);
    enter();
    int done = ends_with(path, "-shm")            ? raw_unlink(path)
               : faults_next(NAME, path) == FAIL ? -1
                                                 : platter_unlink(path);
    leave();
    return done;
}

int rename(const char *from, const char *to)
{
    if (!is_here(from) || !is_here(to)) return raw_rename(from, to);
    enter();
    int done = faults_next(NAME, to) == FAIL ? -1 : platter_rename(from, to);
    leave();
    return done;
}

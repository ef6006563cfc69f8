/*
 * The kernel's own calls, past every wrapper of this library and of libc.
 */
#ifndef FASTOPS_DISK_RAW_H
#define FASTOPS_DISK_RAW_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

_Static_assert(sizeof(off_t) == 8 && sizeof(long) == 8, "offsets are passed whole");

static inline int raw_open(const char *path, int flags, mode_t mode)
{
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static inline int raw_close(int fd) { return (int)syscall(SYS_close, fd); }

static inline ssize_t raw_pread(int fd, void *bytes, size_t length, off_t at)
{
    return syscall(SYS_pread64, fd, bytes, length, at);
}

static inline ssize_t raw_pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    return syscall(SYS_pwrite64, fd, bytes, length, at);
}

static inline ssize_t raw_write(int fd, const void *bytes, size_t length)
{
    return syscall(SYS_write, fd, bytes, length);
}

static inline int raw_resize(int fd, off_t size) { return (int)syscall(SYS_ftruncate, fd, size); }

static inline int raw_unlink(const char *path) { return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0); }

static inline int raw_rename(const char *from, const char *to)
{
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static inline off_t raw_size(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 ? about.st_size : -1;
}

#endif

#define _GNU_SOURCE
#include "platter.h"
#include "faults.h"
#include "raw.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECTOR = 512, FILES = 64, NAMES = 256 };

/* CHANGED: since the last sync. GIVEN_UP: by a sync that failed; no later sync writes it. */
enum state { CLEAN, CHANGED, GIVEN_UP };

struct platter_file {
    dev_t device;
    ino_t inode;
    /* Of this library alone. It stays open: closing any descriptor of a file drops the locks on it. */
    int fd;
    unsigned char *kept;
    size_t kept_size, kept_room;
    unsigned char *sectors;
    size_t sector_count;
};

enum change { MADE, GONE, MOVED };

/* A change of a name that its folder's sync has not covered yet. */
struct name {
    enum change change;
    char path[PATH_MAX];
    /* GONE: where the file waits meanwhile. MOVED: what it was called before. */
    char other[PATH_MAX];
};

static struct platter_file files[FILES];
static size_t file_count;
static struct name names[NAMES];
static size_t name_count;
static unsigned graves;

_Noreturn void platter_broken(const char *why)
{
    dprintf(STDERR_FILENO, "the disk beneath the test: %s\n", why);
    _exit(PLATTER_BROKEN);
}

static void *grown(void *old, size_t size)
{
    void *new = realloc(old, size);
    if (new == NULL) platter_broken("no memory");
    return new;
}

/* Makes room for the sectors of the first `size` bytes. */
static void reach(struct platter_file *file, size_t size)
{
    size_t count = (size + SECTOR - 1) / SECTOR;
    if (count <= file->sector_count) return;
    file->sectors = grown(file->sectors, count);
    memset(file->sectors + file->sector_count, CLEAN, count - file->sector_count);
    file->sector_count = count;
}

static void mark(struct platter_file *file, size_t from, size_t to)
{
    reach(file, to);
    for (size_t sector = from / SECTOR; sector * SECTOR < to; sector++) file->sectors[sector] = CHANGED;
}

/* Copies a part of the file, as it is now, to what is kept. */
static void keep(struct platter_file *file, size_t from, size_t to)
{
    if (to > file->kept_room) {
        file->kept_room = to * 2;
        file->kept = grown(file->kept, file->kept_room);
    }
    if (from > file->kept_size) memset(file->kept + file->kept_size, 0, from - file->kept_size);
    for (size_t at = from; at < to;) {
        ssize_t got = raw_pread(file->fd, file->kept + at, to - at, (off_t)at);
        if (got <= 0) platter_broken("a file could not be read");
        at += (size_t)got;
    }
    if (to > file->kept_size) file->kept_size = to;
}

struct platter_file *platter_opened(int fd, const char *path, bool made)
{
    struct stat about;
    if (fstat(fd, &about) != 0) platter_broken("a file that was just opened is not there");
    for (size_t i = 0; i < file_count; i++) {
        if (files[i].device == about.st_dev && files[i].inode == about.st_ino) return &files[i];
    }
    if (file_count == FILES) platter_broken("more files than it can watch");
    struct platter_file *file = &files[file_count++];
    *file = (struct platter_file){.device = about.st_dev, .inode = about.st_ino};
    file->fd = raw_open(path, O_RDWR | O_CLOEXEC, 0);
    if (file->fd < 0) platter_broken("a file could not be opened a second time");
    /* What was there when the program began has long been on the disk. */
    if (!made) keep(file, 0, (size_t)about.st_size);
    return file;
}

void platter_wrote(struct platter_file *file, off_t at, size_t length)
{
    mark(file, (size_t)at, (size_t)at + length);
}

void platter_resized(struct platter_file *file, off_t was, off_t is)
{
    size_t from = (size_t)(was < is ? was : is), to = (size_t)(was < is ? is : was);
    if (from < to) mark(file, from, to);
}

void platter_synced(struct platter_file *file)
{
    size_t size = (size_t)raw_size(file->fd);
    if (size < file->kept_size) file->kept_size = size;
    for (size_t sector = 0; sector < file->sector_count; sector++) {
        if (file->sectors[sector] != CHANGED) continue;
        size_t from = sector * SECTOR, to = from + SECTOR;
        if (from < size) keep(file, from, to < size ? to : size);
        file->sectors[sector] = CLEAN;
    }
    /* A part that was given up inside a file that has grown reads as zeros. */
    if (size > file->kept_size) {
        file->kept = grown(file->kept, size);
        file->kept_room = size;
        memset(file->kept + file->kept_size, 0, size - file->kept_size);
        file->kept_size = size;
    }
}

void platter_sync_failed(struct platter_file *file)
{
    for (size_t sector = 0; sector < file->sector_count; sector++) {
        if (file->sectors[sector] == CHANGED) file->sectors[sector] = GIVEN_UP;
    }
}

bool platter_has_given_up(const struct platter_file *file)
{
    return file->sector_count > 0 && memchr(file->sectors, GIVEN_UP, file->sector_count) != NULL;
}

static struct name *changed_name(enum change change, const char *path, const char *other)
{
    if (name_count == NAMES) platter_broken("more changes of names than it can remember");
    struct name *name = &names[name_count++];
    name->change = change;
    snprintf(name->path, sizeof name->path, "%s", path);
    snprintf(name->other, sizeof name->other, "%s", other);
    return name;
}

void platter_made(const char *path) { changed_name(MADE, path, ""); }

int platter_unlink(const char *path)
{
    char grave[PATH_MAX];
    snprintf(grave, sizeof grave, "%s/gone-%u", faults_aside(), graves++);
    if (raw_rename(path, grave) != 0) return -1;
    changed_name(GONE, path, grave);
    return 0;
}

int platter_rename(const char *from, const char *to)
{
    struct stat about;
    if (stat(to, &about) == 0 && platter_unlink(to) != 0) return -1;
    if (raw_rename(from, to) != 0) return -1;
    changed_name(MOVED, to, from);
    return 0;
}

static bool lies_in(const char *path, const char *folder)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' && strchr(path + length + 1, '/') == NULL;
}

void platter_folder_synced(const char *folder)
{
    size_t left = 0;
    for (size_t i = 0; i < name_count; i++) {
        if (!lies_in(names[i].path, folder)) {
            names[left++] = names[i];
        } else if (names[i].change == GONE) {
            raw_unlink(names[i].other);
        }
    }
    name_count = left;
}

static void put_back(struct platter_file *file, uint64_t number)
{
    size_t is = (size_t)raw_size(file->fd), size = file->kept_size;
    bool shrunk = is < size && faults_keeps(number, UINT64_MAX);
    if (shrunk) size = is;
    /* What has grown stays grown as far as something of it was written. */
    for (size_t sector = 0; sector < file->sector_count; sector++) {
        size_t to = (sector + 1) * SECTOR < is ? (sector + 1) * SECTOR : is;
        bool stays = file->sectors[sector] == CHANGED && sector * SECTOR < is && faults_keeps(number, sector);
        if (stays && to > size) size = to;
        if (stays) file->sectors[sector] = CLEAN;
    }
    if (raw_resize(file->fd, (off_t)size) != 0) platter_broken("a file could not be put back to its size");
    for (size_t sector = 0; sector < file->sector_count; sector++) {
        size_t from = sector * SECTOR, length = SECTOR;
        if (file->sectors[sector] == CLEAN || from >= size) continue;
        if (from + length > size) length = size - from;
        unsigned char old[SECTOR] = {0};
        if (from < file->kept_size) {
            size_t known = file->kept_size - from;
            memcpy(old, file->kept + from, known < length ? known : length);
        }
        if (raw_pwrite(file->fd, old, length, (off_t)from) != (ssize_t)length)
            platter_broken("a file could not be put back");
    }
}

static void undo(const struct name *name)
{
    int done = name->change == MADE    ? raw_unlink(name->path)
               : name->change == GONE  ? raw_rename(name->other, name->path)
                                       : raw_rename(name->path, name->other);
    if (done != 0) platter_broken("a name could not be put back");
}

_Noreturn void platter_cut(void)
{
    for (size_t i = 0; i < file_count; i++) put_back(&files[i], i);
    size_t stay = 0;
    while (stay < name_count && faults_keeps(FILES, stay)) stay++;
    for (size_t i = name_count; i > stay; i--) undo(&names[i - 1]);
    for (size_t i = 0; i < stay; i++) {
        if (names[i].change == GONE) raw_unlink(names[i].other);
    }
    _exit(PLATTER_CUT);
}

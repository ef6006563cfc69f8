#define _GNU_SOURCE
#include "faults.h"
#include "platter.h"
#include "raw.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t number(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

/* Calls that change the disk, and calls that the fault can happen to. */
static uint64_t changes, chances;
/* `short` was done to this file; its next write finds no room. */
static char torn[4096];

const char *faults_folder(void) { return getenv("FASTOPS_DISK_FOLDER"); }

const char *faults_aside(void)
{
    const char *aside = getenv("FASTOPS_DISK_ASIDE");
    if (aside == NULL) platter_broken("FASTOPS_DISK_ASIDE is not set");
    return aside;
}

static bool ends_with(const char *path, const char *end)
{
    size_t whole = strlen(path), part = strlen(end);
    return whole >= part && strcmp(path + whole - part, end) == 0;
}

bool faults_lies(const char *path)
{
    const char *end = getenv("FASTOPS_DISK_LIES");
    return end != NULL && ends_with(path, end);
}

/* splitmix64: spreads any number evenly. */
static uint64_t spread(uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

bool faults_keeps(uint64_t file, uint64_t sector)
{
    uint64_t sectors = number("FASTOPS_DISK_PIECE", 512) / 512;
    uint64_t piece = sector == UINT64_MAX ? sector : sector / (sectors == 0 ? 1 : sectors);
    uint64_t dice = spread(spread(spread(number("FASTOPS_DISK_SEED", 0)) ^ file) ^ piece);
    return dice % 100 < number("FASTOPS_DISK_KEEPS", 0);
}

void faults_report(const char *what, const char *path)
{
    const char *name = strrchr(path, '/');
    char report[4096];
    snprintf(report, sizeof report, "%s/report", faults_aside());
    char line[512];
    int length = snprintf(line, sizeof line, "%s %s\n", what, name == NULL ? path : name + 1);
    int fd = raw_open(report, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0 || raw_write(fd, line, (size_t)length) != length) platter_broken("the report could not be written");
    raw_close(fd);
}

void faults_report_calls(void)
{
    char count[32];
    snprintf(count, sizeof count, "%llu", (unsigned long long)changes);
    faults_report("calls", count);
}

static const char *word(enum call call)
{
    static const char *const words[] = {"open", "make", "write", "write", "resize", "sync", "name"};
    return words[call];
}

/* Whether this kind of fault can happen to this call. */
static bool can_happen(const char *fault, enum call call)
{
    bool writes = call == WRITE || call == GROWING_WRITE;
    if (strcmp(fault, "eio") == 0) return true;
    if (strcmp(fault, "enospc") == 0) return writes || call == MAKE || call == RESIZE;
    if (strcmp(fault, "short") == 0) return writes;
    if (strcmp(fault, "sync") == 0) return call == SYNC;
    platter_broken("a fault that it does not know");
}

static enum verdict fail(int code, const char *fault, enum call call, const char *path)
{
    char what[64];
    snprintf(what, sizeof what, "%s %s", fault, word(call));
    faults_report(what, path);
    errno = code;
    return FAIL;
}

enum verdict faults_next(enum call call, const char *path)
{
    if (call != OPEN && ++changes == number("FASTOPS_DISK_CUT_AT", 0)) {
        faults_report("cut", path);
        platter_cut();
    }
    const char *marker = getenv("FASTOPS_DISK_FULL_WHILE");
    struct stat about;
    if (marker != NULL && (call == GROWING_WRITE || call == MAKE) && stat(marker, &about) == 0)
        return fail(ENOSPC, "full", call, path);
    if (torn[0] != '\0' && (call == WRITE || call == GROWING_WRITE) && strcmp(torn, path) == 0) {
        torn[0] = '\0';
        return fail(ENOSPC, "short", call, path);
    }
    const char *fault = getenv("FASTOPS_DISK_FAULT");
    if (fault == NULL || !can_happen(fault, call)) return GO_ON;
    uint64_t wanted = number("FASTOPS_DISK_FAULT_AT", 0);
    chances++;
    if (chances != wanted && !(chances > wanted && getenv("FASTOPS_DISK_FAULT_STAYS") != NULL)) return GO_ON;
    if (strcmp(fault, "short") == 0) {
        snprintf(torn, sizeof torn, "%s", path);
        faults_report("half write", path);
        return HALF;
    }
    return fail(strcmp(fault, "enospc") == 0 ? ENOSPC : EIO, fault, call, path);
}

/*
 * When the disk does what: everything that the parent asks for through the environment.
 *
 *   FASTOPS_DISK_FOLDER      the folder on this disk; what lies elsewhere is left alone
 *   FASTOPS_DISK_ASIDE       a folder beside it for what the disk keeps, with the file `report`, to which a
 *                            line is added for each thing that was done
 *   FASTOPS_DISK_CUT_AT      power is cut before this call (the first is 1) that would change the disk
 *   FASTOPS_DISK_SEED        chooses what stays of what was not synced …
 *   FASTOPS_DISK_KEEPS       … how much of it, in per cent …
 *   FASTOPS_DISK_PIECE       … and in pieces of how many bytes
 *   FASTOPS_DISK_LIES        syncs of files whose names end so are said to have happened, and did not
 *   FASTOPS_DISK_FAULT       `eio`, `enospc`, `short` (half a write, and no room for the rest) or `sync` …
 *   FASTOPS_DISK_FAULT_AT    … at this call (the first is 1) of those that it can happen to …
 *   FASTOPS_DISK_FAULT_STAYS … and at every one after it
 *   FASTOPS_DISK_FULL_WHILE  no file can grow and none be made while this file exists
 *
 * Besides the faults it reports what nobody may do after a failed sync: `retried` it with something still
 * unwritten, or `went on` writing to SQLite's log with the connection that saw it.
 *
 * Whoever makes the file `power-cut` in the folder cuts the power, and has the calls so far reported.
 */
#ifndef FASTOPS_DISK_FAULTS_H
#define FASTOPS_DISK_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

enum call { OPEN, MAKE, WRITE, GROWING_WRITE, RESIZE, SYNC, NAME };
enum verdict { GO_ON, FAIL, HALF };

/* The folder on this disk, or NULL; and the one beside it. */
const char *faults_folder(void);
const char *faults_aside(void);

/* What becomes of a call. Sets errno when it fails. Does not return when the power is cut. */
enum verdict faults_next(enum call call, const char *path);

/* Whether a piece of what was not synced stays all the same. */
bool faults_keeps(uint64_t file, uint64_t sector);

/* Whether a sync of this file is only said to have happened. */
bool faults_lies(const char *path);

/* Reports how many calls would have changed the disk so far. */
void faults_report_calls(void);

/* Adds a line to the report. */
void faults_report(const char *what, const char *path);

#endif

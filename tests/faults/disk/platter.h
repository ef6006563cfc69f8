/*
 * What is on the platter: the content that a file would have after a power cut.
 *
 * The files themselves hold what a running program sees. Beside each stands, in memory, its content at
 * its last sync, and which of its sectors have changed since. A power cut puts those sectors back. With
 * FASTOPS_DISK_KEEPS some of them stay, as on a disk that had begun to write them.
 *
 * A sync that failed is never made good by another: what it should have written is taken for written
 * by the operating system, and is not on the disk. Only writing it again helps.
 *
 * Names are kept apart from content: a file that was made, moved or taken away is so after a power cut
 * only if its folder was synced since. Of the changes of names that were not synced the first few may
 * stay, never a later one without an earlier one, as on a file system with a journal.
 *
 * Not modelled: a folder that is made, permissions, times, a sector that is torn.
 */
#ifndef FASTOPS_DISK_PLATTER_H
#define FASTOPS_DISK_PLATTER_H

#include <stdbool.h>
#include <sys/types.h>

struct platter_file;

/* A file was opened. Every descriptor of one file gives the same answer. */
struct platter_file *platter_opened(int fd, const char *path, bool made);
void platter_wrote(struct platter_file *file, off_t at, size_t length);
void platter_resized(struct platter_file *file, off_t was, off_t is);
void platter_synced(struct platter_file *file);
void platter_sync_failed(struct platter_file *file);
/* Whether something that a failed sync left unwritten was not written again. */
bool platter_has_given_up(const struct platter_file *file);

void platter_made(const char *path);
/* Takes a name away as unlink does, in a way that a power cut can undo. */
int platter_unlink(const char *path);
/* Moves a name as rename does, in a way that a power cut can undo. */
int platter_rename(const char *from, const char *to);
void platter_folder_synced(const char *folder);

/* Puts everything back that was not synced, and ends the process on the spot. */
_Noreturn void platter_cut(void);

/* The exit code of a process whose power was cut, and of one that met a limit of this library. */
enum { PLATTER_CUT = 86, PLATTER_BROKEN = 87 };

/* Ends the process: the test has outgrown this library and must not be believed. */
_Noreturn void platter_broken(const char *why);

#endif

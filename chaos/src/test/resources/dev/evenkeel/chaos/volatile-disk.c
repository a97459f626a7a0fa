/* A disk that can forget. Loaded into a process by LD_PRELOAD, this stands between it and the files
 * below one folder, and writes down how to undo all that the process has not synced. The process is
 * then killed, and VolatileDisk undoes as much of that as a power cut may.
 *
 *   VOLATILE_DISK           the folder
 *   VOLATILE_DISK_JOURNAL   where to write things down: a folder of the same file system, elsewhere
 *   VOLATILE_DISK_SYNC      microseconds that a sync takes at the least: more cuts come during one
 *   VOLATILE_DISK_LIES      patterns with commas between them, of the files and folders, by their
 *                           paths below the folder, whose syncs do nothing and say that they did
 *
 * The journal survives the process, and another process may go on with it:
 *
 *   <inode>.file    the file itself, by another name: no unlink loses it, no inode comes twice
 *   <inode>.undo    changes of its content since its last sync: struct change, then former bytes
 *   names           changes of names since the power was cut last, one a line:
 *                     create PATH | mkdir PATH | rmdir PATH | delete INODE PATH
 *                     rename INODE PATH TAB PATH     INODE: of the file that was replaced, or 0
 *                     sync END PATH                  of a folder: its changes before byte END stay
 *                     void                           the line before failed
 *
 * What undoes a change is in the journal before the change is made, and one lock is held over both:
 * a kill at any moment leaves at most the last change of each list undone, or a piece of a record.
 * A sync covers the changes that were complete when it began. What cannot be followed ends the
 * process, loudly: writing through shared mappings, between file descriptors, renaming folders.
 * Not followed, and so never lost: what stdio writes.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define FILES_MAX 8192
#define EXIT_CODE 99

/* As VolatileFile reads it; numbers in the machine's byte order. */
struct change {
  uint32_t magic;
  uint32_t kind;
  uint64_t offset;  /* where bytes change; of a sync: the end of the changes that it covers */
  uint64_t former;  /* size of the file before */
  uint64_t bytes;   /* how many former bytes follow: those at the offset, as far as they existed */
  uint64_t length;  /* how many bytes change */
};

enum { MAGIC = 0x6b657631, CHANGE = 1, SYNC = 2 };

struct file {
  uint64_t inode; /* 0: nothing is here */
  int content;    /* for reading what a change is about to replace */
  int undo;
  uint64_t undone; /* bytes in the undo file */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static const char *journal;
static dev_t device;
static int names = -1;
static uint64_t names_end;
static int sync_micros;
static const char *lies;
static struct file files[FILES_MAX];

static void die(const char *what, const char *path) {
  dprintf(2, "volatile-disk: %s: %s (%s)\n", what, path, strerror(errno));
  _exit(EXIT_CODE);
}

static long pread_all(int fd, void *into, size_t bytes, uint64_t offset) {
  size_t done = 0;
  while (done < bytes) {
    long got = syscall(SYS_pread64, fd, (char *)into + done, bytes - done, offset + done);
    if (got < 0) die("cannot read", "journal");
    if (got == 0) break;
    done += got;
  }
  return done;
}

static void pwrite_all(int fd, const void *from, size_t bytes, uint64_t offset) {
  for (size_t done = 0; done < bytes;) {
    long put = syscall(SYS_pwrite64, fd, (const char *)from + done, bytes - done, offset + done);
    if (put < 0) die("cannot write", "journal");
    done += put;
  }
}

static int open_journal(const char *name, int flags) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/%s", journal, name);
  int fd = syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0644);
  if (fd < 0) die("cannot open in the journal", path);
  return fd;
}

static uint64_t size_of(int fd) {
  struct stat status;
  if (fstat(fd, &status) != 0) die("cannot tell the size", "journal");
  return status.st_size;
}

__attribute__((constructor)) static void start(void) {
  const char *given = getenv("VOLATILE_DISK");
  journal = getenv("VOLATILE_DISK_JOURNAL");
  if (given == NULL || journal == NULL) return;
  if (realpath(given, root) == NULL) die("no such folder", given);
  const char *micros = getenv("VOLATILE_DISK_SYNC");
  sync_micros = micros == NULL ? 0 : atoi(micros);
  lies = getenv("VOLATILE_DISK_LIES");
  struct stat status;
  if (stat(root, &status) != 0) die("no such folder", root);
  device = status.st_dev;
  names = open_journal("names", O_RDWR | O_CREAT);
  names_end = size_of(names);
  char last = '\n';
  while (names_end > 0 && pread_all(names, &last, 1, names_end - 1) == 1 && last != '\n') {
    names_end--; /* a line that was cut short */
  }
  root_length = strlen(root);
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────── */

/* The path below the root, "." for the root itself; NULL when it is elsewhere. */
static const char *below(const char *path) {
  if (root_length == 0 || strncmp(path, root, root_length) != 0) return NULL;
  if (path[root_length] == 0) return ".";
  return path[root_length] == '/' ? path + root_length + 1 : NULL;
}

static const char *path_of_fd(int fd, char into[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, into, PATH_MAX - 1);
  if (length < 0) return NULL;
  into[length] = 0;
  return below(into);
}

/* Makes `given` absolute, without a doubled or a last slash. */
static const char *path_of(int folder, const char *given, char into[PATH_MAX]) {
  int saved = errno;
  char whole[2 * PATH_MAX];
  char start[PATH_MAX] = "";
  if (root_length == 0 || given == NULL) return NULL;
  if (given[0] != '/') {
    char link[64];
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, start, sizeof start - 1);
    start[length < 0 ? 0 : length] = 0;
  }
  snprintf(whole, sizeof whole, "%s/%s", start, given);
  size_t end = 0;
  for (const char *from = whole; *from != 0 && end < PATH_MAX - 1; from++) {
    if (*from != '/' || (from[1] != '/' && from[1] != 0)) into[end++] = *from;
  }
  into[end] = 0;
  errno = saved;
  const char *path = below(into);
  if (path != NULL && strstr(path, "..") != NULL) die("a path that goes back", into);
  return path;
}

static void write_line(const char *format, ...) {
  char line[3 * PATH_MAX];
  va_list values;
  va_start(values, format);
  int length = vsnprintf(line, sizeof line, format, values);
  va_end(values);
  pwrite_all(names, line, length, names_end);
  names_end += length;
}

/* Ends the change that the last line announced. */
static long changed(long result) {
  if (result < 0) {
    int saved = errno;
    write_line("void\n");
    errno = saved;
  }
  return result;
}

static int exists(const char *path, struct stat *status) {
  int saved = errno;
  int found = fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW) == 0;
  errno = saved;
  return found;
}

/* Keeps a file that is about to lose a name; answers its inode. */
static uint64_t keep(const char *path, const struct stat *status) {
  char kept[PATH_MAX];
  snprintf(kept, sizeof kept, "%s/%ju.file", journal, (uintmax_t)status->st_ino);
  if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0) != 0 && errno != EEXIST) {
    die("cannot keep", path);
  }
  return status->st_ino;
}

/* ── Content ───────────────────────────────────────────────────────────────────────────────── */

static struct file *place_of(uint64_t inode) {
  size_t at = inode * 0x9e3779b97f4a7c15u >> 51;
  while (files[at].inode != 0 && files[at].inode != inode) at = (at + 1) % FILES_MAX;
  return &files[at];
}

/* The file, with the lock taken, if it is followed; else NULL, and no lock. */
static struct file *lock_file(int fd, struct stat *status) {
  int saved = errno;
  if (root_length == 0) return NULL;
  int regular = fstat(fd, status) == 0 && S_ISREG(status->st_mode) && status->st_dev == device;
  errno = saved;
  if (!regular) return NULL;
  pthread_mutex_lock(&lock);
  struct file *file = place_of(status->st_ino);
  if (file->inode == 0) {
    pthread_mutex_unlock(&lock);
    return NULL;
  }
  if (fstat(fd, status) != 0) die("cannot tell the size", "of a file of the disk");
  return file;
}

/* Ends what lock_file began, where it found a file. */
static long unlock(struct file *file, long result) {
  if (file != NULL) {
    int saved = errno;
    pthread_mutex_unlock(&lock);
    errno = saved;
  }
  return result;
}

/* Where the whole records of a former process end. */
static uint64_t whole_records(int undo) {
  uint64_t size = size_of(undo);
  uint64_t end = 0;
  struct change change;
  while (end + sizeof change <= size) {
    pread_all(undo, &change, sizeof change, end);
    if (change.magic != MAGIC || end + sizeof change + change.bytes > size) break;
    end += sizeof change + change.bytes;
  }
  return end;
}

/* Answers the file, which is followed from now on; NULL when it is no file. With the lock held. */
static struct file *follow(int fd, const char *path, struct stat *status) {
  static size_t count;
  if (fstat(fd, status) != 0 || !S_ISREG(status->st_mode)) return NULL;
  if (status->st_dev != device) die("another file system", path);
  struct file *file = place_of(status->st_ino);
  if (file->inode != 0) return file;
  if (++count > FILES_MAX / 2) die("too many files", path);
  char name[64];
  keep(path, status);
  snprintf(name, sizeof name, "%ju.file", (uintmax_t)status->st_ino);
  file->content = open_journal(name, O_RDONLY);
  snprintf(name, sizeof name, "%ju.undo", (uintmax_t)status->st_ino);
  file->undo = open_journal(name, O_RDWR | O_CREAT);
  file->undone = whole_records(file->undo);
  file->inode = status->st_ino;
  return file;
}

/* Writes down what a change is about to replace. With the lock held. */
static void before(struct file *file, const struct stat *now, uint64_t offset, uint64_t length) {
  static char *former;
  static size_t room;
  int saved = errno;
  uint64_t size = now->st_size;
  uint64_t end = offset + length < size ? offset + length : size;
  uint64_t bytes = offset < end ? end - offset : 0;
  size_t record = sizeof(struct change) + bytes;
  if (room < record) {
    free(former);
    room = record;
    former = malloc(room);
    if (former == NULL) die("no memory", "journal");
  }
  struct change change = {MAGIC, CHANGE, offset, size, bytes, length};
  memcpy(former, &change, sizeof change);
  pread_all(file->content, former + sizeof change, bytes, offset);
  pwrite_all(file->undo, former, record, file->undone);
  file->undone += record;
  errno = saved;
}

static void before_resize(struct file *file, const struct stat *now, uint64_t size) {
  uint64_t from = size < (uint64_t)now->st_size ? size : (uint64_t)now->st_size;
  uint64_t to = size < (uint64_t)now->st_size ? (uint64_t)now->st_size : size;
  if (from < to) before(file, now, from, to - from);
}

/* Where a write without a place of its own goes. */
static uint64_t position(int fd, const struct stat *status) {
  long flags = syscall(SYS_fcntl, fd, F_GETFL);
  return flags & O_APPEND ? (uint64_t)status->st_size : (uint64_t)syscall(SYS_lseek, fd, 0, SEEK_CUR);
}

static uint64_t total(const struct iovec *pieces, int count) {
  uint64_t sum = 0;
  for (int i = 0; i < count; i++) sum += pieces[i].iov_len;
  return sum;
}

EXPORT ssize_t write(int fd, const void *from, size_t count) {
  struct stat now;
  struct file *file = lock_file(fd, &now);
  if (file != NULL) before(file, &now, position(fd, &now), count);
  return unlock(file, syscall(SYS_write, fd, from, count));
}

EXPORT ssize_t writev(int fd, const struct iovec *pieces, int count) {
  struct stat now;
  struct file *file = lock_file(fd, &now);
  if (file != NULL) before(file, &now, position(fd, &now), total(pieces, count));
  return unlock(file, syscall(SYS_writev, fd, pieces, count));
}

EXPORT ssize_t pwrite64(int fd, const void *from, size_t count, off64_t offset) {
  struct stat now;
  struct file *file = lock_file(fd, &now);
  if (file != NULL) before(file, &now, offset, count);
  return unlock(file, syscall(SYS_pwrite64, fd, from, count, offset));
}

EXPORT ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off64_t offset) {
  struct stat now;
  struct file *file = lock_file(fd, &now);
  if (file != NULL) before(file, &now, offset, total(pieces, count));
  return unlock(file, syscall(SYS_pwritev, fd, pieces, count, offset, 0));
}

EXPORT int ftruncate64(int fd, off64_t size) {
  struct stat now;
  struct file *file = lock_file(fd, &now);
  if (file != NULL) before_resize(file, &now, size);
  return unlock(file, syscall(SYS_ftruncate, fd, size));
}

EXPORT int fallocate64(int fd, int mode, off64_t offset, off64_t length) {
  struct stat now;
  struct file *file = lock_file(fd, &now);
  if (file != NULL && mode == 0) {
    if (offset + length > now.st_size) before_resize(file, &now, offset + length);
  } else if (file != NULL && mode == (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE)) {
    before(file, &now, offset, length);
  } else if (file != NULL && mode != FALLOC_FL_KEEP_SIZE) {
    die("a kind of fallocate that is not followed", "");
  }
  return unlock(file, syscall(SYS_fallocate, fd, mode, offset, length));
}

EXPORT ssize_t pwrite(int fd, const void *from, size_t count, off_t offset) {
  return pwrite64(fd, from, count, offset);
}

EXPORT ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset) {
  return pwritev64(fd, pieces, count, offset);
}

EXPORT int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

EXPORT int fallocate(int fd, int mode, off_t offset, off_t length) {
  return fallocate64(fd, mode, offset, length);
}

EXPORT int posix_fallocate64(int fd, off64_t offset, off64_t length) {
  int saved = errno;
  int result = fallocate64(fd, 0, offset, length) == 0 ? 0 : errno;
  errno = saved;
  return result;
}

EXPORT int posix_fallocate(int fd, off_t offset, off_t length) {
  return posix_fallocate64(fd, offset, length);
}

/* ── Syncs ─────────────────────────────────────────────────────────────────────────────────── */

static int lies_about(const char *path) {
  char patterns[PATH_MAX];
  char *rest = patterns;
  snprintf(patterns, sizeof patterns, "%s", lies == NULL ? "" : lies);
  for (char *next = strsep(&rest, ","); next != NULL; next = strsep(&rest, ",")) {
    if (fnmatch(next, path, 0) == 0) return 1;
  }
  return 0;
}

static int sync_slowly(int fd, long call) {
  usleep(sync_micros);
  return syscall(call, fd);
}

static int sync_folder(int fd, long call) {
  char path[PATH_MAX];
  const char *folder = root_length == 0 ? NULL : path_of_fd(fd, path);
  if (folder == NULL) return syscall(call, fd);
  if (lies_about(folder)) return 0;
  pthread_mutex_lock(&lock);
  uint64_t end = names_end;
  pthread_mutex_unlock(&lock);
  int result = sync_slowly(fd, call);
  if (result == 0) {
    pthread_mutex_lock(&lock);
    write_line("sync %ju %s\n", (uintmax_t)end, folder);
    pthread_mutex_unlock(&lock);
  }
  return result;
}

static int sync_file(int fd, long call) {
  struct stat now;
  if (fstat(fd, &now) == 0 && S_ISDIR(now.st_mode)) return sync_folder(fd, call);
  struct file *file = lock_file(fd, &now);
  if (file == NULL) return syscall(call, fd);
  uint64_t end = unlock(file, file->undone);
  char path[PATH_MAX];
  const char *name = path_of_fd(fd, path);
  if (name != NULL && lies_about(name)) return 0;
  int result = sync_slowly(fd, call);
  if (result == 0) {
    pthread_mutex_lock(&lock);
    if (file->undone == end) {
      if (syscall(SYS_ftruncate, file->undo, 0) != 0) die("cannot shorten", "journal");
      file->undone = 0;
    } else {
      struct change sync = {MAGIC, SYNC, end, 0, 0, 0};
      pwrite_all(file->undo, &sync, sizeof sync, file->undone);
      file->undone += sizeof sync;
    }
    pthread_mutex_unlock(&lock);
  }
  return result;
}

EXPORT int fsync(int fd) { return sync_file(fd, SYS_fsync); }

EXPORT int fdatasync(int fd) { return sync_file(fd, SYS_fdatasync); }

/* ── Changes of names ──────────────────────────────────────────────────────────────────────── */

static int open_below(int folder, const char *given, int flags, mode_t mode) {
  char path[PATH_MAX];
  int writes = (flags & O_ACCMODE) != O_RDONLY;
  const char *name = writes || flags & O_CREAT ? path_of(folder, given, path) : NULL;
  if (name == NULL) return syscall(SYS_openat, folder, given, flags, mode);
  if ((flags & O_TMPFILE) == O_TMPFILE) die("a file without a name", path);
  pthread_mutex_lock(&lock);
  struct stat status;
  int creates = flags & O_CREAT && !exists(path, &status);
  if (creates) write_line("create %s\n", name);
  int fd = syscall(SYS_openat, folder, given, flags & ~O_TRUNC, mode);
  if (creates) changed(fd);
  int saved = errno;
  if (fd >= 0 && writes) {
    struct file *file = follow(fd, path, &status);
    if (file != NULL && flags & O_TRUNC) {
      before_resize(file, &status, 0);
      if (syscall(SYS_ftruncate, fd, 0) != 0) die("cannot shorten", path);
    }
  }
  pthread_mutex_unlock(&lock);
  errno = saved;
  return fd;
}

#define MODE_OF(flags)                        \
  mode_t mode = 0;                            \
  if (flags & (O_CREAT | O_TMPFILE)) {        \
    va_list values;                           \
    va_start(values, flags);                  \
    mode = va_arg(values, mode_t);            \
    va_end(values);                           \
  }

EXPORT int open(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_below(AT_FDCWD, path, flags, mode);
}

EXPORT int open64(const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_below(AT_FDCWD, path, flags, mode);
}

EXPORT int openat(int folder, const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_below(folder, path, flags, mode);
}

EXPORT int openat64(int folder, const char *path, int flags, ...) {
  MODE_OF(flags)
  return open_below(folder, path, flags, mode);
}

EXPORT int creat(const char *path, mode_t mode) {
  return open_below(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

EXPORT int creat64(const char *path, mode_t mode) { return creat(path, mode); }

EXPORT int unlinkat(int folder, const char *given, int flags) {
  char path[PATH_MAX];
  struct stat status;
  const char *name = path_of(folder, given, path);
  if (name == NULL || !exists(path, &status)) return syscall(SYS_unlinkat, folder, given, flags);
  pthread_mutex_lock(&lock);
  if (S_ISDIR(status.st_mode)) {
    write_line("rmdir %s\n", name);
  } else {
    write_line("delete %ju %s\n", (uintmax_t)keep(path, &status), name);
  }
  int result = changed(syscall(SYS_unlinkat, folder, given, flags));
  pthread_mutex_unlock(&lock);
  return result;
}

EXPORT int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

EXPORT int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

EXPORT int remove(const char *path) {
  struct stat status;
  int folder = exists(path, &status) && S_ISDIR(status.st_mode);
  return unlinkat(AT_FDCWD, path, folder ? AT_REMOVEDIR : 0);
}

static size_t folder_length(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? 0 : slash - path;
}

EXPORT int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  char paths[2][PATH_MAX];
  struct stat status;
  const char *name = path_of(from_at, from, paths[0]);
  const char *other = path_of(to_at, to, paths[1]);
  if ((name == NULL && other == NULL) || !exists(paths[0], &status)) {
    return syscall(SYS_renameat2, from_at, from, to_at, to, flags);
  }
  size_t folder = folder_length(paths[0]);
  if (flags != 0 || name == NULL || other == NULL || S_ISDIR(status.st_mode) ||
      folder != folder_length(paths[1]) || strncmp(paths[0], paths[1], folder) != 0) {
    die("a rename that is not followed", paths[0]);
  }
  pthread_mutex_lock(&lock);
  uint64_t replaced = exists(paths[1], &status) ? keep(paths[1], &status) : 0;
  write_line("rename %ju %s\t%s\n", (uintmax_t)replaced, name, other);
  int result = changed(syscall(SYS_renameat2, from_at, from, to_at, to, flags));
  pthread_mutex_unlock(&lock);
  return result;
}

EXPORT int renameat(int from_at, const char *from, int to_at, const char *to) {
  return renameat2(from_at, from, to_at, to, 0);
}

EXPORT int rename(const char *from, const char *to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int mkdirat(int folder, const char *given, mode_t mode) {
  char path[PATH_MAX];
  struct stat status;
  const char *name = path_of(folder, given, path);
  if (name == NULL || exists(path, &status)) return syscall(SYS_mkdirat, folder, given, mode);
  pthread_mutex_lock(&lock);
  write_line("mkdir %s\n", name);
  int result = changed(syscall(SYS_mkdirat, folder, given, mode));
  pthread_mutex_unlock(&lock);
  return result;
}

EXPORT int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

EXPORT int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  char path[PATH_MAX];
  const char *name = path_of(to_at, to, path);
  if (name == NULL) return syscall(SYS_linkat, from_at, from, to_at, to, flags);
  pthread_mutex_lock(&lock);
  write_line("create %s\n", name);
  int result = changed(syscall(SYS_linkat, from_at, from, to_at, to, flags));
  pthread_mutex_unlock(&lock);
  return result;
}

EXPORT int link(const char *from, const char *to) {
  return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* ── What is not followed ──────────────────────────────────────────────────────────────────── */

static void refuse(int fd, const char *what) {
  struct stat now;
  if (lock_file(fd, &now) != NULL) die(what, "a file of the disk");
}

EXPORT int symlink(const char *from, const char *to) {
  char path[PATH_MAX];
  if (path_of(AT_FDCWD, to, path) != NULL) die("a symbolic link", path);
  return syscall(SYS_symlinkat, from, AT_FDCWD, to);
}

EXPORT int truncate64(const char *given, off64_t size) {
  char path[PATH_MAX];
  if (path_of(AT_FDCWD, given, path) != NULL) die("truncation by name", path);
  return syscall(SYS_truncate, given, size);
}

EXPORT int truncate(const char *path, off_t size) { return truncate64(path, size); }

EXPORT void *mmap64(void *at, size_t length, int protection, int flags, int fd, off64_t offset) {
  if (fd >= 0 && protection & PROT_WRITE && (flags & MAP_TYPE) != MAP_PRIVATE) {
    refuse(fd, "a shared mapping for writing");
  }
  return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}

EXPORT void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset) {
  return mmap64(at, length, protection, flags, fd, offset);
}

EXPORT ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
  refuse(to, "sendfile");
  return syscall(SYS_sendfile, to, from, offset, count);
}

EXPORT ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
  return sendfile64(to, from, offset, count);
}

EXPORT ssize_t copy_file_range(
    int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned flags) {
  refuse(to, "copy_file_range");
  return syscall(SYS_copy_file_range, from, from_at, to, to_at, count, flags);
}

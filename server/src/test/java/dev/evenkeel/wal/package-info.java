/// Tests of the write-ahead log. [LogWorld] runs a log in one thread, on a disk that loses what was
/// not synced; [LogModel] knows what must be there after recovery.
@NullMarked
package dev.evenkeel.wal;

import org.jspecify.annotations.NullMarked;

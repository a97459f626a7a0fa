@NullMarked
package dev.evenkeel.architecture.offenders.wal;

import org.jspecify.annotations.NullMarked;

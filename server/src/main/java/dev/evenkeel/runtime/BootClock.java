package dev.evenkeel.runtime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Linux's clock that goes on while the machine is suspended, as clock_gettime(2) has it.
///
/// The call is critical: it takes tens of nanoseconds, has no transition of the thread's state, and
/// writes to an array on the heap, so that no thread needs memory of its own.
final class BootClock {
  private static final System.Logger LOGGER = System.getLogger(BootClock.class.getName());

  /// From linux/time.h.
  private static final int CLOCK_BOOTTIME = 7;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// Null where there is no such clock. Constant, so that the compiler sees through it.
  private static final @Nullable MethodHandle CLOCK_GETTIME = link();

  private BootClock() {}

  /// Whether this machine has it; else that was said in the log.
  static boolean isThere() {
    return CLOCK_GETTIME != null;
  }

  /// Nanoseconds since the machine was started.
  static long nanos() {
    MethodHandle function = CLOCK_GETTIME;
    if (function == null) {
      throw new IllegalStateException("this machine has no such clock");
    }
    return read(function);
  }

  private static long read(MethodHandle function) {
    // A timespec of 64 bits: seconds, nanoseconds.
    long[] time = new long[2];
    int error;
    try {
      error = (int) function.invokeExact(CLOCK_BOOTTIME, MemorySegment.ofArray(time));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("C throws nothing", e);
    }
    if (error != 0) {
      throw new UnsupportedOperationException("clock_gettime knows no CLOCK_BOOTTIME");
    }
    return time[0] * NANOS_PER_SECOND + time[1];
  }

  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle link() {
    if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")) {
      missing("only Linux is asked for it");
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle function =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("clock_gettime"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
              Linker.Option.critical(true));
      read(function);
      return function;
    } catch (RuntimeException | LinkageError e) {
      missing(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static void missing(String why) {
    LOGGER.log(
        System.Logger.Level.INFO,
        "the monotonic clock may stand still while this machine is suspended: " + why);
  }
}

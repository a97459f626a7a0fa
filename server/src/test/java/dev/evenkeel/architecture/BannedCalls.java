package dev.evenkeel.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// Calls that would let the world, or chance, into code that must repeat from its seed.
enum BannedCalls implements Predicate<JavaAccess<?>> {
  /// The machine's clocks. Time comes from `environment.Clock`.
  CLOCKS {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return (owner.equals("java.lang.System") && CLOCK_METHODS.contains(name))
          || (owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system")))
          || (owner.equals("java.util.Date") && isDefaultConstructor(access));
    }
  },

  /// Threads, timers and executors. They come from `environment.Tasks`.
  THREADS {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return (owner.equals("java.lang.Thread") && !ON_CURRENT_THREAD.contains(name))
          || EXECUTORS.contains(owner)
          || (owner.equals(CompletableFuture.class.getName()) && leavesItsThread(name, access));
    }
  },

  /// Chance. It comes from `environment.Entropy`.
  RANDOMNESS {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return owner.equals("java.util.concurrent.ThreadLocalRandom")
          || (RANDOM_SOURCES.contains(owner) && name.equals("<init>"))
          || (owner.startsWith("java.util.random.") && RANDOM_FACTORIES.contains(name))
          || (owner.equals("java.lang.Math") && name.equals("random"))
          || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
          || (owner.equals("java.util.Collections") && name.equals("shuffle"))
          || (owner.equals("java.lang.System") && name.equals("identityHashCode"));
    }
  },

  /// Files and sockets. Files come from `environment.Disk`.
  FILES_AND_SOCKETS {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return FILE_TYPES.contains(owner)
          || owner.startsWith("java.nio.channels.")
          || (owner.startsWith("java.net.") && !PURE_NET.contains(owner));
    }
  },

  /// Collections whose order of iteration changes from run to run. Constant look-up tables may be
  /// such a collection; whoever iterates takes a linked, sorted or enum collection instead.
  UNORDERED_COLLECTIONS {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      boolean table = access.getOrigin().getName().equals("<clinit>");
      boolean factory =
          (owner.equals("java.util.Set") || owner.equals("java.util.Map"))
              && UNORDERED_FACTORIES.contains(name)
              && !atMostOneEntry(owner, access);
      boolean collector =
          owner.equals("java.util.stream.Collectors")
              && name.startsWith("toUnmodifiable")
              && !name.endsWith("List");
      return !table && (factory || collector);
    }
  },

  /// What answers differently on a machine with another locale or time zone.
  DEFAULT_LOCALE_AND_ZONE {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return (owner.equals("java.lang.String") && usesDefaultLocale(name, access))
          || (owner.equals("java.util.Locale") && name.equals("getDefault"))
          || (owner.equals("java.time.ZoneId") && name.equals("systemDefault"))
          || (owner.equals("java.util.TimeZone") && name.equals("getDefault"))
          || (owner.equals("java.util.Calendar") && name.equals("getInstance"));
    }
  },

  /// The process itself: ending it, and its standard streams.
  PROCESS {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return (owner.equals("java.lang.System") && PROCESS_MEMBERS.contains(name))
          || owner.equals("java.lang.Runtime")
          || owner.equals("java.lang.ProcessBuilder")
          || (name.equals("printStackTrace") && parameters(access) == 0);
    }
  },

  /// Memory beside the heap: where it runs short the JVM has the caller sleep, on the machine's
  /// clock. A file's memory comes from `environment.Disk.File`.
  MEMORY_BESIDE_THE_HEAP {
    @Override
    boolean bans(String owner, String name, JavaAccess<?> access) {
      return owner.equals("java.nio.ByteBuffer") && name.equals("allocateDirect");
    }
  };

  private static final Set<String> CLOCK_METHODS = Set.of("nanoTime", "currentTimeMillis");
  private static final Set<String> ON_CURRENT_THREAD =
      Set.of("currentThread", "interrupt", "isInterrupted", "interrupted");
  private static final Set<String> EXECUTORS =
      Set.of(
          "java.util.concurrent.Executors",
          "java.util.concurrent.ThreadPoolExecutor",
          "java.util.concurrent.ScheduledThreadPoolExecutor",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.StructuredTaskScope",
          "java.util.Timer");
  private static final Set<String> RANDOM_SOURCES =
      Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom");
  private static final Set<String> RANDOM_FACTORIES = Set.of("getDefault", "of", "create");
  private static final Set<String> FILE_TYPES =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.nio.file.Files",
          "java.nio.file.FileSystems");
  private static final Set<String> PURE_NET =
      Set.of("java.net.URI", "java.net.URLDecoder", "java.net.URLEncoder");
  private static final Set<String> UNORDERED_FACTORIES = Set.of("of", "ofEntries", "copyOf");
  private static final Set<String> PROCESS_MEMBERS = Set.of("exit", "out", "err", "in");

  abstract boolean bans(String owner, String name, JavaAccess<?> access);

  @Override
  public boolean test(JavaAccess<?> access) {
    return bans(access.getTargetOwner().getName(), access.getTarget().getName(), access);
  }

  private static int parameters(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitCallTarget call
        ? call.getRawParameterTypes().size()
        : 0;
  }

  private static boolean isDefaultConstructor(JavaAccess<?> access) {
    return access.getTarget().getName().equals("<init>") && parameters(access) == 0;
  }

  private static boolean atMostOneEntry(String owner, JavaAccess<?> access) {
    int entryParameters = owner.equals("java.util.Map") ? 2 : 1;
    boolean listed = access.getTarget().getName().equals("of");
    return listed && parameters(access) <= entryParameters && !isVariadic(access);
  }

  private static boolean isVariadic(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitCallTarget call
        && call.getRawParameterTypes().stream().anyMatch(JavaClass::isArray);
  }

  private static boolean leavesItsThread(String name, JavaAccess<?> access) {
    return switch (name) {
      case "runAsync", "supplyAsync" -> parameters(access) == 1;
      case "orTimeout", "completeOnTimeout", "delayedExecutor" -> true;
      default -> false;
    };
  }

  private static boolean usesDefaultLocale(String name, JavaAccess<?> access) {
    boolean hasLocale =
        access.getTarget() instanceof CodeUnitCallTarget call
            && call.getRawParameterTypes().stream()
                .anyMatch(type -> type.isEquivalentTo(Locale.class));
    return switch (name) {
      case "format", "toLowerCase", "toUpperCase" -> !hasLocale;
      case "formatted" -> true;
      default -> false;
    };
  }
}

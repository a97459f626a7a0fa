/// The real environment: this machine's clocks, threads, files, chance, sockets between nodes.
///
/// ```
/// RealEnvironment ── SystemClock     BootClock, else System.nanoTime; the wall clock
///                 ├─ SystemTasks     SerialExecutor    runs inline where idle, one task at a time
///                 │                  DedicatedExecutor one platform thread of its own
///                 │                  a pool for reads, a pool for long serial runs, one timer thread,
///                 │                  virtual threads
///                 ├─ FileDisk        a folder of this machine's file system     (or MemoryDisk)
///                 ├─ NettyNetwork    frames over TCP, one event loop; TLS on both sides where configured
///                 │                  FrameChannel: queue ─▶ one drain, one flush     (or NoNetwork)
///                 └─ SystemEntropy   streams seeded by the operating system
/// ```
///
/// **Suspension.** On Linux the monotonic clock is CLOCK_BOOTTIME, by the foreign function API, so
/// that a machine which was suspended finds its leases over when it wakes up. Timers stand still
/// meanwhile: what was to happen in a second happens a second after it woke up.
///
/// **Threads.** A serial executor costs no thread: whoever finds it idle runs the task, and while
/// that goes on others leave theirs in its queue. After [SerialExecutor#DRAIN_TASKS_MAX] tasks the
/// runner hands the rest to a pool, so that an event loop is not captured by a busy queue.
///
/// **Failure.** Whatever a task throws is a bug. It is given once to the environment's fatal
/// handler, which is expected to log it and to stop the node, and the executor in which it happened
/// runs nothing more: what it protects may be half changed. An `IOException` of a file names the
/// file and what was being done to it.
///
/// **End.** [RealEnvironment#close] interrupts virtual threads, lets dedicated threads finish what
/// they were given, and gives up waiting after [SystemTasks#CLOSE_WITHIN]. Threads that use files
/// are never interrupted, since that would close the file under its other users.
///
/// **Sockets.** A frame is queued by any thread and copied, with all others that wait, into one
/// buffer by one task of the event loop. When the socket takes nothing, the queue fills up to
/// [NetworkOptions#queueBytesMax]; then frames are dropped. A node proves its number by its
/// certificate ([NetworkOptions.TlsFiles]), wherever it runs.
///
/// Not here: what frames mean (`rpc`), sockets of clients (`http`), process exit (`node`).
@NullMarked
package dev.evenkeel.runtime;

import org.jspecify.annotations.NullMarked;

/// What `make bench` runs: the server as users start it, next to a bare one, measured from outside.
///
/// ```
/// BenchSuite ─▶ StartUp      first answer after exec, resident memory      ┐
///            ─▶ SingleItem   GetItem and PutItem against the ceiling,      │
///                            and their percentiles at half load            ├─▶ Figure* ─▶ Report
///            ─▶ Growth       the same costs on few and on many items       │
///            ─▶ ScanRate     pages of small items                          │
///            ─▶ QueryPage    a collection against the ceiling              │
///            ─▶ ManyItems    batches and transactions against single items │
///            ─▶ Indexes      what a global index costs, its lag, filling   ┘
/// ```
///
/// The measure is the **processor time of the server's process** (user and system, garbage
/// collection, compilation, flushes and compactions included; from `/proc`) divided by the
/// operations that it answered. The load generator runs in the process of the suite, so its own
/// cost is never counted. Things that are compared run in turns, a few seconds each, and a figure
/// is the median over rounds: a noisy neighbour then hits both sides alike.
///
/// Every process is warmed up before it is measured. Child processes end with the suite.
///
/// Needs Linux. Not here: the load generator itself (`dev.evenkeel.bench` of the server), and micro
/// benchmarks.
@NullMarked
package dev.evenkeel.suite;

import org.jspecify.annotations.NullMarked;

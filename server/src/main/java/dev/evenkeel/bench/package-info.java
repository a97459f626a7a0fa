/// The load generator behind `evenkeel bench`, for any endpoint that speaks DynamoDB's API.
///
/// ```
/// BenchCommand ─▶ Bench ─▶ TableSetup     describe, create, wait (blocking)
///                   │
///                   ├─▶ Driver (one per event loop) ─▶ Schedule        when does operation k start?
///                   │      │                        ─▶ OperationSource which one, on which key?
///                   │      │                        ─▶ Measurements    latency, errors
///                   │      └─▶ Connection ─▶ RequestFactory (templates) ─▶ socket
///                   │                     ◀─ ResponseReader             ◀─ socket
///                   └─▶ BenchResult ─▶ text or JSON
/// ```
///
/// **Cheap by construction.** The generator usually shares the machine with the server it measures.
/// A request is one array copy with a few patched bytes; a reply is looked at for its status and
/// its length, and its body only where it is an error or a page. No object tree, no JSON library.
///
/// **No coordinated omission.** With a rate (open loop), operation *k* is due at `start + k / rate`
/// whatever became of the operations before it, and its latency counts from that moment, so that a
/// stall of the server shows in every operation it delayed. Without a rate (closed loop) each
/// connection sends its next request when the last is answered; there is no intended time then, and
/// the result carries next to the plain percentiles the *corrected* ones, in which a stall counts
/// once for every operation that would have fallen into it (HdrHistogram's correction, the expected
/// interval being the connection's mean).
///
/// **Workloads** are YCSB's: load, A to F, and four of our own. The choice of keys follows YCSB:
/// scrambled Zipfian with exponent 0.99, uniform, or latest. Everything is drawn from one seed.
///
/// Threads: a [dev.evenkeel.bench.Driver] and its connections live on one event loop and share
/// nothing with other drivers but the counter of inserted keys; the caller's thread collects.
///
/// Failure: a refused request, a lost connection and a time-out are counted by name and never
/// retried. What keeps a run from starting is a [dev.evenkeel.bench.BenchFailure], one line.
///
/// Not here: batches, transactions, and the comparison with a bare server (module `bench`).
///
/// References: Cooper et al., *Benchmarking Cloud Serving Systems with YCSB* (2010); Gray et al.,
/// *Quickly Generating Billion-Record Synthetic Databases* (1994); Tene, *How NOT to Measure
/// Latency*.
@NullMarked
package dev.evenkeel.bench;

import org.jspecify.annotations.NullMarked;

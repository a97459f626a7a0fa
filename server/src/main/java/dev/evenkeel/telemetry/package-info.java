/// What one process tells about itself: counters, gauges, latency histograms, named events, log
/// lines.
///
/// ```
/// hot path ──add──▶ Counter, LatencyHistogram, OperationMeter, Probes     (striped adders, no lookup)
///                                   │ read at a scrape only
/// GET /metrics ──▶ Telemetry.scrape ▼ Exposition: Micrometer's Prometheus registry, made at the first scrape
/// ```
///
/// - [Telemetry] is the root, one instance per process, passed in. It hands out [Counter]s, gauges,
///   [LatencyHistogram]s and one [OperationMeter] per API operation. Whoever counts keeps what it
///   was given in a field: nothing is looked up by name while a request runs. Each storage node
///   gets a view of it: what the nodes of a process count and time adds up, their gauges carry the
///   label `node`.
/// - [Probes] counts named events, for example `wal.torn-tail-truncated`. After a campaign the
///   simulation fails when an event that should have occurred never did; operators see the same
///   events as `evenkeel_events_total`.
/// - [JsonLines] formats a log record as one line of JSON; [Logs] installs it for the whole
///   process. Code logs through `System.Logger` and attaches values as [Field] parameters.
///
/// Names: dotted, lower case, without prefix (`wal.syncs`); the exposition writes
/// `evenkeel_wal_syncs_total`. Labels come from closed sets only (operations, names of errors,
/// states), never from what a client sends: the number of series is bounded. Times are in seconds
/// where they are shown, in nanoseconds where they are counted.
///
/// Threads: everything may be called from every thread and never blocks. No clock is read here: who
/// measures a time passes it in.
///
/// Micrometer's classes are loaded at the first scrape, not at start: a node that is not scraped
/// pays only for its adders.
@NullMarked
package dev.evenkeel.telemetry;

import org.jspecify.annotations.NullMarked;

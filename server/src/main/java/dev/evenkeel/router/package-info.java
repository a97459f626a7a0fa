/// The request router: finds the partition of a key and the replica that leads it, and hands the
/// request over.
///
/// Also here: the [Catalogue], a router's view of the tables.
///
/// Single-item requests are not blocked and not copied; pages are read by straight-line code on the
/// virtual thread of the request, but for small ones from memory. Not here: what a request means
/// (`api`), how it is made durable (`replica`).
@NullMarked
package dev.evenkeel.router;

import org.jspecify.annotations.NullMarked;

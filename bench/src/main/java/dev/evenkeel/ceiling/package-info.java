/// The ceiling: how little a request can cost on this machine with Netty and this JVM.
///
/// [dev.evenkeel.ceiling.Ceiling] reads a request as the server reads it (HTTP decoded, the body
/// copied and summed) and answers at once with fixed bytes, the very bytes with which the server
/// answered the same request. What the server costs above it is what a database costs.
///
/// Threads: Netty's event loops only. Not here: any meaning.
@NullMarked
package dev.evenkeel.ceiling;

import org.jspecify.annotations.NullMarked;

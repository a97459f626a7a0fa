/// The HTTP/1.1 endpoint: bytes of a socket to a request, and its answer back to bytes.
///
/// ```
///           event loop (one of a few; a connection stays on one)                        any thread
///  socket ─▶ RequestDecoder ─▶ Connection ─▶ Intake ─▶ Routes ─▶ Authenticator
///            Netty's parser,    order,        head,     POST /  ─▶ Dispatcher.dispatch ───▶ operation
///            strict             pauses        body      GET /…                                │
///  socket ◀─ AnswerWriter ◀──── Connection ◀─────────── Loop ◀────────── Exchange.accept ◀────┘
/// ```
///
/// - A request is decoded, authenticated and dispatched on the loop that read it. A reply given
///   before `dispatch` returns is written at once; one given later, from any thread, is pushed on
///   the loop's stack of replies. The push that finds the stack empty wakes the loop, so that many
///   replies cost one wake-up, and each connection is flushed once for all its replies.
/// - Answers go out in the order of the requests. A connection with [HttpLimits#pipelinedMax]
///   requests in flight, or whose client does not read its answers, is not read from.
/// - What the parser finds ambiguous (Content-Length with Transfer-Encoding, two lengths, a bare
///   line feed, a chunk that does not end where it says) is answered 400 and nothing behind it is
///   read: there are never two views of where a request ends.
/// - Every wait for a client is bounded by [HttpTimeouts], every size by [HttpLimits]. One timer
///   per loop looks at all its connections; a request schedules none.
/// - A connection that is closed after an answer is first closed for writing, then read to its end
///   for a moment, so that the client gets the answer and not a reset.
/// - [HttpEndpoint#close] stops listening, lets what is in flight finish within
///   [HttpTimeouts#drain], then closes the rest.
///
/// Routes: `POST /` is an operation, named by `X-Amz-Target`; `GET /` the health line as DynamoDB
/// has it; `GET /health` the node's readiness and `GET /status` its part in the region, both as
/// JSON; `GET /metrics` Prometheus; `OPTIONS` a CORS preflight. Everything else is 404 with
/// `<UnknownOperationException/>`, as DynamoDB answers. Order of checks: framing and size → path,
/// method, media type → target → signature → decompression → the operation's own.
///
/// Threads: [HttpEndpoint] from any; everything else belongs to its event loop, except
/// [Exchange#accept]. What takes too long for a loop (inflating, compressing much, rendering
/// metrics) runs aside, on virtual threads, and comes back as a task of the loop.
///
/// What is not here: TLS, HTTP/2, anything that knows an operation.
///
/// Sources: RFC 9110, RFC 9112; the [low-level
/// API](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html)
@NullMarked
package dev.evenkeel.http;

import org.jspecify.annotations.NullMarked;

/// AWS's own clients against an endpoint that speaks DynamoDB's API.
///
/// ```
/// -Dconformance.endpoint=http://host:port ─┐
///                                          ├─▶ Endpoint ─▶ Clients (sync, async, enhanced) ─▶ tests
/// a node started in this process ──────────┘              ─▶ AwsCli, JavaScript
/// ```
///
/// Each test makes the tables that it needs, under names of its own, and deletes them; so tests can
/// run against an endpoint with other data, AWS's own included.
///
/// - `…OperationsTest`, `…ParametersTest`, `ErrorsTest`: operation by operation.
/// - `TransportTest`: checksums, retries, connections.
/// - `…ApplicationTest`: one small application, with a few thousand real records, written with the
///   Java SDK, the AWS CLI and the JavaScript SDK: the names of Unicode characters, which every JDK
///   brings along ([UnicodeNames]).
/// - `LauncherTest`: `./evenkeel` as a person meets it, from a clean copy of the sources.
///
/// A tool that is not on the machine makes its test skip, and the skip says which.
@NullMarked
package dev.evenkeel.conformance;

import org.jspecify.annotations.NullMarked;

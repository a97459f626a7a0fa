/// AWS's own clients against an endpoint that speaks DynamoDB's API.
///
/// ```
/// -Dconformance.endpoint=http://host:port ─┐
///                                          ├─▶ Endpoint ─▶ Clients (sync, async, enhanced) ─▶ tests
/// a node started in this process ──────────┘   └▶ src/test/applications ─▶ ApplicationTest
/// ```
///
/// Each test makes the tables that it needs, under names of its own, and deletes them; so tests can
/// run against an endpoint with other data, AWS's own included.
///
/// - `…OperationsTest`, `…ParametersTest`, `ErrorsTest`: operation by operation.
/// - `TransportTest`: checksums, retries, connections.
/// - [ApplicationTest]: one small application, with a few thousand real records, written with AWS's
///   SDKs for Java, JavaScript and Python and with the AWS CLI. The records are the names of
///   Unicode characters, which every JDK brings along ([UnicodeName]); what each prints is a
///   [Story].
/// - package `clients`: more clients, each doing what it is for, and a table of what they can do.
///
/// A tool that is not on the machine makes its test skip, and the skip says which.
@NullMarked
package dev.evenkeel.conformance;

import org.jspecify.annotations.NullMarked;

/// Clients of DynamoDB as their makers publish them, each doing its work in a program as its users
/// would write it, and a table of what each can do with the server.
///
/// ```
/// conformance/src/test/applications/NAME/program.* ─▶ ExternalProgram ─┐
/// SyncProgram, AsyncProgram, … (this package)  ────────────────────────┴▶ Report ─▶ Matrix
/// ```
///
/// Each program says of every [Feature] one thing ([Report]): it works, or the client does not
/// offer it, or what error it got. An error by which the server itself says that it lacks the
/// feature is not a failure: the feature's step is there already and will pass when the server has
/// it. Any other error is a failure, and so is a feature that a program says nothing of.
///
/// A program in another language prints a line for each feature, of columns between tabs: `ok
/// FEATURE`, `none FEATURE WHY`, `error FEATURE TEXT`.
///
/// [ClientsTest] runs them; `make clients` prints the table. A new client is a folder of
/// applications or a class here, and a test there.
@NullMarked
package dev.evenkeel.conformance.clients;

import org.jspecify.annotations.NullMarked;

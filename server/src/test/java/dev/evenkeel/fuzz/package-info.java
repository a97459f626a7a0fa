/// Requests at random for every operation of the API, made from the published service model, and
/// what every answer to them must be.
///
/// ```
/// seed, or bytes of a fuzzer ─▶ Choices ─▶ Requests (model, Texts, Values) ─▶ Damage ─▶ body
///                                              ▲                                         │
///                                          Findings ◀── answers ── FuzzedDatabase ◀──────┘
/// ```
///
/// [Requests] makes a request from the shapes of the model, and fills in what makes sense: tables
/// that are there ([TableKind]), their keys, expressions whose placeholders are defined, iterators
/// and tokens that earlier answers had ([Findings]). [Damage] then leaves it as it is, or does one
/// thing to it, or many.
///
/// [FuzzedDatabase] holds the oracle. An answer is JSON with members that the model declares; an
/// error is declared for the operation, or one of those that any operation may answer, and never
/// the server's own fault. No request takes long, or much memory. From time to time the database
/// must do its ordinary work.
///
/// [RequestsTest] goes by seeds, a few seconds in `make test` and as long as asked in `make fuzz`;
/// [CoverageTest] lets Jazzer look for choices that reach new code.
@NullMarked
package dev.evenkeel.fuzz;

import org.jspecify.annotations.NullMarked;

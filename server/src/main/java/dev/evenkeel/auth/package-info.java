/// Who sends a request: AWS Signature Version 4, and the access keys it is checked against.
///
/// ```
/// http ──▶ Authenticator ──┬─ anyCaller          no keys, loopback only: everything is accepted
///                          ├─ signatureV4        header or presigned query ──▶ AccessKeys
///                          └─ whenConfigured     anyCaller until the first key exists, then signatureV4
/// ```
///
/// A request is refused with AWS's own errors and texts ([AuthErrors]), in this order: both forms
/// at once or none, parameters missing, credential scope, unknown key, clock window, headers that
/// must be signed, signature. The signature is computed over the bytes that came: a compressed body
/// is hashed as sent. `UNSIGNED-PAYLOAD` is not honoured, as DynamoDB does not.
///
/// Access keys live in two files in the folder `keys` of the data directory, both mode 0600:
///
/// ```
/// master.key         32 random bytes in base64, written once
/// access-keys.json   {"version":1,"keys":[{"id":"AKIA…","created":<epoch s>,"nonce":"…","secret":"…"}]}
/// ```
///
/// `secret` is AES-256-GCM of the secret under the master key, with the access key id as associated
/// data, nonce and text in base64. Signature V4 is a keyed hash: the verifier needs the secret
/// itself, so it cannot be stored hashed. The file is replaced atomically; writers in several
/// processes take turns by a lock on `access-keys.lock`. A running server asks [AccessKeys#refresh]
/// now and then, which costs one `stat` when nothing changed.
///
/// What others call: `AccessKeys.open(Path folder, Clock)`, `add()`, `add(id, secret)`, `list()`,
/// `remove(id)`, `isEmpty()`, `refresh()`, `watch(Tasks, Duration)`; `Authenticator.anyCaller()`,
/// `Authenticator.signatureV4(AccessKeys, region, Clock)`, `Authenticator.whenConfigured(…)`.
///
/// This package is an edge: it touches files and the system's secure random numbers directly.
///
/// Threads: an authenticator is called on every event loop at once; nothing here blocks except the
/// methods of [AccessKeys] that say so.
///
/// What is not here: policies (who may do what), temporary credentials. A session token is
/// tolerated when it is signed, and not looked at.
///
/// Source: [Signature Version
/// 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
@NullMarked
package dev.evenkeel.auth;

import org.jspecify.annotations.NullMarked;
